//! [`Outcome`]: what a step may return.

use core::ops::ControlFlow::{self, Break, Continue};

use crate::CoroutineState::{self, Complete, Yielded};

/// What a step may return: a [`CoroutineState`], or a [`Result`], an [`Option`] or a [`ControlFlow`] of one.
///
/// The latter keep `?` as it is in a function that returns a `Result`, an `Option` or a `ControlFlow`: it leaves the step
/// with the error, and that completes the machine.
///
/// | the step returns | the machine returns |
/// |---|---|
/// | `CoroutineState<Y, R>` | `R` |
/// | `Result<CoroutineState<Y, T>, E>` | `Result<T, E>` |
/// | `Option<CoroutineState<Y, T>>` | `Option<T>` |
/// | `ControlFlow<B, CoroutineState<Y, T>>` | `ControlFlow<B, T>` |
///
/// ```
/// use unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
/// use unawait::Coroutine;
///
/// /// `yield_!(1); let n = text.parse::<u32>()?; Ok(n)`
/// fn parse(text: &str) -> impl Coroutine<Yield = u8, Return = Result<u32, std::num::ParseIntError>> {
///     enum State<Text> { Start { text: Text }, Yield0 { text: Text }, Done }
///     machine(State::Start { text }, || |state: &mut State<_>, _: Option<()>| -> Result<CoroutineState<u8, u32>, std::num::ParseIntError> {
///         match take(state, State::Done) {
///             State::Start { text } => { put(state, State::Yield0 { text }); Ok(Yielded(1)) }
///             State::Yield0 { text } => { let n = text.parse::<u32>()?; Ok(Complete(n)) }
///             State::Done => unreachable!(),
///         }
///     })
/// }
/// let mut good = parse("42");
/// assert_eq!(good.resume(()), Yielded(1));
/// assert_eq!(good.resume(()), Complete(Ok(42)));
///
/// let mut bad = parse("x");
/// assert_eq!(bad.resume(()), Yielded(1));
/// assert!(matches!(bad.resume(()), Complete(Err(_))));
/// ```
#[diagnostic::on_unimplemented(
    message = "a step cannot return `{Self}`",
    note = "it returns a `CoroutineState`, or a `Result`, an `Option` or a `ControlFlow` of one"
)]
pub trait Outcome {
    /// What the machine yields.
    type Yield;
    /// What it returns at its end.
    type Return;

    /// The same, with an early exit by `?` as a completion.
    fn into_state(self) -> CoroutineState<Self::Yield, Self::Return>;
}

impl<Y, R> Outcome for CoroutineState<Y, R> {
    type Yield = Y;
    type Return = R;

    #[inline(always)]
    fn into_state(self) -> Self {
        self
    }
}

impl<Y, T, E> Outcome for Result<CoroutineState<Y, T>, E> {
    type Yield = Y;
    type Return = Result<T, E>;

    #[inline]
    fn into_state(self) -> CoroutineState<Y, Result<T, E>> {
        match self {
            Ok(Yielded(value)) => Yielded(value),
            Ok(Complete(value)) => Complete(Ok(value)),
            Err(error) => Complete(Err(error)),
        }
    }
}

impl<Y, T> Outcome for Option<CoroutineState<Y, T>> {
    type Yield = Y;
    type Return = Option<T>;

    #[inline]
    fn into_state(self) -> CoroutineState<Y, Option<T>> {
        match self {
            Some(Yielded(value)) => Yielded(value),
            Some(Complete(value)) => Complete(Some(value)),
            None => Complete(None),
        }
    }
}

impl<Y, T, B> Outcome for ControlFlow<B, CoroutineState<Y, T>> {
    type Yield = Y;
    type Return = ControlFlow<B, T>;

    #[inline]
    fn into_state(self) -> CoroutineState<Y, ControlFlow<B, T>> {
        match self {
            Continue(Yielded(value)) => Yielded(value),
            Continue(Complete(value)) => Complete(Continue(value)),
            Break(value) => Complete(Break(value)),
        }
    }
}
