//! A number that a loop leaves alone is an index of what it goes over, though it is `mut`.

use unawait::prelude::*;

#[coro]
fn rows(table: Vec<Vec<u32>>) -> impl Iterator<Item = u32> {
    let mut row = 0;
    while row < table.len() {
        for cell in &table[row] {
            yield_!(*cell);
        }
        row += 1;
    }
}

/// What follows it in its scope may be set anew.
#[coro]
fn run_lengths(text: &str) -> impl Iterator<Item = (char, usize)> {
    let mut chars = text.chars();
    let Some(mut current) = chars.next() else { return };
    let mut count = 1;
    for c in chars {
        if c == current {
            count += 1;
        } else {
            yield_!((current, count));
            current = c;
            count = 1;
        }
    }
    yield_!((current, count));
}

/// Neither `iter` nor `items` is free.
#[coro]
fn subsets(items: &[u32]) -> impl Iterator<Item = Vec<u32>> {
    for mask in 0..1u32 << items.len() {
        let chosen = items.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1);
        yield_!(chosen.map(|(_, item)| *item).collect());
    }
}

/// What is found in a text needs no drop.
#[coro]
fn quoted(text: &str) -> impl Iterator<Item = String> {
    let mut chars = text.char_indices().peekable();
    while chars.peek().is_some() {
        let mut found = String::new();
        loop {
            match chars.next() {
                Some((_, '"')) => break,
                Some((_, c)) => found.push(c),
                None => {
                    yield_!(found);
                    return;
                }
            }
        }
        yield_!(found);
    }
}
