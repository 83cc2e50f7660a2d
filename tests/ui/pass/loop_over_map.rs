//! The three ways to loop over a map that is a local.

use unawait::prelude::*;

use std::collections::HashMap;

#[coro]
fn by_value(map: HashMap<String, u32>) -> impl Iterator<Item = u32> {
    for (_, n) in map.into_iter() {
        yield_!(n);
    }
}

#[coro]
fn by_key(map: HashMap<String, u32>) -> impl Iterator<Item = u32> {
    let keys: Vec<_> = map.keys().cloned().collect();
    for key in keys {
        yield_!(map[&key]);
    }
    yield_!(map.len() as u32);
}

#[coro]
fn by_reference(map: &HashMap<String, u32>) -> impl Iterator<Item = u32> {
    for (_, n) in map {
        yield_!(*n);
    }
    yield_!(map.len() as u32);
}

fn main() {
    let map = || HashMap::from([("one".to_owned(), 1)]);
    assert!(by_value(map()).eq([1]));
    assert!(by_key(map()).eq([1, 1]));
    assert!(by_reference(&map()).eq([1, 1]));
}
