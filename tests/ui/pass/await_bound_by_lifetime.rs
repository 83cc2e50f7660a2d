//! The way out of `fail/await_bound_by_lifetime.rs`: nobody sees what an `async` block awaits.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use unawait::prelude::*;

struct Store;

impl Store {
    fn load<'s, K: AsRef<str> + 's>(&'s self, key: K) -> Pin<Box<dyn Future<Output = usize> + 's>> {
        Box::pin(async move { key.as_ref().len() })
    }

    #[coro]
    async fn get<K: AsRef<str>>(&self, key: K) -> usize {
        async { self.load(key).await }.await
    }
}

fn main() {
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(pin!(Store.get("key")).as_mut().poll(&mut context), Poll::Ready(3));
}
