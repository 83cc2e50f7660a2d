//! Generators that are no iterators, as iterators. Each does at an item what its crate asks for, and no more.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use corosensei::{Coroutine, CoroutineResult, Yielder};
use futures_core::Stream;

/// A coroutine with a stack of its own.
pub struct Stackful<T>(Coroutine<(), T, ()>);

impl<T: 'static> Stackful<T> {
    #[inline(always)]
    pub fn new(body: impl FnOnce(&Yielder<(), T>) + 'static) -> Self {
        Stackful(Coroutine::new(|yielder, ()| body(yielder)))
    }
}

impl<T: 'static> Iterator for Stackful<T> {
    type Item = T;

    /// Unlike an iterator's, the end must not be asked for twice.
    #[inline]
    fn next(&mut self) -> Option<T> {
        match self.0.resume(()) {
            CoroutineResult::Yield(item) => Some(item),
            CoroutineResult::Return(()) => None,
        }
    }
}

/// A stream that never waits.
pub struct Polled<'s, S: Stream>(pub Pin<&'s mut S>);

impl<S: Stream> Iterator for Polled<'_, S> {
    type Item = S::Item;

    #[inline]
    fn next(&mut self) -> Option<S::Item> {
        match self.0.as_mut().poll_next(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(item) => item,
            Poll::Pending => unreachable!("the stream awaits nothing"),
        }
    }
}
