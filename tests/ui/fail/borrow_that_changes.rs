//! A variable that refers to another part of a local at each step cannot be carried beside the local.

use unawait::prelude::*;

#[coro]
fn parts() -> impl Iterator<Item = u8> {
    let buffer = vec![1u8, 2, 3];
    let mut part = &buffer[0..];
    for i in 0..3 {
        yield_!(part[0]);
        part = &buffer[i..];
    }
}

fn make() -> Vec<u8> {
    vec![1, 2, 3]
}

#[coro]
fn of_what_may_refer_to_it() -> impl Iterator<Item = u8> {
    let buffer = make();
    let mut part = &buffer[0..];
    while !part.is_empty() {
        yield_!(part[0]);
        part = &part[1..];
    }
}

fn main() {}
