//! A pointer into a box or a list stays valid, and what is none is accepted: numbers, descriptors, handles that `unsafe` code made.

use unawait::prelude::*;

fn address(n: &u32) -> *const u32 {
    n
}

fn start(list: &[u32]) -> *const u32 {
    list.as_ptr()
}

fn number(n: &u32) -> u32 {
    *n
}

unsafe fn open(_options: &u32) -> *mut u32 {
    Box::into_raw(Box::new(7))
}

unsafe fn close(handle: *mut u32) -> u32 {
    unsafe { *Box::from_raw(handle) }
}

unsafe fn read(p: *const u32) -> u32 {
    unsafe { *p }
}

unsafe fn add(a: u32, b: u32) -> u32 {
    a + b
}

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    let x = Box::new(5);
    let p = address(&*x);
    let list = vec![1, 2];
    let second = start(&list[1..]);
    yield_!(1);
    yield_!(unsafe { read(p) });
    yield_!(unsafe { read(second) + *second });

    let options = 3;
    let n = number(&options);
    let handle = unsafe { open(&options) };
    yield_!(1);
    yield_!(unsafe { add(n, 2 * n) });
    yield_!(unsafe { close(handle) });
}

fn main() {
    assert!(numbers().eq([1, 5, 4, 1, 9, 7]));
}
