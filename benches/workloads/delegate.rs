//! A generator of 300 bytes behind three `yield_from!`: what passing an item on costs at each level.

use std::pin::pin;

use futures_core::Stream;
use unawait::prelude::*;

use crate::adapters::{Polled, Stackful};
use crate::lagged::Lagged;
use crate::visit::{Visit, peers};

peers! { 100_000;
    "hand" => hand,
    "coro" => coro,
    "coro, numbers in a local" => coro_local,
    "genawaiter rc" => genawaiter_rc,
    "async-stream" => async_stream,
    "corosensei" => corosensei,
}

/// As one would write it: the first item, then all of the inner one.
struct Behind<I> {
    first: Option<u64>,
    inner: I,
}

impl<I: Iterator<Item = u64>> Iterator for Behind<I> {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        self.first.take().or_else(|| self.inner.next())
    }
}

fn hand(visit: impl Visit) -> u64 {
    let behind = |first, inner| Behind {
        first: Some(first),
        inner,
    };
    let inner = behind(3, Lagged::new(7));
    let inner = Behind { first: Some(2), inner };
    visit.whole(Behind { first: Some(1), inner })
}

#[coro]
fn passed_on(first: u64, inner: impl Iterator<Item = u64>) -> impl Iterator<Item = u64> {
    yield_!(first);
    yield_from!(inner);
}

fn coro(visit: impl Visit) -> u64 {
    visit.whole(passed_on(1, passed_on(2, passed_on(3, Lagged::new(7)))))
}

/// The same numbers, which are no iterator of their own, but a local of the innermost generator.
#[coro]
fn numbers() -> impl Iterator<Item = u64> {
    yield_!(3);
    let mut lagged = Lagged::new(7);
    loop {
        yield_!(lagged.step());
    }
}

fn coro_local(visit: impl Visit) -> u64 {
    visit.whole(passed_on(1, passed_on(2, numbers())))
}

fn genawaiter_rc(visit: impl Visit) -> u64 {
    fn passed_on(first: Option<u64>, inner: impl Iterator<Item = u64>) -> impl Iterator<Item = u64> {
        genawaiter::rc::Gen::new(|co| async move {
            if let Some(first) = first {
                co.yield_(first).await;
            }
            for item in inner {
                co.yield_(item).await;
            }
        })
        .into_iter()
    }
    let numbers = passed_on(Some(3), Lagged::new(7));
    visit.whole(passed_on(None, passed_on(Some(1), passed_on(Some(2), numbers))))
}

fn async_stream(visit: impl Visit) -> u64 {
    fn passed_on(first: Option<u64>, inner: impl Stream<Item = u64>) -> impl Stream<Item = u64> {
        async_stream::stream! {
            if let Some(first) = first {
                yield first;
            }
            for await item in inner {
                yield item;
            }
        }
    }
    let numbers = async_stream::stream! {
        yield 3;
        let mut lagged = Lagged::new(7);
        loop {
            yield lagged.step();
        }
    };
    let items = pin!(passed_on(None, passed_on(Some(1), passed_on(Some(2), numbers))));
    let size = size_of_val(&*items);
    visit.visit(Polled(items), size)
}

fn corosensei(visit: impl Visit) -> u64 {
    visit.whole(Stackful::new(|yielder| {
        for first in [1, 2, 3] {
            yielder.suspend(first);
        }
        for item in Lagged::new(7) {
            yielder.suspend(item);
        }
    }))
}
