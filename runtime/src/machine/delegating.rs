//! Generators whose `yield_from!` leaves the inner iterator where it is.

use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::{fmt, mem};

use super::{Code, Outcome};

/// A generator that runs another iterator without taking it out of its state: made by [`delegating()`].
///
/// It is `Clone`, `Debug`, `Send` and `Sync` when the state is.
#[derive(Clone)]
#[must_use = "a machine does nothing until it is resumed"]
pub struct Delegating<F: Code, Lives = ()> {
    /// `None`: a step panicked.
    state: Option<F::State>,
    code: F,
    lives: PhantomData<Lives>,
}

/// Makes a generator of its first state and its code, which may work on the state where it is.
///
/// The step is that of [`machine()`](super::machine()). But where that leaves `Done` while it runs, so that a panic finds
/// nothing to go on with, this one may leave the inner iterator of a `yield_from!` in its state: however large it is, an
/// item then moves nothing but itself. If the step panics, the generator drops the state it finds, and has ended.
///
/// ```
/// use unawait::machine::{Complete, CoroutineState, Yielded, delegating, put, take};
///
/// fn twice(list: &[u32]) -> impl Iterator<Item = u32> {
///     enum State<A, B> { Start { list: A }, From0 { inner: B }, Done }
///     delegating(State::Start { list }, || |state: &mut State<_, _>, _: Option<()>| -> CoroutineState<u32, ()> {
///         loop {
///             let value = match state {
///                 State::From0 { inner } => Iterator::next(inner),
///                 _ => None,
///             };
///             if let Some(value) = value {
///                 return Yielded(value);
///             }
///             match take(state, State::Done) {
///                 State::Start { list } => put(state, State::From0 { inner: list.iter().map(|number| 2 * number) }),
///                 State::From0 { .. } | State::Done => return Complete(()),
///             }
///         }
///     })
/// }
/// assert!(twice(&[1, 2, 3]).eq([2, 4, 6]));
/// ```
#[inline]
pub fn delegating<S, O, F>(state: S, code: F) -> Delegating<F>
where
    O: Outcome<Return = ()>,
    F: Fn() -> fn(&mut S, Option<()>) -> O,
{
    Delegating::new(state, code)
}

/// [`delegating()`] as [`bounded()`](super::bounded()) is [`machine()`](super::machine()).
#[inline]
pub fn bounded_delegating<'a, S: 'a, O, F>(state: S, code: F) -> Delegating<F, &'a ()>
where
    O: Outcome<Return = ()>,
    F: Fn() -> fn(&mut S, Option<()>) -> O,
{
    Delegating::new(state, code)
}

impl<F: Code, Lives> Delegating<F, Lives> {
    #[inline]
    fn new(state: F::State, code: F) -> Self {
        Delegating {
            state: Some(state),
            code,
            lives: PhantomData,
        }
    }
}

impl<F: Code<Input = (), Return = ()>, Lives> Iterator for Delegating<F, Lives> {
    type Item = F::Yield;

    #[inline]
    fn next(&mut self) -> Option<F::Yield> {
        let unwinding = Unwinding(&mut self.state);
        let step = unwinding.0.as_mut().map(|state| self.code.step(state, Some(())));
        mem::forget(unwinding);
        step?.yielded()
    }
}

/// Drops the state when the step panics.
struct Unwinding<'s, S>(&'s mut Option<S>);

impl<S> Drop for Unwinding<'_, S> {
    fn drop(&mut self) {
        *self.0 = None;
    }
}

/// As of a [`Machine`](super::Machine).
impl<F: Code<Input = (), Return = ()>, Lives> FusedIterator for Delegating<F, Lives> {}

impl<F: Code, Lives> Unpin for Delegating<F, Lives> {}

/// Shows the state.
impl<F: Code<State: fmt::Debug>, Lives> fmt::Debug for Delegating<F, Lives> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.state {
            Some(state) => state.fmt(formatter),
            None => formatter.write_str("Done"),
        }
    }
}
