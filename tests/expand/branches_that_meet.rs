//! Branches that go on with the same state: it stands behind them once.

use unawait::prelude::*;

#[coro]
fn calls(floors: u8) -> impl Coroutine<Option<u8>, Yield = usize, Return = ()> {
    let mut queue = Vec::new();
    while queue.len() < 3 {
        if let Some(call) = yield_!(queue.len())
            && call <= floors
        {
            queue.push(call);
        }
    }
}

/// One of them may be suspended before.
#[coro]
fn first_words(lines: Vec<Vec<String>>) -> impl Iterator<Item = usize> {
    for words in lines {
        if let [first, ..] = &words[..] {
            if first.len() > 2 {
                yield_!(first.len());
            }
        }
    }
}
