//! What is left of the base ends in the branch.

use unawait::prelude::*;

struct Options {
    name: String,
    size: usize,
}

#[coro]
fn sizes(base: Options, long: bool) -> impl Iterator<Item = usize> {
    if long {
        let base = base;
        let options = Options { name: String::from("long"), ..base };
        yield_!(options.name.len() + options.size);
    }
    yield_!(1);
}

fn main() {
    let base = |size| Options { name: String::new(), size };
    assert!(sizes(base(3), true).eq([7, 1]));
    assert!(sizes(base(4), false).eq([1]));
}
