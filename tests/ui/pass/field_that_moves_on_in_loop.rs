//! A loop over a field that is a reference, which a method lets refer to something else.

use unawait::prelude::*;

struct Reader<'a> {
    rest: &'a [u32],
}

impl Reader<'_> {
    fn next(&mut self) {
        self.rest = &self.rest[1..];
    }
}

#[coro]
fn numbers(list: &[u32]) -> impl Iterator<Item = u32> {
    let mut reader = Reader { rest: list };
    for n in reader.rest {
        yield_!(*n);
        reader.next();
    }
    reader.rest = list;
    let rest = reader.rest;
    for n in rest.iter() {
        yield_!(*n);
        reader.next();
    }
}

fn main() {
    assert!(numbers(&[1, 2, 3]).eq([1, 2, 3, 1, 2, 3]));
}
