//! The elements are variables before the first suspension.

use std::cell::RefCell;
use unawait::prelude::*;

struct Guard<'a>(u32, &'a RefCell<Vec<u32>>);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

#[coro]
fn guarded<'a>(log: &'a RefCell<Vec<u32>>) -> impl Iterator<Item = u32> + 'a {
    let [a, b] = [Guard(1, log), Guard(2, log)];
    yield_!(0);
    yield_!(a.0 + b.0);
}

fn main() {
    let log = RefCell::new(Vec::new());
    let mut machine = guarded(&log);
    assert_eq!(machine.next(), Some(0));
    drop(machine);
    assert_eq!(log.into_inner(), [2, 1]);
}
