//! A machine does not outlive what it borrows, whatever other lifetime the signature promises.

use unawait::prelude::*;

#[coro]
fn words<'a>(text: &str, _other: &'a str) -> impl Iterator<Item = String> + 'a {
    for word in text.split(' ') {
        yield_!(word.to_owned());
    }
}

fn main() {}
