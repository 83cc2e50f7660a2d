//! A state has one type for what is left of a base.

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
        Options { tags: vec![String::from("b")], name: String::from("short"), ..base }
    };
    yield_!(options.size);
    yield_!(options.name.len() + options.tags.len());
}

#[coro]
fn names(base: Options, long: bool) -> impl Iterator<Item = usize> {
    let options;
    if long {
        options = Options { name: String::from("long"), ..base };
    } else {
        options = Options { tags: Vec::new(), ..base };
    }
    yield_!(options.size);
}

fn main() {}
