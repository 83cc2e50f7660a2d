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

enum Work {
    Text(String, u32),
    Number(u32),
}

#[coro]
fn worked(mut stack: Vec<Work>) -> impl Iterator<Item = String> {
    while let Some(work) = stack.pop() {
        match work {
            Work::Text(text, _depth) => {
                yield_!(text.clone());
                yield_!(text);
            }
            Work::Number(n) => yield_!(n.to_string()),
        }
    }
}

fn page() -> Page {
    Page { items: vec!["a".into()], next: Some("b".into()) }
}

fn main() {
    assert!(items(page()).eq(["a", "b"]));
    assert_eq!(page().first().count(), 1);
    assert!(named(("ab".into(), String::new())).eq([2]));
    assert!(matching(("a".into(), String::new())).eq([1, 0]));
    assert!(worked(vec![Work::Number(1), Work::Text("a".into(), 2)]).eq(["a", "a", "1"]));
}
