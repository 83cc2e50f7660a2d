//! Suspensions in the arguments of macros of std.

use unawait::prelude::*;

#[coro]
fn greeting() -> impl Coroutine<String, Yield = &'static str, Return = String> {
    let title = String::from("Dr.");
    let list = vec![yield_!("first name?"), yield_!("last name?")];
    assert_eq!(list.len(), 2);
    format!("{title} {} {}, {}", list[0], list[1], yield_!("town?"))
}
