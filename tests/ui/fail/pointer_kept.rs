//! A raw pointer to a variable that moves.

use std::ptr::{self, NonNull};
use unawait::prelude::*;

struct View {
    at: *const u32,
}

impl View {
    fn new(at: *const u32) -> Self {
        View { at }
    }
}

#[coro]
fn in_values() -> impl Iterator<Item = u32> {
    let mut x = 1;
    let view = View { at: &raw const x };
    let made = View::new(&x as *const u32);
    let found = Some(ptr::addr_of!(x));
    let shared = NonNull::from(&mut x);
    let p = &raw const x;
    let pair = (p, 1);
    yield_!(1);
    yield_!(unsafe { *view.at + *made.at + *found.unwrap() + *shared.as_ptr() + *pair.0 });
}

#[coro]
fn assigned() -> impl Iterator<Item = u32> {
    let x = 1;
    let mut p: *const u32 = ptr::null();
    if p.is_null() {
        p = &raw const x;
    }
    yield_!(1);
    yield_!(unsafe { *p });
    p = &raw const x;
    yield_!(2);
    yield_!(unsafe { *p });
}

#[coro]
fn yielded() -> impl Iterator<Item = *const u32> {
    let x = 1;
    yield_!(&raw const x);
}

#[coro]
async fn awaited() -> u32 {
    let mut x = 1;
    let view = View { at: if x > 0 { &raw mut x } else { ptr::null() } };
    std::future::ready(()).await;
    unsafe { *view.at }
}

fn main() {}
