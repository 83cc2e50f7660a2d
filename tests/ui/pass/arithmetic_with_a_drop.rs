//! What arithmetic with a number gives, and has to be dropped at the end of its scope, is called for by name.

use std::cell::Cell;
use std::ops::Mul;

use unawait::prelude::*;

struct Sum<'a>(&'a Cell<u32>);

impl Drop for Sum<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

impl<'a> Mul<Sum<'a>> for u32 {
    type Output = Sum<'a>;

    fn mul(self, sum: Sum<'a>) -> Sum<'a> {
        sum
    }
}

#[coro]
fn numbers(dropped: &Cell<u32>) -> impl Iterator<Item = u32> {
    let sum = Sum(dropped);
    let _product = Mul::mul(3, sum);
    yield_!(1);
    yield_!(2);
}

fn main() {
    let dropped = Cell::new(0);
    let mut numbers = numbers(&dropped);
    assert_eq!((numbers.next(), numbers.next(), dropped.get()), (Some(1), Some(2), 0));
    assert_eq!((numbers.next(), dropped.get()), (None, 1));
}
