//! Boxed bodies of whose arguments one sees the drop, types that are called like a `Result`, and operands of assertions.

use std::pin::Pin;

use tokio::sync::Mutex;

use super::harness::{compare, later};
use crate::harness::{D, log};

/// Functions that box their future themselves have no place in `awaits!`.
macro_rules! boxed {
    ($(fn $name:ident($($arg:tt)*) -> $output:ty { $($body:tt)* } with ($($value:expr),*);)*) => {$(
        #[test]
        fn $name() {
            mod machine {
                #![allow(unused_imports, reason = "not each is used by all")]
                use super::*;
                #[unawait::coro]
                pub fn $name($($arg)*) -> Pin<Box<dyn Future<Output = $output>>> { $($body)* }
            }
            mod native {
                #![allow(unused_imports, reason = "not each is used by all")]
                use super::*;
                pub fn $name($($arg)*) -> Pin<Box<dyn Future<Output = $output>>> { $($body)* }
            }
            compare(
                stringify!($name),
                &|plan| plan.drive(|| async { let f = machine::$name($($value),*); log("called"); f.await }),
                &|plan| plan.drive(|| async { let f = native::$name($($value),*); log("called"); f.await }),
            );
        }
    )*};
}

boxed! {
    fn has_its_argument(a: D, n: u32) -> usize {
        Box::pin(async move {
            let guard = D("guard");
            if n > 2 {
                return later("early", a.name().len()).await;
            }
            later("late", guard.name().len()).await
        })
    } with (D("a"), 3);
    fn gives_its_argument(a: D, n: u32) -> u32 {
        Box::pin(async move {
            let guard = D("guard");
            later("first", ()).await;
            drop(a);
            later("second", n + guard.name().len() as u32).await
        })
    } with (D("a"), 3);
    fn binds_its_arguments(a: D, b: D, n: u32) -> usize {
        Box::pin(async move {
            let a = a;
            let b = b;
            log("begins");
            later("first", n).await;
            b.name().len() + later("second", a.name().len()).await
        })
    } with (D("a"), D("b"), 3);
}

type FailResult<E> = Result<u32, E>;
type ApiResult<T> = Result<T, String>;

#[derive(Debug)]
#[expect(dead_code, reason = "is there to be shown")]
struct PageResult<T> {
    items: Vec<T>,
    more: bool,
}

#[derive(Debug)]
enum SearchResult<T> {
    Found(T),
    Missing,
}

#[derive(Debug)]
struct ParseError;

macro_rules! count {
    ($n:expr) => {
        log($n)
    };
}

macro_rules! demand {
    ($condition:expr, $error:expr) => {
        if !$condition {
            return Err($error.into());
        }
    };
}

awaits! {
    alias_with_an_error(n: u32) with (9) -> FailResult<ParseError> {
        let guard = D("guard");
        let m = later("a", if n < 9 { Ok(n) } else { Err(ParseError) }).await?;
        count!("behind");
        later("b", ()).await;
        Ok(m)
    }
    alias_with_a_value(n: u32) with (9) -> ApiResult<u32> {
        let guard = D("guard");
        later("a", ()).await;
        demand!(n < 9, "too many");
        later("b", ()).await;
        Ok(n)
    }
    struct_called_result(n: u32) with (9) -> PageResult<u32> {
        later("a", n).await;
        count!("pages");
        later("b", n).await;
        PageResult { items: vec![n], more: true }
    }
    enum_called_result(n: u32) with (9) -> SearchResult<u32> {
        for m in 0..4 {
            later("a", n).await;
            count!("searches");
            if m > 2 {
                return SearchResult::Found(m);
            }
        }
        SearchResult::Missing
    }
    assertion_of_operators(n: u32) with (3) -> u32 {
        let guard = D("guard");
        assert_eq!(guard.name().len() as u32, 5, "{}", later("message", 1).await);
        assert_eq!(n + 1, later("right", 1).await + 3, "{n} {}", later("message", D("shown")).await.name());
        assert_ne!(-1, n as i32 - 4, "{}", later("message", D("shown")).await.name());
        n
    }
    failure_in_a_value(n: u32) with (9) -> Result<u32, String> {
        let mutex = Mutex::new(D("value"));
        let result: Result<u32, String> = {
            let guard = mutex.lock().await;
            demand!(n < 9, "too many");
            Ok(later("inside", guard.name().len() as u32).await)
        };
        later("behind", ()).await;
        result
    }
    failure_in_a_loop(n: u32) with (9) -> Result<u32, String> {
        let mutex = Mutex::new(D("value"));
        for round in 7..n + 3 {
            let inside = D("inside");
            let guard = mutex.lock().await;
            demand!(round < n, "too many");
            later("inside", guard.name()).await;
        }
        later("behind", ()).await;
        Ok(4)
    }
    failure_beside_a_jump(n: u32) with (9) -> Result<u32, String> {
        let first = D("first");
        let mutex = Mutex::new(D("value"));
        for round in 7..n + 3 {
            let guard = mutex.lock().await;
            count!("round");
            if round == 8 {
                break;
            }
            later("inside", guard.name()).await;
        }
        drop(first);
        Ok(later("behind", n).await)
    }
}
