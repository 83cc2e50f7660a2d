//! A state has one type for what is left of a base and for the whole of it.

use unawait::prelude::*;

struct Options {
    name: String,
    size: usize,
}

#[coro]
fn sizes(base: Options, long: bool) -> impl Iterator<Item = usize> {
    if long {
        let options = Options { name: String::from("long"), ..base };
        yield_!(options.name.len() + options.size);
    }
    yield_!(1);
}

fn main() {}
