//! Branches that suspend, and meet again.

use unawait::prelude::*;

#[coro]
fn countdown(from: u32, polite: bool) -> impl Iterator<Item = String> {
    if polite {
        yield_!("ready".to_owned());
    } else if from > 3 {
        yield_!("hurry".to_owned());
    }
    for n in (1..=from).rev() {
        yield_!(n.to_string());
    }
    yield_!("go".to_owned());
}
