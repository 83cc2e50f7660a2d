//! Where the order of drops would differ, each value has a variable.

use unawait::prelude::*;

struct Item {
    a: String,
    b: String,
    c: String,
}

fn item(name: &str) -> Item {
    Item {
        a: name.to_owned(),
        b: name.to_owned(),
        c: name.to_owned(),
    }
}

fn two() -> Option<(String, String)> {
    Some((String::from("a"), String::from("b")))
}

fn check(n: u32) -> bool {
    n > 1
}

#[coro]
fn guards(n: u32) -> impl Coroutine<u32, Yield = u32, Return = usize> {
    let first = String::from("first");
    let received = yield_!(n);
    let second = match received {
        n if check(n) => n as usize,
        _ => 0,
    };
    first.len() + second
}

#[coro]
fn updates() -> impl Iterator<Item = usize> {
    let mut item = item("base");
    item.a = String::from("a");
    item.b = String::from("b");
    yield_!(item.a.len() + item.b.len() + item.c.len());
}

#[coro]
fn chains() -> impl Iterator<Item = usize> {
    if let Some((a, _b)) = two()
        && let Some((_c, d)) = two()
    {
        yield_!(a.len() + d.len());
    }
}

fn main() {
    let mut guards = guards(1);
    assert_eq!(guards.start(), CoroutineState::Yielded(1));
    assert_eq!(guards.resume(2), CoroutineState::Complete(7));
    assert!(updates().eq([6]));
    assert!(chains().eq([2]));
}
