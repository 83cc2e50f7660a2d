//! A map comes all at once, too; its items are pairs.

use unawait::prelude::*;

use std::collections::HashMap;

#[coro]
fn ages() -> HashMap<String, u32> {
    yield_!(("Ada".to_owned(), 36));
}

fn main() {}
