use unawait::prelude::*;

macro_rules! parsed {
    ($text:expr) => {
        $text.trim()
    };
}

#[coro]
fn lengths(text: &str) -> impl Iterator<Item = usize> {
    let word = parsed!(text);
    yield_!(word.len());
    yield_!(word.len() + 1);
}

fn main() {
    assert!(lengths(" a ").eq([1, 2]));
}
