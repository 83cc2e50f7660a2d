//! A borrow through a `&mut` argument is kept, and the argument is needed beside it.

use std::collections::BTreeMap;
use unawait::prelude::*;

#[coro]
fn ages(ages: &mut BTreeMap<u32, usize>) -> impl Iterator<Item = usize> {
    if let Some(age) = ages.get_mut(&1) {
        yield_!(*age);
        *age += 1;
    }
    yield_!(ages.len());
}

fn main() {}
