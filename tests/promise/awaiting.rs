//! Promises that are awaited, in functions under `#[coro]` too.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures::future::{join, join_all};
use pollster::block_on;
use unawait::prelude::*;
use unawait::promise::{Promise, Reason, Resolver, queue_microtask};

use crate::{Counted, DROPPED, Log, Text, poll, run_microtasks};

/// Counts how often it is woken.
#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Wakes {
    fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

#[coro]
async fn sum(a: Text<u32>, b: Text<u32>) -> Result<u32, String> {
    Ok(a.await? + b.await?)
}

#[test]
fn in_a_function() {
    let (a, resolver) = Text::with_resolvers();
    let mut sum = pin!(sum(a, Promise::resolve(2)));
    let mut context = Context::from_waker(Waker::noop());
    assert!(sum.as_mut().poll(&mut context).is_pending());
    resolver.resolve(1);
    assert_eq!(sum.as_mut().poll(&mut context), Poll::Ready(Ok(3)));
}

#[test]
fn rejections_are_errors() {
    assert_eq!(
        block_on(sum(Promise::resolve(1), Promise::reject("no"))),
        Err("no".to_owned())
    );
    assert_eq!(
        block_on(sum(Promise::new(drop), Promise::resolve(2))),
        Err(DROPPED.to_owned())
    );
}

#[coro]
async fn parse(text: Promise<&'static str>) -> Result<u32, Reason> {
    let text = text.await?;
    let number = text.parse()?;
    Ok(number)
}

#[test]
fn reasons_are_what_question_marks_make() {
    assert_eq!(block_on(parse(Promise::resolve("12"))).unwrap(), 12);
    let texts = [Promise::resolve("x"), Promise::reject("no"), Promise::new(drop)]
        .map(|promise| block_on(parse(promise)).unwrap_err().to_string());
    assert_eq!(texts, ["invalid digit found in string", "no", DROPPED]);
}

#[coro]
async fn with_handlers(text: &'static str, log: &Log) -> u32 {
    let logs = log.clone();
    match number(text).finally(move || logs.add("finally")).await {
        Ok(n) => n,
        Err(reason) => {
            log.add(reason);
            0
        }
    }
}

fn number(text: &str) -> Text<u32> {
    Promise::from(text.parse().map_err(|_| format!("no number: {text}")))
}

#[test]
fn try_catch_and_finally() {
    let log = Log::default();
    assert_eq!(block_on(with_handlers("1", &log)), 1);
    assert_eq!(block_on(with_handlers("x", &log)), 0);
    assert_eq!(log.take(), "finally finally no number: x");
}

/// Chains that begin with a variable, whose first link takes it.
#[coro]
async fn chains(log: &Log) -> Result<u32, String> {
    let number = number("1");
    let end = number.then(|n| Ok(n + 1)).then(|n| Ok(n * 10));
    let twenty = end.await?;
    let number = Text::resolve(twenty);
    let more = number.then(|n| Ok(n + 1)).catch(|_| Ok(0)).finally(|| ()).await?;
    let mut all = Vec::new();
    for n in [more, 1] {
        let promise = Text::resolve(n);
        all.push(promise.then(|n| Ok(n + 1)).then(doubled));
        Text::resolve(()).await?;
    }
    let (one, other) = (doubled(1), doubled(2));
    let sum = one.then(move |n| other.then(move |m| Ok(n + m))).await?;
    let bad = Text::<u32>::reject("no");
    let logs = log.clone();
    let good = bad.finally(move || logs.add("finally")).catch(|_| Ok(5)).await?;
    Ok(Promise::all(all).await?.iter().sum::<u32>() + sum + good)
}

#[test]
fn chains_of_variables() {
    let log = Log::default();
    assert_eq!(block_on(chains(&log)), Ok(44 + 4 + 6 + 5));
    assert_eq!(log.take(), "finally");
}

/// The function that JavaScript's async functions are said to be: it gives a promise.
fn doubled(n: u32) -> Text<u32> {
    Promise::resolve(n).then(|n| Ok(2 * n))
}

#[coro]
fn doubles(upto: u32) -> impl Stream<Item = Result<u32, String>> {
    for n in 0..upto {
        let double = doubled(n).await;
        yield_!(double);
    }
}

#[test]
fn in_a_stream() {
    let values: Vec<_> = block_on(futures::StreamExt::collect(doubles(4)));
    assert_eq!(values, [Ok(0), Ok(2), Ok(4), Ok(6)]);
}

#[test]
fn a_generator_of_promises() {
    #[coro]
    fn greet() -> impl Coroutine<Result<&'static str, String>, Yield = Text<&'static str>, Return = String> {
        match yield_!(Promise::resolve("Hello")) {
            Ok(greeting) => format!("{greeting} World"),
            Err(reason) => reason,
        }
    }

    assert_eq!(block_on(unawait::async_to_generator(greet())), "Hello World");
}

#[test]
fn clones_are_awaited_each_and_twice() {
    let (promise, resolver) = Text::with_resolvers();
    let awaits = join_all([promise.clone(), promise.clone(), promise.clone()]);
    let settles = async { resolver.resolve("x".to_owned()) };
    let (values, _) = block_on(join(awaits, settles));
    assert_eq!(values, vec![Ok("x".to_owned()); 3]);
    assert_eq!(block_on(promise.clone()), Ok("x".to_owned()));
    assert_eq!(block_on(promise), Ok("x".to_owned()));
}

