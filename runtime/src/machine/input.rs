//! [`received`] and [`delegate`]: what a step does with the input of this resume.

use crate::{Coroutine, CoroutineState};

/// Takes the input of this resume: the value of the `yield_!` at which the machine was suspended.
///
/// ```
/// use unawait::machine::received;
///
/// let mut input = Some("hello");
/// assert_eq!(received(&mut input), "hello");
/// assert_eq!(input, None);
/// ```
///
/// # Panics
///
/// Panics if there is none: the machine was stepped with [`start`](Coroutine::start), which gives no input, where
/// the function uses one.
#[inline]
#[track_caller]
pub fn received<S: InputSlot>(input: S) -> S::Input {
    match input.take() {
        Some(input) => input,
        None => no_input(),
    }
}

/// What [`received`] takes from: `&mut Option<I>`.
///
/// So rustc infers from what is there. With `&mut Option<I>` itself as the argument it would compare that with what is
/// wanted, and call the function wrong, not the value.
pub trait InputSlot {
    /// What is received.
    type Input;

    /// Takes the input out, if there is one.
    fn take(self) -> Option<Self::Input>;
}

impl<I> InputSlot for &mut Option<I> {
    type Input = I;

    #[inline]
    fn take(self) -> Option<I> {
        Option::take(self)
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn no_input() -> ! {
    panic!(
        "`start()` gives no input, and the coroutine needs one here: it has been started already, \
         or it uses its first input; call `resume(input)`"
    )
}

/// Steps the coroutine that a `yield_from!` delegates to: [`start`](Coroutine::start) without an input, else
/// [`resume`](Coroutine::resume).
///
/// ```
/// use unawait::{Coroutine, CoroutineState};
/// use unawait::machine::delegate;
///
/// struct Echo;
///
/// impl Coroutine<u32> for Echo {
///     type Yield = Option<u32>;
///     type Return = ();
///
///     fn resume(&mut self, input: u32) -> CoroutineState<Option<u32>, ()> {
///         CoroutineState::Yielded(Some(input))
///     }
///
///     fn start(&mut self) -> CoroutineState<Option<u32>, ()> {
///         CoroutineState::Yielded(None)
///     }
/// }
/// assert_eq!(delegate(None, &mut Echo), CoroutineState::Yielded(None));
/// assert_eq!(delegate(Some(1), &mut Echo), CoroutineState::Yielded(Some(1)));
/// ```
#[inline]
#[track_caller]
pub fn delegate<I, Y, R, C: Coroutine<I, Yield = Y, Return = R> + ?Sized>(
    input: Option<I>,
    inner: &mut C,
) -> CoroutineState<Y, R> {
    match input {
        Some(input) => inner.resume(input),
        None => inner.start(),
    }
}
