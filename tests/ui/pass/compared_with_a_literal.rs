//! What is compared has a name, so it lives to the end of its scope.

use unawait::prelude::*;

struct Log(u32);

impl PartialEq<u32> for Log {
    fn eq(&self, n: &u32) -> bool {
        self.0 == *n
    }
}

#[coro]
fn steps() -> impl Iterator<Item = u32> {
    let log = Log(1);
    let both = (log == 1, yield_!(2));
    yield_!(u32::from(both.0));
}

fn main() {
    assert!(steps().eq([2, 1]));
}
