//! It is looked up again after the suspension.

use std::collections::BTreeMap;
use unawait::prelude::*;

#[coro]
fn ages(ages: &mut BTreeMap<u32, usize>) -> impl Iterator<Item = usize> {
    if let Some(&mut age) = ages.get_mut(&1) {
        yield_!(age);
    }
    if let Some(age) = ages.get_mut(&1) {
        *age += 1;
    }
    yield_!(ages[&1]);
}

fn main() {
    assert!(ages(&mut BTreeMap::from([(1, 36)])).eq([36, 37]));
}
