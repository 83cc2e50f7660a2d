//! Borrowed arguments: elided, named, in items and in returns.

use std::borrow::Cow;

use unawait::prelude::*;

#[coro]
fn elided(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once(',') {
        yield_!(head);
        rest = tail;
    }
    yield_!(rest);
}

#[coro]
fn underscored(text: &str) -> impl Iterator<Item = Cow<'_, str>> + '_ {
    for word in text.split(' ') {
        if word.contains('x') {
            yield_!(Cow::Owned(word.replace('x', "y")));
        } else {
            yield_!(word.into());
        }
    }
}

#[coro]
fn two_lifetimes<'a, 'b>(a: &'a [u8], b: &'b [u8]) -> impl Iterator<Item = (&'a u8, &'b u8)> {
    for left in a {
        for right in b {
            yield_!((left, right));
        }
    }
}

#[coro]
fn outlives<'long: 'short, 'short>(long: &'long str, short: &'short str) -> impl Iterator<Item = &'short str> {
    let mut current = long;
    yield_!(current);
    current = short;
    yield_!(current);
    yield_!("static");
}

#[coro]
fn exclusive<'a>(items: &'a mut [i32]) -> impl Iterator<Item = &'a mut i32> {
    for item in items.iter_mut() {
        yield_!(item);
    }
}

#[coro]
fn split_exclusive<'a>(mut items: &'a mut [i32]) -> impl Iterator<Item = &'a mut i32> {
    while let Some((first, rest)) = items.split_first_mut() {
        items = rest;
        yield_!(first);
    }
}

#[coro]
fn coerced<'a>(name: &'a String, list: &'a Vec<u8>) -> impl Iterator<Item = (usize, Box<dyn std::fmt::Debug + 'a>)> {
    yield_!((name.len(), Box::new(name.as_str())));
    yield_!((list.len(), Box::new(list)));
}

#[coro]
fn deref_coercion(name: &String) -> impl Iterator<Item = &str> {
    yield_!(name);
    yield_!(&name[1..]);
}

#[coro]
fn borrowed_inputs<'a>(prefix: &'a str) -> impl Coroutine<&'a str, Yield = usize, Return = Vec<&'a str>> {
    let mut words = vec![prefix];
    while words.len() < 3 {
        let word = yield_!(words.len());
        words.push(word);
    }
    words
}

struct Text<'t> {
    text: &'t str,
}

impl<'t> Text<'t> {
    #[coro]
    fn words(&self) -> impl Iterator<Item = &'t str> + use<'t, '_> {
        let text = self.text;
        for word in text.split(' ') {
            yield_!(word);
        }
    }

    #[coro]
    fn with<'b>(&'b self, other: &'b str) -> impl Iterator<Item = &'b str> {
        for word in [self.text, other] {
            yield_!(word);
        }
    }
}

#[coro]
fn higher_ranked(f: impl for<'x> Fn(&'x str) -> &'x str, g: fn(&str) -> usize) -> impl Iterator<Item = usize> {
    let text = String::from(" padded ");
    yield_!(f(&text).len());
    yield_!(g(f(&text)));
}

#[test]
fn shared() {
    assert_eq!(elided("a,b,,c").collect::<Vec<_>>(), ["a", "b", "", "c"]);
    assert_eq!(underscored("ax b").collect::<Vec<_>>(), ["ay", "b"]);
    assert_eq!(two_lifetimes(&[1], &[2, 3]).collect::<Vec<_>>(), [(&1, &2), (&1, &3)]);
    let short = String::from("short");
    assert_eq!(
        outlives("long", &short).collect::<Vec<_>>(),
        ["long", "short", "static"]
    );
    assert_eq!(deref_coercion(&short).collect::<Vec<_>>(), ["short", "hort"]);
    let list = vec![1];
    let sizes: Vec<_> = coerced(&short, &list)
        .map(|(n, value)| format!("{n}{value:?}"))
        .collect();
    assert_eq!(sizes, ["5\"short\"", "1[1]"]);
}

#[test]
fn unique() {
    let mut items = [1, 2, 3];
    let all: Vec<&mut i32> = exclusive(&mut items).collect();
    for item in all {
        *item *= 2;
    }
    for item in split_exclusive(&mut items) {
        *item += 1;
    }
    assert_eq!(items, [3, 5, 7]);
}

#[test]
fn items_outlive_the_machine() {
    let text = String::from("a b");
    let words = {
        let holder = Text { text: &text };
        holder.words().collect::<Vec<_>>()
    };
    assert_eq!(words, ["a", "b"]);
    assert_eq!(Text { text: "a" }.with("b").collect::<String>(), "ab");
}

#[test]
fn inputs_and_functions() {
    let second = String::from("two");
    let mut machine = borrowed_inputs("one");
    assert_eq!(machine.start(), CoroutineState::Yielded(1));
    assert_eq!(machine.resume(&second), CoroutineState::Yielded(2));
    assert_eq!(
        machine.resume("three"),
        CoroutineState::Complete(vec!["one", "two", "three"])
    );
    assert_eq!(higher_ranked(|text| text.trim(), str::len).collect::<Vec<_>>(), [6, 6]);
}
