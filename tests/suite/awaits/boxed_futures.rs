//! Methods that return boxed futures, as those of traits for `dyn` do: their lifetime is one that all arguments share.

use std::pin::Pin;

use super::harness::later;
use crate::harness::{D, log};

type Boxed<'f, T> = Pin<Box<dyn Future<Output = T> + 'f>>;

trait Store {
    fn get<'f>(&'f self, key: &'f str) -> Boxed<'f, Option<D>>;
    fn put<'f, 'a: 'f, 'b: 'f>(&'a mut self, key: &'b str) -> Boxed<'f, usize>;
}

struct Keys(Vec<&'static str>);

impl Store for Keys {
    fn get<'f>(&'f self, key: &'f str) -> Boxed<'f, Option<D>> {
        let found = self.0.iter().find(|found| **found == key);
        Box::pin(later("get", found.map(|found| D(found))))
    }
    fn put<'f, 'a: 'f, 'b: 'f>(&'a mut self, key: &'b str) -> Boxed<'f, usize> {
        log(key);
        self.0.push("put");
        Box::pin(later("put", self.0.len()))
    }
}

fn open<'f>(store: &'f dyn Store, key: &'f str) -> Boxed<'f, Option<D>> {
    store.get(key)
}

#[must_use = "it is important"]
async fn important() -> Result<u32, String> {
    later("important", Ok(1)).await
}

awaits! {
    of_two_references(store: &dyn Store, key: &str) with (&keys, "a") given { let keys = Keys(vec!["a"]); } -> usize {
        store.get(key).await.map_or(0, |found| found.name().len())
    }
    of_references_in_a_list(store: &dyn Store, keys: &[&str]) with (&keys, &["a", "c", "b"]) given { let keys = Keys(vec!["a", "b"]); } -> usize {
        let mut n = 0;
        for key in keys {
            let Some(found) = store.get(key).await else { continue };
            n += found.name().len();
        }
        n
    }
    of_a_function(store: &dyn Store, key: &str) with (&keys, "b") given { let keys = Keys(vec!["a"]); } -> usize {
        open(store, key).await.map_or(0, |found| found.name().len())
    }
    of_a_generic_store(store: &mut impl Store, key: &str) with (&mut keys, "a") given { let mut keys = Keys(vec!["a"]); } -> Option<usize> {
        let found = store.get(key).await?;
        let n = store.put(key).await;
        Some(found.name().len() + n)
    }
}

/// `let _ =` says that nobody looks at it, wherever it is awaited.
#[test]
#[deny(unused_must_use)]
fn ignored_outputs() {
    struct Door(#[expect(dead_code, reason = "is there to be dropped")] D);
    impl Door {
        async fn close(&self) -> Result<u32, String> {
            important().await
        }
    }
    #[unawait::coro]
    async fn ignored(n: u32) -> u32 {
        let door = Door(D("door"));
        let _ = door.close().await;
        {
            let inner = Door(D("inner"));
            let _ = inner.close().await;
        }
        n
    }
    drop(ignored(1));
}

/// The body is an `async move` block, boxed by a method of futures' or not; what it drops, and when, is the same.
mod bodies {
    use futures::future::{FutureExt, LocalBoxFuture};

    use crate::{
        awaits::harness::{compare, later},
        harness::D,
    };

    macro_rules! bodies {
        ($(fn $name:ident($($arg:ident: $ty:ty = $value:expr),*) $body:block)*) => {$(
            #[test]
            fn $name() {
                #[unawait::coro]
                fn machine<'f>($($arg: $ty),*) -> LocalBoxFuture<'f, usize> $body
                fn oracle<'f>($($arg: $ty),*) -> LocalBoxFuture<'f, usize> $body
                compare(
                    stringify!($name),
                    &|plan| plan.drive(|| machine($($value),*)),
                    &|plan| plan.drive(|| oracle($($value),*)),
                );
            }
        )*};
    }

    bodies! {
        fn boxed_by_a_method(text: &'f str = "text", guard: D = D("guard")) {
            async move {
                if text.is_empty() {
                    return 0;
                }
                let inner = D("inner");
                later("text", text.len()).await + guard.name().len() + inner.name().len()
            }
            .boxed_local()
        }
        fn left_early(list: &'f [usize] = &[1, 2]) {
            async move {
                let Some((first, rest)) = list.split_first() else { return 0 };
                later("first", *first).await + later("rest", rest.len()).await
            }
            .boxed_local()
        }
        fn of_memory(text: String = "text".to_owned(), list: Vec<u8> = vec![1], guard: D = D("guard")) {
            Box::pin(async move { later("list", list.len()).await + text.len() + guard.name().len() })
        }
    }

    /// A future that gives a future, and is none of its own body.
    #[test]
    fn of_an_async_function() {
        #[unawait::coro]
        async fn prepared(n: usize) -> LocalBoxFuture<'static, usize> {
            std::future::ready(()).await;
            async move { n + 1 }.boxed_local()
        }
        #[unawait::coro]
        async fn made(n: usize) -> LocalBoxFuture<'static, usize> {
            Box::pin(async move { n + 1 })
        }
        assert_eq!(
            pollster::block_on(async { prepared(1).await.await + made(2).await.await }),
            5
        );
    }
}
