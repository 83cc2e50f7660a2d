//! [`Generator`]: a machine that yields what it awaits.

use core::marker::PhantomData;

use super::{Awaited, Awaits, Code, CoroutineState, Never, Outcome};

/// A machine that yields what it awaits, as [`generator()`] makes it. It is no [`Coroutine`](crate::Coroutine), but for
/// [`async_to_generator`](crate::async_to_generator) alone.
#[must_use = "a generator does nothing until it is resumed"]
pub struct Generator<F: Code, Lives = ()> {
    state: F::State,
    code: F,
    lives: PhantomData<Lives>,
}

impl<F: Code, Lives> Awaits<()> for Generator<F, Lives> {
    type Input = F::Input;
    type Yield = F::Yield;
    type Return = F::Return;

    #[inline(always)]
    fn step(&mut self, input: Option<F::Input>) -> CoroutineState<F::Yield, F::Return> {
        self.code.step(&mut self.state, input)
    }
}

/// Nothing in it is pinned.
impl<F: Code, Lives> Unpin for Generator<F, Lives> {}

/// As [`machine()`](super::machine()), for a generator of awaitables: it is resumed with the output of what it yielded, and
/// rustc infers the type of the one from the other.
///
/// ```
/// use std::future::{Future, ready};
/// use unawait::async_to_generator;
/// use unawait::machine::{Complete, CoroutineState, Yielded, generator, put, received, take};
///
/// /// `ready(n).await + 1`
/// fn next(n: u32) -> impl Future<Output = u32> {
///     enum State<N> { Start { n: N }, Await0, Done }
///     async_to_generator(generator(State::Start { n }, || |state, mut input| -> CoroutineState<_, u32> {
///         match take(state, State::Done) {
///             State::Start { n } => {
///                 put(state, State::Await0);
///                 Yielded(ready(n))
///             }
///             State::Await0 => {
///                 let value = received(&mut input);
///                 Complete(value + 1)
///             }
///             State::Done => unreachable!(),
///         }
///     }))
/// }
/// # use std::{pin::pin, task::{Context, Poll, Waker}};
/// # assert_eq!(pin!(next(1)).poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(2));
/// ```
#[inline]
pub fn generator<S, A, O, F>(state: S, code: F) -> Generator<F>
where
    A: Awaited<Never>,
    O: Outcome<Yield = A>,
    F: Fn() -> fn(&mut S, Option<A::Output>) -> O,
{
    Generator {
        state,
        code,
        lives: PhantomData,
    }
}

/// [`generator()`] as [`bounded()`](super::bounded()) is [`machine()`](super::machine()).
#[inline]
pub fn bounded_generator<'a, S: 'a, A, O, F>(state: S, code: F) -> Generator<F, &'a ()>
where
    A: Awaited<Never>,
    O: Outcome<Yield = A>,
    F: Fn() -> fn(&mut S, Option<A::Output>) -> O,
{
    Generator {
        state,
        code,
        lives: PhantomData,
    }
}
