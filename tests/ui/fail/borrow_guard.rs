//! A lock guard borrows the lock.

use unawait::prelude::*;

use std::sync::Mutex;

#[coro]
fn count() -> impl Iterator<Item = u32> {
    let lock = Mutex::new(0);
    let mut guard = lock.lock().unwrap();
    loop {
        *guard += 1;
        yield_!(*guard);
    }
}

fn main() {}
