//! A closure cannot delegate for the function around it.

use unawait::prelude::*;

#[coro]
fn flat(lists: Vec<Vec<u32>>) -> impl Iterator<Item = u32> {
    lists.into_iter().for_each(|list| yield_from!(list));
}

fn main() {}
