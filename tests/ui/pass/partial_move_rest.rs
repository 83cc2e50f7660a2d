//! Taken apart at once, with a name for each part.

use unawait::prelude::*;

struct Page {
    items: Vec<String>,
    next: Option<String>,
}

#[coro]
fn items(page: Page) -> impl Iterator<Item = String> {
    let Page { items, next } = page;
    for item in items {
        yield_!(item);
    }
    yield_!(next.unwrap_or_default());
}

impl Page {
    #[coro]
    fn first(self) -> impl Iterator<Item = usize> {
        let Self { items: _items, next: _next } = self;
        yield_!(1);
    }
}

#[coro]
fn named(pair: (String, String)) -> impl Iterator<Item = usize> {
    let (left, _right) = pair;
    yield_!(left.len());
}

#[coro]
fn matching(pair: (String, String)) -> impl Iterator<Item = usize> {
    let (left, _right) = pair;
    let matches = move |word: &str| word == left.as_str();
    yield_!(usize::from(matches("a")));
    yield_!(usize::from(matches("b")));
}

fn page() -> Page {
    Page { items: vec!["a".into()], next: Some("b".into()) }
}

fn main() {
    assert!(items(page()).eq(["a", "b"]));
    assert_eq!(page().first().count(), 1);
    assert!(named(("ab".into(), String::new())).eq([2]));
    assert!(matching(("a".into(), String::new())).eq([1, 0]));
}
