//! A dead item that is borrowed still: its type decides whether it is held, and is asked without a mention of it.

use std::collections::BTreeMap;

use unawait::prelude::*;

#[coro]
fn all_mut(lists: &mut BTreeMap<u8, Vec<u32>>) -> impl Iterator<Item = &mut u32> {
    for list in lists.values_mut() {
        for n in list.iter_mut() {
            yield_!(n);
        }
    }
}
