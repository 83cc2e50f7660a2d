//! What is left of the base ends in each branch.

use unawait::prelude::*;

struct Options {
    name: String,
    tags: Vec<String>,
    size: usize,
}

#[coro]
fn sizes(base: Options, long: bool) -> impl Iterator<Item = usize> {
    let options = if long {
        Options { name: String::from("long"), tags: vec![String::from("a")], ..base }
    } else {
        let base = base;
        Options { tags: vec![String::from("b")], name: String::from("short"), ..base }
    };
    yield_!(options.size);
    yield_!(options.name.len() + options.tags.len());
}

fn main() {
    let base = |size| Options { name: String::new(), tags: Vec::new(), size };
    assert!(sizes(base(3), true).eq([3, 5]));
    assert!(sizes(base(4), false).eq([4, 6]));
}
