//! A list of the user's with the name of one of std's, whose `iter` can be observed: by reference, it runs once.

use std::cell::Cell;

use unawait::prelude::*;

struct Vec {
    numbers: [u32; 2],
    calls: Cell<u32>,
}

impl Vec {
    fn iter(&self) -> std::slice::Iter<'_, u32> {
        self.calls.set(self.calls.get() + 1);
        self.numbers.iter()
    }
}

#[coro]
fn numbers(list: &Vec) -> impl Iterator<Item = u32> {
    for n in list.iter() {
        yield_!(*n);
    }
}

fn main() {
    let list = Vec {
        numbers: [1, 2],
        calls: Cell::new(0),
    };
    assert_eq!(numbers(&list).sum::<u32>(), 3);
    assert_eq!(list.calls.get(), 1);
}
