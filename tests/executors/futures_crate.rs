//! Our functions below the combinators and macros of `futures`.

use std::cell::RefCell;

use futures::channel::{mpsc, oneshot};
use futures::future::{self, BoxFuture, Either, FutureExt, LocalBoxFuture, join_all, select, try_join_all};
use futures::stream::FuturesUnordered;
use futures::{SinkExt, StreamExt};
use smol::future::yield_now;
use unawait::prelude::*;

#[coro]
async fn after(turns: u32, n: u32) -> Result<u32, String> {
    for _ in 0..turns {
        yield_now().await;
    }
    match n {
        0 => Err(format!("after {turns}")),
        n => Ok(n),
    }
}

/// Notes its end, and that it is dropped before.
struct Note<'l>(&'l RefCell<Vec<String>>, u32);

impl Drop for Note<'_> {
    fn drop(&mut self) {
        self.0.borrow_mut().push(format!("drop {}", self.1));
    }
}

#[coro]
async fn noted(log: &RefCell<Vec<String>>, turns: u32) -> u32 {
    let note = Note(log, turns);
    let _ = after(turns, 1).await;
    log.borrow_mut().push(format!("end {}", note.1));
    turns
}

#[test]
fn join_all_keeps_the_order() {
    let all = join_all((1..=40).map(|n| after(41 - n, n)));
    let all: Result<Vec<_>, _> = pollster::block_on(all).into_iter().collect();
    assert_eq!(all, Ok((1..=40).collect()));
}

#[test]
fn try_join_all_stops_at_the_first_error() {
    let all = try_join_all([after(1, 1), after(3, 0), after(2, 0), after(9, 2)]);
    assert_eq!(pollster::block_on(all), Err("after 2".to_owned()));
}

#[test]
fn the_one_that_is_done_first_comes_first() {
    let mut tasks: FuturesUnordered<_> = [3, 1, 2].into_iter().map(|turns| after(turns, turns)).collect();
    let mut order = Vec::new();
    while let Some(result) = pollster::block_on(tasks.next()) {
        order.push(result.unwrap());
    }
    assert_eq!(order, [1, 2, 3]);
}

#[test]
fn select_drops_the_loser() {
    let log = RefCell::default();
    pollster::block_on(async {
        let (slow, fast) = (noted(&log, 3), noted(&log, 1));
        match select(Box::pin(slow), Box::pin(fast)).await {
            Either::Left(_) => panic!("the slow one wins"),
            Either::Right((turns, slow)) => {
                assert_eq!(turns, 1);
                drop(slow);
            }
        }
    });
    assert_eq!(*log.borrow(), ["end 1", "drop 1", "drop 3"]);
}

#[coro]
async fn raced(log: &RefCell<Vec<String>>) -> u32 {
    let (mut slow, mut fast) = (Box::pin(noted(log, 3).fuse()), Box::pin(noted(log, 1).fuse()));
    futures::select_biased! {
        turns = slow => turns,
        turns = fast => turns,
    }
}

#[coro]
async fn joined(log: &RefCell<Vec<String>>) -> Result<u32, String> {
    let (a, b) = futures::join!(noted(log, 2), noted(log, 1));
    let (c, d) = futures::try_join!(after(1, a), after(2, b))?;
    Ok(a + b + c + d)
}

#[test]
fn macros_inside_of_our_functions() {
    let log = RefCell::default();
    assert_eq!(pollster::block_on(raced(&log)), 1);
    assert_eq!(*log.borrow(), ["end 1", "drop 1", "drop 3"]);
    log.borrow_mut().clear();
    assert_eq!(pollster::block_on(joined(&log)), Ok(6));
    assert_eq!(*log.borrow(), ["end 1", "drop 1", "end 2", "drop 2"]);
}

#[test]
fn combinators_of_futures() {
    use futures::TryFutureExt;

    let chain = after(1, 2)
        .map_ok(|n| n + 1)
        .and_then(|n| after(n, n * 2))
        .or_else(|_| after(1, 9));
    assert_eq!(pollster::block_on(chain), Ok(6));
    let failing = after(2, 0).or_else(|error| future::ready(Ok::<_, String>(error.len() as u32)));
    assert_eq!(pollster::block_on(failing), Ok(7));
    let mut shared = after(2, 5).shared();
    let twice = pollster::block_on(future::join(shared.clone(), &mut shared));
    assert_eq!(twice, (Ok(5), Ok(5)));
    assert_eq!(after(1, 1).now_or_never(), None);
    assert_eq!(after(0, 1).now_or_never(), Some(Ok(1)));
}

#[test]
fn a_panic_is_caught_and_all_is_dropped() {
    #[coro]
    async fn fails(log: &RefCell<Vec<String>>) -> u32 {
        let note = Note(log, 1);
        yield_now().await;
        log.borrow_mut().push("now".to_owned());
        if note.1 == 1 {
            std::panic::resume_unwind(Box::new(note.1));
        }
        0
    }
    let log = RefCell::default();
    let caught = std::panic::AssertUnwindSafe(fails(&log)).catch_unwind();
    let panic = pollster::block_on(caught).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&1u32));
    assert_eq!(*log.borrow(), ["now", "drop 1"]);
}

#[coro]
async fn relay(mut from: mpsc::Receiver<u32>, mut to: mpsc::Sender<u32>) -> Result<u32, mpsc::SendError> {
    let mut count = 0;
    while let Some(n) = from.next().await {
        to.send(n * 2).await?;
        count += 1;
    }
    Ok(count)
}

#[coro]
async fn feed(mut to: mpsc::Sender<u32>, done: oneshot::Sender<()>) -> Result<(), mpsc::SendError> {
    for n in 0..20 {
        to.send(n).await?;
    }
    to.flush().await?;
    let _ = done.send(());
    Ok(())
}

#[test]
fn channels_of_no_capacity() {
    let (a, from) = mpsc::channel(0);
    let (to, b) = mpsc::channel(0);
    let (done, is_done) = oneshot::channel();
    let all = future::join4(feed(a, done), relay(from, to), b.collect::<Vec<_>>(), is_done);
    let (fed, relayed, all, done) = pollster::block_on(all);
    assert_eq!((fed, relayed, done), (Ok(()), Ok(20), Ok(())));
    assert_eq!(all, (0..20).map(|n| n * 2).collect::<Vec<_>>());
}

trait Handler {
    fn handle<'a>(&'a self, text: &'a str) -> BoxFuture<'a, usize>;
}

struct Length(usize);

impl Handler for Length {
    #[coro]
    fn handle<'a>(&'a self, text: &'a str) -> BoxFuture<'a, usize> {
        yield_now().await;
        text.len() + self.0
    }
}

#[coro]
fn depth(n: u32) -> LocalBoxFuture<'static, u32> {
    if n == 0 {
        return 0;
    }
    depth(n - 1).await + 1
}

#[test]
fn boxes_by_the_names_of_futures() {
    let handlers: Vec<Box<dyn Handler>> = vec![Box::new(Length(1)), Box::new(Length(2))];
    let lengths = join_all(handlers.iter().map(|handler| handler.handle("abc")));
    assert_eq!(pollster::block_on(lengths), [4, 5]);
    assert_eq!(pollster::block_on(depth(9)), 9);
}
