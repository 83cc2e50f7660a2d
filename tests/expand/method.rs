//! Methods: `self` becomes a variable of the machine.

use unawait::prelude::*;

struct Counter {
    step: u32,
    next: u32,
}

impl Counter {
    #[coro]
    fn up_to(&mut self, limit: u32) -> impl Iterator<Item = u32> {
        while self.next <= limit {
            yield_!(self.next);
            self.next += self.step;
        }
    }

    #[coro]
    fn down(self) -> impl Iterator<Item = u32> {
        for n in (0..self.next).rev().step_by(self.step as usize) {
            yield_!(n);
        }
    }
}
