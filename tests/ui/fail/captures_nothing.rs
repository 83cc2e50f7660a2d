//! A machine that keeps an argument captures its lifetime.

use unawait::prelude::*;

#[coro]
fn words(text: &str) -> impl Iterator<Item = String> + use<> {
    for word in text.split(' ') {
        yield_!(word.to_owned());
    }
}

fn main() {}
