//! [`async_to_generator`]: the stepper that makes a future of a generator of awaitables.

use core::future::Future;
use core::hint::cold_path;
use core::marker::PhantomData;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::Coroutine;
use crate::CoroutineState::{self, Complete, Yielded};
use crate::machine::{Awaited, Never};

/// Makes a future of a generator of awaitables: what it yields is awaited, and it is resumed with the output, until it
/// returns.
///
/// This is all that an `async` function is: a generator in which `await` is spelled `yield`, and this stepper. Babel and
/// TypeScript compile JavaScript's `async` functions so for engines that have generators and promises only:
///
/// ```text
/// function asyncToGenerator(generatorFunction) {
///     return (...args) => new Promise((resolve, reject) => {
///         const generator = generatorFunction(...args);
///         const step = (resume) => {
///             let state;
///             try { state = resume(); } catch (error) { return reject(error); }
///             if (state.done) return resolve(state.value);
///             Promise.resolve(state.value).then((value) => step(() => generator.next(value)),
///                                               (error) => step(() => generator.throw(error)));
///         };
///         step(() => generator.next());
///     });
/// }
/// ```
///
/// There, `then` calls `step` back; here, [`poll`](Future::poll) is called again by the executor, and begins where the
/// generator waits. A rejected promise is an output of `Err(error)`: a generator whose awaitables give `Result`s is resumed
/// with a `Result`, and [`throw`](crate::Throw::throw) is what resuming with `Err` is called.
///
/// `#[coro] async fn` writes the call of this function itself. It drives a generator written by hand as well:
///
/// ```
/// use std::future::{Ready, ready};
/// use unawait::{async_to_generator, prelude::*};
///
/// #[coro]
/// fn greet() -> impl Coroutine<&'static str, Yield = Ready<&'static str>, Return = String> {
///     let result = yield_!(ready("Hello"));
///     format!("{result} World")
/// }
///
/// let greeting = async_to_generator(greet());
/// # use std::{pin::pin, task::{Context, Poll, Waker}};
/// # let poll = pin!(greeting).poll(&mut Context::from_waker(Waker::noop()));
/// # assert_eq!(poll, Poll::Ready("Hello World".to_owned()));
/// ```
///
/// and errors are thrown into it:
///
/// ```
/// use std::future::{Future, ready};
/// use unawait::{async_to_generator, prelude::*};
///
/// fn fetch(name: &str) -> impl Future<Output = Result<u32, String>> {
///     ready(name.parse().map_err(|_| format!("no number: {name}")))
/// }
///
/// #[coro]
/// fn sum() -> impl Coroutine<Result<u32, String>, Yield = impl Future<Output = Result<u32, String>>, Return = Result<u32, String>> {
///     let mut sum = 0;
///     for name in ["1", "2", "three"] {
///         sum += yield_!(fetch(name))?;
///     }
///     Ok(sum)
/// }
///
/// # use std::{pin::pin, task::{Context, Poll, Waker}};
/// # let poll = pin!(async_to_generator(sum())).poll(&mut Context::from_waker(Waker::noop()));
/// # assert_eq!(poll, Poll::Ready(Err("no number: three".to_owned())));
/// ```
///
/// Nothing runs before the first poll, as with every future. Each `Pending` of what is awaited is one of the whole, and the
/// waker is passed on. An output is handed to the generator once the future that gave it has been dropped.
///
/// Cancel safety: dropping the future drops what it awaits first, then the generator with its locals.
///
/// # Panics
///
/// Polling panics if the future has completed, or if an earlier poll panicked. If a poll panics, all that the generator holds
/// is dropped before the panic leaves it, as with an `async fn`.
#[inline]
pub fn async_to_generator<G, K>(generator: G) -> AsyncToGenerator<G, K>
where
    G: Awaits<K, Yield: Awaited<Never, Output = G::Input>>,
{
    AsyncToGenerator {
        awaiting: None,
        generator: Some(generator),
        kind: PhantomData,
    }
}

/// A generator of awaitables, as [`async_to_generator`] drives it: every [`Coroutine`] whose input is the output of what it
/// yields, and what [`generator()`](crate::machine::generator) makes.
///
/// `K` says which of the two. It does not mention what is awaited: a future that awaits another one in an `async` block is
/// `Send` only if rustc finds out without comparing the lifetimes in two mentions of one type.
pub trait Awaits<K> {
    /// What it is resumed with.
    type Input;
    /// What it awaits.
    type Yield;
    /// What it completes with.
    type Return;

    /// Resumes it, or starts it with `None`.
    fn step(&mut self, input: Option<Self::Input>) -> CoroutineState<Self::Yield, Self::Return>;
}

impl<I, G: Coroutine<I>> Awaits<fn(I)> for G {
    type Input = I;
    type Yield = G::Yield;
    type Return = G::Return;

    #[inline(always)]
    fn step(&mut self, input: Option<I>) -> CoroutineState<G::Yield, G::Return> {
        self.resume_or_start(input)
    }
}

pin_project! {
    /// The future that [`async_to_generator`] makes of a generator.
    ///
    /// It waits for exactly one thing at a time: where `awaiting` is `Some`, the generator is suspended at the yield that
    /// gave it.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct AsyncToGenerator<G, K>
    where
        G: Awaits<K>,
    {
        // Dropped first: it may use what the generator holds.
        #[pin]
        awaiting: Option<G::Yield>,
        // `None` once a poll has panicked.
        generator: Option<G>,
        kind: PhantomData<fn(K)>,
    }
}

impl<G, K> Future for AsyncToGenerator<G, K>
where
    G: Awaits<K, Yield: Awaited<Never, Output = G::Input>>,
{
    type Output = G::Return;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<G::Return> {
        let this = self.project();
        let mut this = Running {
            awaiting: this.awaiting,
            generator: this.generator,
        };
        // One place that polls, and one that steps: so both are inlined.
        let poll = loop {
            let input = match this.awaiting.as_mut().as_pin_mut() {
                None => {
                    // Once in a future's life, and polls are many: a chain of futures is polled without a detour.
                    cold_path();
                    None
                }
                Some(awaiting) => match awaiting.poll_awaited(context) {
                    Poll::Pending => break Poll::Pending,
                    Poll::Ready(Yielded(never)) => match never {},
                    Poll::Ready(Complete(output)) => {
                        // Else nobody can tell until the next one takes its place: a store less for each.
                        if mem::needs_drop::<G::Yield>() {
                            this.awaiting.set(None);
                        }
                        Some(output)
                    }
                },
            };
            let Some(generator) = this.generator.as_mut() else {
                resumed_after_panicking()
            };
            match generator.step(input) {
                Yielded(awaitable) => this.awaiting.set(Some(awaitable)),
                Complete(value) => {
                    this.awaiting.set(None);
                    break Poll::Ready(value);
                }
            }
        };
        mem::forget(this);
        poll
    }
}

/// A poll in progress. It is dropped if that panics, and drops all that the future holds: the locals of an `async fn` do
/// not outlive a panic.
///
/// It has the parts, not the whole: to project that twice would be some functions more that are compiled for each machine.
struct Running<'p, A, G> {
    awaiting: Pin<&'p mut Option<A>>,
    generator: &'p mut Option<G>,
}

impl<A, G> Drop for Running<'_, A, G> {
    #[inline]
    fn drop(&mut self) {
        self.awaiting.set(None);
        *self.generator = None;
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn resumed_after_panicking() -> ! {
    panic!("`async fn` resumed after panicking")
}
