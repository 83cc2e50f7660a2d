//! A chain of conditions with a suspension inside.

use unawait::prelude::*;

#[coro]
fn login(name: Option<String>) -> impl Coroutine<String, Yield = &'static str, Return = bool> {
    if let Some(name) = name
        && !name.is_empty()
        && let Some(salt) = yield_!("password?").strip_prefix(&name)
    {
        salt.len() == 2
    } else {
        false
    }
}
