//! What `unsafe` code dereferences is a pointer, whatever made it.

use unawait::prelude::*;

struct View {
    at: *const u32,
    length: usize,
}

struct Holder(u32);

impl Holder {
    fn pointer(&self) -> *const u32 {
        &raw const self.0
    }
}

fn address(n: &u32) -> *const u32 {
    n
}

#[coro]
fn by_a_function() -> impl Iterator<Item = u32> {
    let x = 5;
    let p = address(&x);
    yield_!(1);
    yield_!(unsafe { *p });
}

#[coro]
fn by_a_method() -> impl Iterator<Item = u32> {
    let holder = Holder(1);
    let p = holder.pointer();
    yield_!(1);
    println!("{}", unsafe { p.read() });
}

#[coro]
fn by_a_field() -> impl Iterator<Item = u32> {
    let x = 5;
    let view = View {
        at: &x,
        length: "view".len(),
    };
    yield_!(1);
    let p = view.at;
    yield_!(unsafe { *p } + view.length as u32);
}

fn main() {}
