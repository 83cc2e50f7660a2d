//! What a partial move leaves has no name under which it could be kept.

use unawait::prelude::*;

struct Page {
    items: Vec<String>,
    next: Option<String>,
}

#[coro]
fn items(page: Page) -> impl Iterator<Item = String> {
    for item in page.items {
        yield_!(item);
    }
    yield_!(page.next.unwrap_or_default());
}

impl Page {
    #[coro]
    fn first(self) -> impl Iterator<Item = usize> {
        let _items = self.items;
        yield_!(1);
    }
}

#[coro]
fn named(pair: (String, String)) -> impl Iterator<Item = usize> {
    let (left, _) = pair;
    yield_!(left.len());
}

#[coro]
fn matching(pair: (String, String)) -> impl Iterator<Item = usize> {
    let matches = move |word: &str| word == pair.0.as_str();
    yield_!(usize::from(matches("a")));
    yield_!(usize::from(matches("b")));
}

fn main() {}
