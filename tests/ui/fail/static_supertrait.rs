//! A bound of the user may ask for `'static` by a supertrait.

use unawait::prelude::*;

trait Job: 'static {}

impl<T: 'static> Job for T {}

#[coro]
fn words(text: &str) -> impl Iterator<Item = String> + Job {
    for word in text.split(' ') {
        yield_!(word.to_owned());
    }
}

fn main() {}
