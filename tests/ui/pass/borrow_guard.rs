//! A guard ends before the suspension, or its lock is an argument by reference.

use std::sync::Mutex;
use unawait::prelude::*;

#[coro]
fn ended() -> impl Iterator<Item = u32> {
    let lock = Mutex::new(1);
    let value = {
        let guard = lock.lock().unwrap();
        guard.clone()
    };
    yield_!(value);
    yield_!(lock.into_inner().unwrap());
}

#[coro]
fn by_reference(lock: &Mutex<u32>) -> impl Iterator<Item = u32> {
    let guard = lock.lock().unwrap();
    yield_!(*guard);
    yield_!(*guard);
}

#[coro]
fn largest(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    let value = numbers.iter().max().unwrap().clone();
    yield_!(numbers[0]);
    yield_!(value);
}

fn main() {
    assert!(ended().eq([1, 1]));
    assert!(by_reference(&Mutex::new(1)).eq([1, 1]));
    assert!(largest(vec![1, 2]).eq([1, 2]));
}
