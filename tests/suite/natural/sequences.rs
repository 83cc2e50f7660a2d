//! Adaptors over iterators: chunks, windows, merges, pages.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet, VecDeque};
use std::hash::Hash;
use std::time::Duration;

use unawait::prelude::*;

#[coro]
fn chunks<T>(items: impl IntoIterator<Item = T>, size: usize) -> impl Iterator<Item = Vec<T>> {
    let mut chunk = Vec::with_capacity(size);
    for item in items {
        chunk.push(item);
        if chunk.len() == size {
            yield_!(std::mem::replace(&mut chunk, Vec::with_capacity(size)));
        }
    }
    if !chunk.is_empty() {
        yield_!(chunk);
    }
}

#[coro]
fn windows<T: Clone>(items: impl IntoIterator<Item = T>, size: usize) -> impl Iterator<Item = Vec<T>> {
    let mut window = VecDeque::new();
    for item in items {
        window.push_back(item);
        if window.len() > size {
            window.pop_front();
        }
        if window.len() == size {
            yield_!(window.iter().cloned().collect());
        }
    }
}

#[coro]
fn merge<T: Ord>(left: impl IntoIterator<Item = T>, right: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let (mut a, mut b) = (left.next(), right.next());
    loop {
        match (a, b) {
            (Some(x), Some(y)) if x <= y => {
                b = Some(y);
                a = left.next();
                yield_!(x);
            }
            (x, Some(y)) => {
                a = x;
                b = right.next();
                yield_!(y);
            }
            (Some(x), None) => {
                yield_!(x);
                yield_from!(left);
                return;
            }
            (None, None) => return,
        }
    }
}

#[coro]
fn merge_many(sources: Vec<Vec<u32>>) -> impl Iterator<Item = u32> {
    let mut sources: Vec<_> = sources.into_iter().map(Vec::into_iter).collect();
    let mut heads = BinaryHeap::new();
    for (index, source) in sources.iter_mut().enumerate() {
        if let Some(first) = source.next() {
            heads.push(Reverse((first, index)));
        }
    }
    while let Some(Reverse((smallest, index))) = heads.pop() {
        yield_!(smallest);
        if let Some(next) = sources[index].next() {
            heads.push(Reverse((next, index)));
        }
    }
}

#[coro]
fn unique<T: Hash + Eq + Clone>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
    let mut seen = HashSet::new();
    for item in items {
        if seen.insert(item.clone()) {
            yield_!(item);
        }
    }
}

#[coro]
fn group_by<T, K: PartialEq>(items: Vec<T>, key: impl Fn(&T) -> K) -> impl Iterator<Item = (K, Vec<T>)> {
    let mut items = items.into_iter().peekable();
    while let Some(first) = items.next() {
        let group_key = key(&first);
        let mut group = vec![first];
        while let Some(item) = items.next_if(|item| key(item) == group_key) {
            group.push(item);
        }
        yield_!((group_key, group));
    }
}

#[coro]
fn interleave<A: Iterator, B: Iterator<Item = A::Item>>(mut a: A, mut b: B) -> impl Iterator<Item = A::Item> {
    loop {
        let (x, y) = (a.next(), b.next());
        if x.is_none() && y.is_none() {
            break;
        }
        if let Some(x) = x {
            yield_!(x);
        }
        if let Some(y) = y {
            yield_!(y);
        }
    }
}

/// Doubling delays up to a limit, for ever.
#[coro]
fn backoff(first: Duration, limit: Duration) -> impl Iterator<Item = Duration> + Clone {
    let mut delay = first;
    while delay < limit {
        yield_!(delay);
        delay *= 2;
    }
    loop {
        yield_!(limit);
    }
}

struct Page {
    items: Vec<u32>,
    next: Option<usize>,
}

