use std::future::{Ready, ready};

use unawait::prelude::*;

struct Promise;

impl Promise {
    fn resolve(value: &'static str) -> Ready<&'static str> {
        ready(value)
    }
}

#[coro]
pub async fn greet() -> String {
    let result = Promise::resolve("Hello").await;
    format!("{result} World")
}
