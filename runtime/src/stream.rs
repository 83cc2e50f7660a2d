//! [`async_generator_to_stream`]: the stepper that makes a stream of a generator of awaitables and items.

use core::marker::PhantomData;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::{FusedStream, Stream};
use pin_project_lite::pin_project;

use crate::Coroutine;
use crate::CoroutineState::{Complete, Yielded};
use crate::machine::{Awaited, Emitted};

/// Makes a stream of an async generator: what it wants to wait for is awaited, and it is resumed with the output; its items
/// go out.
///
/// JavaScript's `async function*` is the same: one generator that yields both, and a stepper that tells them apart. After an
/// item the generator goes on with [`start`](Coroutine::start), since nothing was awaited.
///
/// `#[coro]` writes the call of this function itself:
///
/// ```
/// use std::future::ready;
/// use unawait::prelude::*;
///
/// #[coro]
/// fn squares(upto: u32) -> impl Stream<Item = u32> {
///     for n in 1..=upto {
///         let square = ready(n * n).await;
///         yield_!(square);
///     }
/// }
///
/// # use std::{pin::pin, task::{Context, Poll, Waker}};
/// # let mut squares = pin!(squares(2));
/// # let mut next = || squares.as_mut().poll_next(&mut Context::from_waker(Waker::noop()));
/// # assert_eq!((next(), next(), next(), next()), (Poll::Ready(Some(1)), Poll::Ready(Some(4)), Poll::Ready(None), Poll::Ready(None)));
/// ```
///
/// Cancel safety: a `poll_next` that is pending has taken nothing; dropping the stream drops what it awaits first, then the
/// generator with its locals.
///
/// # Panics
///
/// A poll that panics drops all that the generator holds; further polls panic. After its end the stream gives `None` again.
#[inline]
pub fn async_generator_to_stream<I, G>(generator: G) -> AsyncGenerator<G, I>
where
    G: Coroutine<I, Yield: Emits<Awaiting: Awaited<<G::Yield as Emits>::Item, Output = I>>, Return = ()>,
{
    AsyncGenerator {
        awaiting: None,
        generator: Some(generator),
        done: false,
        input: PhantomData,
    }
}

/// What an async generator may yield: [`Emitted`], taken apart.
pub trait Emits {
    /// What it wants to wait for.
    type Awaiting;
    /// What goes out.
    type Item;

    /// The value as what it is.
    fn emitted(self) -> Emitted<Self::Awaiting, Self::Item>;
}

impl<A, T> Emits for Emitted<A, T> {
    type Awaiting = A;
    type Item = T;

    #[inline]
    fn emitted(self) -> Self {
        self
    }
}

pin_project! {
    /// The stream that [`async_generator_to_stream`] makes of a generator.
    #[must_use = "streams do nothing unless polled"]
    pub struct AsyncGenerator<G, I>
    where
        G: Coroutine<I>,
        G::Yield: Emits,
    {
        // Dropped first: it may use what the generator holds.
        #[pin]
        awaiting: Option<<G::Yield as Emits>::Awaiting>,
        // `None` once a poll has panicked.
        generator: Option<G>,
        done: bool,
        input: PhantomData<fn(I)>,
    }
}

impl<G, I> Stream for AsyncGenerator<G, I>
where
    G: Coroutine<I, Yield: Emits<Awaiting: Awaited<<G::Yield as Emits>::Item, Output = I>>, Return = ()>,
{
    type Item = <G::Yield as Emits>::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut running = Running(self);
        let mut this = running.0.as_mut().project();
        let poll = loop {
            if *this.done {
                break Poll::Ready(None);
            }
            let input = match this.awaiting.as_mut().as_pin_mut() {
                None => None,
                Some(awaiting) => match awaiting.poll_awaited(context) {
                    Poll::Pending => break Poll::Pending,
                    Poll::Ready(Yielded(item)) => break Poll::Ready(Some(item)),
                    Poll::Ready(Complete(output)) => {
                        this.awaiting.set(None);
                        Some(output)
                    }
                },
            };
            let Some(generator) = this.generator.as_mut() else {
                resumed_after_panicking()
            };
            match generator.resume_or_start(input) {
                Yielded(emitted) => match emitted.emitted() {
                    Emitted::Awaiting(awaiting) => this.awaiting.set(Some(awaiting)),
                    Emitted::Next(item) => break Poll::Ready(Some(item)),
                },
                Complete(()) => *this.done = true,
            }
        };
        mem::forget(running);
        poll
    }
}

impl<G, I> FusedStream for AsyncGenerator<G, I>
where
    G: Coroutine<I, Yield: Emits<Awaiting: Awaited<<G::Yield as Emits>::Item, Output = I>>, Return = ()>,
{
    fn is_terminated(&self) -> bool {
        self.done
    }
}

/// A poll in progress. It is dropped if that panics, and drops all that the stream holds.
struct Running<'p, G, I>(Pin<&'p mut AsyncGenerator<G, I>>)
where
    G: Coroutine<I>,
    G::Yield: Emits;

impl<G, I> Drop for Running<'_, G, I>
where
    G: Coroutine<I>,
    G::Yield: Emits,
{
    #[inline]
    fn drop(&mut self) {
        let mut this = self.0.as_mut().project();
        this.awaiting.set(None);
        *this.generator = None;
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn resumed_after_panicking() -> ! {
    panic!("stream polled after panicking")
}