fn fetch(token: usize) -> Result<Page, String> {
    match token {
        0 => Ok(Page {
            items: vec![1, 2],
            next: Some(7),
        }),
        7 => Ok(Page {
            items: vec![],
            next: Some(8),
        }),
        8 => Ok(Page {
            items: vec![3],
            next: None,
        }),
        _ => Err(format!("no page {token}")),
    }
}

#[coro]
fn all_items(first: usize) -> impl Iterator<Item = Result<u32, String>> {
    let mut next = Some(first);
    while let Some(token) = next {
        let page = match fetch(token) {
            Ok(page) => page,
            Err(error) => {
                yield_!(Err(error));
                return;
            }
        };
        let Page { items, next: following } = page;
        for item in items {
            yield_!(Ok(item));
        }
        next = following;
    }
}

/// A page at a time, the reader saying how many to skip.
#[coro]
fn cursor(rows: &[&'static str]) -> impl Coroutine<usize, Yield = Option<&'static str>, Return = usize> {
    let mut position = 0;
    let mut reads = 0;
    while position < rows.len() {
        let skip = yield_!(Some(rows[position]));
        position += 1 + skip;
        reads += 1;
    }
    yield_!(None);
    reads
}

#[coro]
fn cartesian<'a, A: Clone, B>(left: &'a [A], right: &'a [B]) -> impl Iterator<Item = (A, &'a B)> {
    for a in left {
        for b in right {
            yield_!((a.clone(), b));
        }
    }
}

#[test]
fn adaptors() {
    assert_eq!(chunks(1..=5, 2).collect::<Vec<_>>(), [vec![1, 2], vec![3, 4], vec![5]]);
    assert_eq!(
        windows("abcd".chars(), 3).collect::<Vec<_>>(),
        [['a', 'b', 'c'], ['b', 'c', 'd']]
    );
    assert_eq!(unique([3, 1, 3, 2, 1]).collect::<Vec<_>>(), [3, 1, 2]);
    let groups: Vec<_> = group_by(vec![1, 3, 2, 4, 5], |n| n % 2 == 0).collect();
    assert_eq!(groups, [(false, vec![1, 3]), (true, vec![2, 4]), (false, vec![5])]);
    assert_eq!(
        interleave([1, 2, 3].into_iter(), [10].into_iter()).collect::<Vec<_>>(),
        [1, 10, 2, 3]
    );
    assert_eq!(
        cartesian(&[1, 2], &['a', 'b']).collect::<Vec<_>>(),
        [(1, &'a'), (1, &'b'), (2, &'a'), (2, &'b')]
    );
}

#[test]
fn merges() {
    assert_eq!(
        merge([1, 4, 6], [2, 4, 5, 9]).collect::<Vec<_>>(),
        [1, 2, 4, 4, 5, 6, 9]
    );
    assert_eq!(merge(vec![1, 2], vec![]).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(
        merge_many(vec![vec![5, 8], vec![], vec![1, 9], vec![7]]).collect::<Vec<_>>(),
        [1, 5, 7, 8, 9]
    );
}

#[test]
fn delays_and_pages() {
    let seconds: Vec<_> = backoff(Duration::from_secs(1), Duration::from_secs(5))
        .map(|delay| delay.as_secs())
        .take(5)
        .collect();
    assert_eq!(seconds, [1, 2, 4, 5, 5]);
    assert_eq!(all_items(0).collect::<Result<Vec<_>, _>>(), Ok(vec![1, 2, 3]));
    assert_eq!(all_items(3).collect::<Vec<_>>(), [Err("no page 3".to_owned())]);
    let mut machine = cursor(&["a", "b", "c", "d"]);
    assert_eq!(machine.start(), CoroutineState::Yielded(Some("a")));
    assert_eq!(machine.resume(1), CoroutineState::Yielded(Some("c")));
    assert_eq!(machine.resume(5), CoroutineState::Yielded(None));
    assert_eq!(machine.resume(0), CoroutineState::Complete(2));
}
