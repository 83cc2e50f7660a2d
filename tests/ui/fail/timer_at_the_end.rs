//! What borrows a local and has a drop ends with the body of a loop, and its name does not say that it is a guard.

use std::cell::Cell;

use unawait::prelude::*;

struct Timer<'c>(&'c Cell<u32>);

impl Timer<'_> {
    fn start(clock: &Cell<u32>) -> Timer<'_> {
        Timer(clock)
    }
}

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

#[coro]
fn work() -> impl Iterator<Item = u32> {
    let clock = Cell::new(0);
    while clock.get() < 5 {
        yield_!(1);
        let timer = Timer::start(&clock);
        println!("working since {}", timer.0.get());
    }
}

fn main() {}
