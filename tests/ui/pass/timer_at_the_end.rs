//! What borrows a local and has a drop ends in a block, or by its name, before the local goes on.

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
        yield_!(clock.get());
        {
            let _timer = Timer::start(&clock);
            println!("working");
        }
        yield_!(clock.get());
        let timer = Timer::start(&clock);
        println!("working");
        drop(timer);
        if clock.get() > 3 {
            yield_!(10);
            let _timer = Timer::start(&clock);
        }
    }
}

fn main() {
    assert!(work().eq([0, 1, 2, 3, 10]));
}
