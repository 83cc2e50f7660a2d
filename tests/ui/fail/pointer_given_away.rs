//! What a function makes of a borrow of a local, and `unsafe` code gives to another one, is asked whether it is a pointer.

use unawait::prelude::*;

struct View {
    at: *const u32,
}

impl View {
    unsafe fn get(&self) -> u32 {
        unsafe { *self.at }
    }
}

fn address(n: &u32) -> *const u32 {
    n
}

fn view(n: &u32) -> View {
    View { at: n }
}

unsafe fn read(p: *const u32) -> u32 {
    unsafe { *p }
}

#[coro]
fn by_a_function() -> impl Iterator<Item = u32> {
    let x = 5;
    let p = address(&x);
    yield_!(1);
    yield_!(unsafe { read(p) });
}

#[coro]
fn by_a_method() -> impl Iterator<Item = u32> {
    let x = 5;
    let borrowed = &x;
    let view = view(borrowed);
    yield_!(1);
    yield_!(unsafe { view.get() });
}

#[coro]
fn by_a_field() -> impl Iterator<Item = u32> {
    let x = 5;
    let view = View { at: &x };
    let p = view.at;
    yield_!(1);
    yield_!(unsafe { read(p) });
}

fn main() {}
