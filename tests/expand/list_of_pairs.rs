//! The type of a list says what of its items needs no drop; a statement without a semicolon stays one.

use unawait::prelude::*;

#[coro]
pub fn sums(words: Vec<(u32, String)>) -> impl Coroutine<Option<u32>, Yield = usize, Return = u32> {
    let mut sum = 0;
    for (count, word) in words {
        match yield_!(word.len()) {
            Some(n) => sum += n,
            None => return sum,
        }
        if count > 1 {
            sum += count;
        } else {
            drop(word);
        }
    }
    sum
}