#[test]
fn by_reference() {
    let (mut promise, resolver) = Text::with_resolvers();
    resolver.resolve(1);
    assert_eq!(block_on(&mut promise), Ok(1));
}

#[test]
#[should_panic(expected = "the result of this promise has been taken")]
fn after_completion() {
    let mut promise = Text::resolve(1);
    assert!(poll(&mut promise).is_ready());
    let _ = poll(&mut promise);
}

#[test]
fn a_cancelled_await_holds_no_waker() {
    let wakes = Arc::new(Wakes::default());
    let waker = wakes.clone().into();
    let mut context = Context::from_waker(&waker);
    let (promise, resolver) = Text::with_resolvers();
    let alone = Arc::strong_count(&wakes);
    {
        let mut awaits = pin!(promise.clone());
        assert!(awaits.as_mut().poll(&mut context).is_pending());
        assert!(Arc::strong_count(&wakes) > alone);
    }
    assert_eq!(Arc::strong_count(&wakes), alone);
    resolver.resolve(1);
    run_microtasks();
    assert_eq!(wakes.count(), 0);
    assert_eq!(poll(&mut promise.clone()), Poll::Ready(Ok(1)));
}

#[test]
fn an_await_that_is_cancelled_between_settlement_and_its_turn() {
    let wakes = Arc::new(Wakes::default());
    let waker = wakes.clone().into();
    let (promise, resolver) = Text::with_resolvers();
    let alone = Arc::strong_count(&wakes);
    {
        let mut awaits = pin!(promise.clone());
        assert!(awaits.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        resolver.resolve(1);
    }
    assert_eq!(Arc::strong_count(&wakes), alone);
    assert_eq!(block_on(promise), Ok(1));
}

#[test]
fn the_task_that_polled_last_is_woken() {
    let [first, second] = [Arc::new(Wakes::default()), Arc::new(Wakes::default())];
    let (mut promise, resolver) = Text::with_resolvers();
    for wakes in [&first, &second] {
        let waker = wakes.clone().into();
        let mut promise = pin!(&mut promise);
        assert!(promise.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    }
    assert_eq!(Arc::strong_count(&first), 1);
    resolver.resolve(1);
    run_microtasks();
    assert_eq!(first.count(), 0);
    assert!(second.count() > 0);
    assert_eq!(poll(&mut promise), Poll::Ready(Ok(1)));
    assert_eq!(Arc::strong_count(&second), 1);
}

#[test]
fn whoever_awaits_is_woken_for_the_microtasks_of_others() {
    let wakes = Arc::new(Wakes::default());
    let waker = wakes.clone().into();
    let log = Log::default();
    let (mut promise, _resolver) = Text::<u32>::with_resolvers();
    let mut awaits = pin!(&mut promise);
    assert!(awaits.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    queue_microtask({
        let log = log.clone();
        move || log.add("microtask")
    });
    assert_eq!(wakes.count(), 1);
    assert!(awaits.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    assert_eq!(log.take(), "microtask");
}

#[test]
fn then_gives_up_the_await() {
    let wakes = Arc::new(Wakes::default());
    let waker = wakes.clone().into();
    let (mut promise, resolver) = Text::with_resolvers();
    {
        let mut awaits = pin!(&mut promise);
        assert!(awaits.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    }
    let mut then = promise.then(|n| Ok(n + 1));
    assert_eq!(Arc::strong_count(&wakes), 2, "the waker is the last that has it");
    resolver.resolve(1);
    assert_eq!(poll(&mut then), Poll::Ready(Ok(2)));
}

#[test]
fn in_a_select() {
    let (mut slow, _resolver) = Text::<u32>::with_resolvers();
    let mut fast = Text::resolve(1);
    let mut results = Vec::new();
    block_on(async {
        // The one that is complete is passed by the second time.
        for _ in 0..2 {
            futures::select! {
                result = slow => results.push(result),
                result = fast => results.push(result),
                default => {}
            }
        }
    });
    assert_eq!(results, [Ok(1)]);
}

#[test]
fn many_awaits_that_are_cancelled() {
    let count = Rc::new(Cell::new(0));
    let (promise, resolver) = Text::with_resolvers();
    for _ in 0..10_000 {
        assert!(poll(&mut promise.clone()).is_pending());
    }
    resolver.resolve(Counted::new(&count));
    drop(promise);
    assert_eq!(count.get(), 0);
}

#[test]
fn a_task_that_settles_what_it_awaits_in_turns() {
    #[coro]
    async fn player(
        mut ball: Text<u32>,
        mut next: Resolver<u32, String>,
        turns: Vec<(Text<u32>, Resolver<u32, String>)>,
    ) -> u32 {
        let mut last = 0;
        for (promise, resolver) in turns {
            last = ball.await.unwrap();
            next.resolve(last + 1);
            (ball, next) = (promise, resolver);
        }
        last
    }

    let promises: Vec<_> = (0..10).map(|_| Text::with_resolvers()).collect();
    let (balls, resolvers): (Vec<_>, Vec<_>) = promises.into_iter().unzip();
    resolvers[0].resolve(0);
    let turns = |from: usize| {
        let turn = |at: usize| (balls[at].clone(), resolvers[at + 1].clone());
        (from + 2..balls.len() - 1).step_by(2).map(turn).collect::<Vec<_>>()
    };
    let first = player(balls[0].clone(), resolvers[1].clone(), turns(0));
    let second = player(balls[1].clone(), resolvers[2].clone(), turns(1));
    assert_eq!(block_on(join(first, second)), (6, 5));
}
