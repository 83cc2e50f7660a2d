//! A raw pointer to the content of a variable that moves, made by a method.

use unawait::prelude::*;

fn make() -> [u32; 2] {
    [1, 2]
}

#[coro]
fn by_method() -> impl Iterator<Item = u32> {
    let array = [1, 2];
    let p = array.as_ptr();
    yield_!(1);
    yield_!(unsafe { *p });
}

#[coro]
fn of_unknown_values() -> impl Iterator<Item = u32> {
    let mut array = make();
    let cell = std::cell::Cell::new(1u32);
    let ends = array.as_mut_slice().as_mut_ptr_range();
    let end = cell.as_ptr().cast::<u8>();
    yield_!(1);
    yield_!(unsafe { *ends.start } + unsafe { *end } as u32);
}

#[coro]
fn of_a_field(pair: ([u32; 2], u32)) -> impl Iterator<Item = u32> {
    let p = pair.0[..].as_ptr();
    yield_!(1);
    yield_!(unsafe { *p });
}

fn main() {}
