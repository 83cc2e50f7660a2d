//! The generators of nightly, for the drivers of the suite. Only with `nightly.sh`.

use std::async_iter::AsyncIterator;
use std::fmt::Debug;
use std::ops::{Coroutine, CoroutineState};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::harness::{Subject, record};
use crate::support::AnyStream;

/// A `gen fn`.
struct Genned<T>(T);

impl<T: Iterator<Item: Debug>> Subject for Genned<T> {
    fn advance(&mut self, _: Option<usize>) -> bool {
        shown(match self.0.next() {
            Some(item) => CoroutineState::Yielded(item),
            None => CoroutineState::Complete(()),
        })
    }
}

/// A `#[coroutine]`, with its inputs; the first one is not looked at.
struct Native<'a, T>(Pin<Box<T>>, &'a [u32]);

impl<T: Coroutine<u32, Yield: Debug, Return: Debug>> Subject for Native<'_, T> {
    fn advance(&mut self, input_of: Option<usize>) -> bool {
        let input = input_of.map_or(0, |step| self.1[step % self.1.len()]);
        shown(self.0.as_mut().resume(input))
    }
}

/// As the suite's drivers do.
fn shown<Y: Debug, R: Debug>(state: CoroutineState<Y, R>) -> bool {
    match state {
        CoroutineState::Yielded(value) => {
            let entry = format!("=> yield {value:?}");
            drop(value);
            record(entry);
            true
        }
        CoroutineState::Complete(value) => {
            record(format!("=> return {value:?}"));
            false
        }
    }
}

/// An `async gen fn`.
struct AsyncGenned<T> {
    inner: Pin<Box<T>>,
    done: bool,
}

impl<T: AsyncIterator> unawait::Stream for AsyncGenned<T> {
    type Item = T::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T::Item>> {
        if self.done {
            return Poll::Ready(None);
        }
        let poll = self.inner.as_mut().poll_next(context);
        self.done = matches!(poll, Poll::Ready(None));
        poll
    }
}

pub fn genned<'a, T: Debug + 'a>(generator: impl Iterator<Item = T> + 'a) -> Box<dyn Subject + 'a> {
    Box::new(Genned(Box::new(generator) as Box<dyn Iterator<Item = T> + 'a>))
}

pub fn async_genned<'a, T: Debug + 'a>(generator: impl AsyncIterator<Item = T> + 'a) -> AnyStream<'a, T> {
    Box::pin(AsyncGenned {
        inner: Box::pin(generator),
        done: false,
    })
}

pub fn native<'a, Y: Debug, R: Debug>(
    coroutine: impl Coroutine<u32, Yield = Y, Return = R> + 'a,
    script: &'a [u32],
) -> Box<dyn Subject + 'a> {
    Box::new(Native(Box::pin(coroutine), script))
}
