//! Our streams below the combinators of `futures`, and theirs inside of ours.

use std::pin::{Pin, pin};

use futures::stream::{self, FusedStream, StreamExt, TryStreamExt};
use smol::future::yield_now;
use unawait::prelude::*;

#[coro]
#[allow(clippy::implied_bounds_in_impls, reason = "`#[coro]` goes by `Stream`")]
fn count(from: u32, upto: u32) -> impl Stream<Item = u32> + FusedStream {
    for n in from..upto {
        yield_now().await;
        yield_!(n);
    }
}

#[coro]
fn words(text: &str) -> impl Stream<Item = &str> + Send {
    for word in text.split(' ') {
        yield_now().await;
        yield_!(word);
    }
}

#[coro]
async fn double(n: u32) -> u32 {
    for _ in 0..n % 3 {
        yield_now().await;
    }
    2 * n
}

fn all<S: Stream>(stream: S) -> Vec<S::Item> {
    pollster::block_on(stream.collect())
}

#[test]
fn combinators() {
    assert_eq!(all(count(0, 4).map(|n| n * n)), [0, 1, 4, 9]);
    assert_eq!(all(count(0, 9).filter(|n| std::future::ready(n % 3 == 0))), [0, 3, 6]);
    assert_eq!(all(count(0, u32::MAX).take(3)), [0, 1, 2]);
    assert_eq!(all(count(0, 5).chunks(2)), [vec![0, 1], vec![2, 3], vec![4]]);
    assert_eq!(all(count(0, 9).zip(words("a b c"))), [(0, "a"), (1, "b"), (2, "c")]);
    assert_eq!(all(count(0, 4).then(double)), [0, 2, 4, 6]);
    assert_eq!(all(count(0, 2).chain(count(7, 9))), [0, 1, 7, 8]);
    assert_eq!(all(count(0, 3).flat_map(|n| count(0, n))), [0, 0, 1]);
    assert_eq!(all(words("a b").enumerate()), [(0, "a"), (1, "b")]);
    assert_eq!(pollster::block_on(count(0, 5).fold(0, async |sum, n| sum + n)), 10);
}

#[test]
fn buffers() {
    assert_eq!(
        all(count(0, 20).map(double).buffered(4)),
        (0..20).map(|n| n * 2).collect::<Vec<_>>()
    );
    let mut unordered = all(count(0, 20).map(double).buffer_unordered(4));
    assert_ne!(unordered, (0..20).map(|n| n * 2).collect::<Vec<_>>());
    unordered.sort_unstable();
    assert_eq!(unordered, (0..20).map(|n| n * 2).collect::<Vec<_>>());
}

#[test]
fn selections() {
    let mut merged = all(stream::select(count(0, 5), count(10, 15)));
    merged.sort_unstable();
    assert_eq!(merged, [0, 1, 2, 3, 4, 10, 11, 12, 13, 14]);
    let boxed: [Pin<Box<dyn Stream<Item = u32>>>; 2] = [Box::pin(count(0, 2)), Box::pin(count(2, 4))];
    assert_eq!(all(stream::select_all(boxed)).len(), 4);
}

#[test]
fn a_stream_of_results() {
    #[coro]
    fn parsed(text: &str) -> impl Stream<Item = Result<u32, String>> {
        for word in text.split(' ') {
            yield_now().await;
            yield_!(word.parse().map_err(|_| word.to_owned()));
        }
    }
    assert_eq!(pollster::block_on(parsed("1 2").try_collect()), Ok(vec![1, 2]));
    let sum = parsed("1 x 2").try_fold(0, |sum, n| std::future::ready(Ok(sum + n)));
    assert_eq!(pollster::block_on(sum), Err("x".to_owned()));
}

#[test]
fn ends_once_and_for_all() {
    let mut stream = pin!(count(0, 1));
    assert!(!stream.is_terminated());
    assert_eq!(pollster::block_on(stream.next()), Some(0));
    assert!(!stream.is_terminated());
    assert_eq!(pollster::block_on(stream.next()), None);
    assert!(stream.is_terminated());
    assert_eq!(pollster::block_on(stream.next()), None);
}

/// A stream of theirs that waits, one of ours, an iterator's, and one behind a reference.
#[coro]
fn several(last: Pin<&mut impl Stream<Item = u32>>) -> impl Stream<Item = u32> {
    yield_from!(stream::iter([1, 2]));
    yield_from!(count(3, 5));
    yield_from!(stream::once(double(4)));
    yield_from!(last);
    yield_!(100);
}

#[test]
fn delegation() {
    let mut last = pin!(count(5, 7));
    assert_eq!(all(several(last.as_mut())), [1, 2, 3, 4, 8, 5, 6, 100]);
}

/// Reads another stream, item by item.
#[coro]
fn pairs<S: Stream + Unpin>(mut stream: S) -> impl Stream<Item = (S::Item, S::Item)> {
    while let Some(first) = stream.next().await {
        let Some(second) = stream.next().await else { return };
        yield_!((first, second));
    }
}

#[test]
fn one_stream_reads_another() {
    assert_eq!(all(pairs(Box::pin(count(0, 5)))), [(0, 1), (2, 3)]);
    assert_eq!(all(pairs(stream::iter("abcd".chars()))), [('a', 'b'), ('c', 'd')]);
}

struct Node {
    value: u32,
    children: Vec<Node>,
}

#[coro]
fn walk(node: &Node) -> Pin<Box<dyn Stream<Item = u32> + Send + '_>> {
    yield_now().await;
    yield_!(node.value);
    for child in &node.children {
        yield_from!(walk(child));
    }
}

#[test]
fn recursion() {
    let node = |value, children| Node { value, children };
    let tree = node(1, vec![node(2, vec![node(3, vec![])]), node(4, vec![])]);
    assert_eq!(all(walk(&tree)), [1, 2, 3, 4]);
    let deep = (0..200).fold(node(0, vec![]), |tree, n| node(n, vec![tree]));
    assert_eq!(all(walk(&deep)).len(), 201);
}

#[test]
fn a_stream_on_a_task() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .expect("a runtime");
    let task = runtime.spawn(async { words("a b c").map(str::to_owned).collect::<Vec<_>>().await });
    assert_eq!(runtime.block_on(task).expect("no panic"), ["a", "b", "c"]);
}
