//! What the method is called on has a variable, or the method is called by its path.

use unawait::prelude::*;

struct Log(Vec<u32>);

impl Log {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn into_view(&self) -> &[u32] {
        &self.0
    }
}

fn open_log() -> Log {
    Log(vec![1, 2])
}

#[coro]
fn counts() -> impl Iterator<Item = usize> {
    let log = open_log();
    yield_!(log.count());
    yield_!(Log::into_view(&log).len());
}

fn main() {
    assert!(counts().eq([2, 2]));
}
