//! A dead local may have a drop that looks at what it borrows, and one that is made again where it is used has one.

use unawait::prelude::*;

struct Cursor<'a> {
    at: &'a mut Vec<usize>,
    moves: usize,
}

#[coro]
fn lengths() -> impl Iterator<Item = usize> {
    let mut list = vec![1];
    let mut cursor = Cursor { at: &mut list, moves: 0 };
    cursor.at.push(2);
    cursor.moves += 1;
    yield_!(1);
    yield_!(list.len());
}

struct Watch<'c>(&'c String);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        println!("{} is left", self.0);
    }
}

#[coro]
fn watched() -> impl Iterator<Item = usize> {
    let name = String::from("name");
    let watch = Watch(&name);
    yield_!(1);
    println!("{}", watch.0);
}

fn main() {}
