//! [`Throw`]: resuming with an error.

use crate::{Coroutine, CoroutineState};

/// Resumes a coroutine with an error, JavaScript's `generator.throw(error)`.
///
/// Every coroutine whose input is a `Result` has it. The body decides what an error means:
/// `yield_!(value)?` returns it, `match yield_!(value) { .. }` handles it.
///
/// ```
/// use unawait::machine::{Complete, CoroutineState, Yielded, machine, put, received, take};
/// use unawait::{Coroutine, Throw};
///
/// /// `let n = yield_!("how many?")?; Ok(n * 2)`
/// fn ask() -> impl Coroutine<Result<u32, String>, Yield = &'static str, Return = Result<u32, String>> {
///     enum State { Start, Yield0, Done }
///     machine(State::Start, || |state: &mut State, mut input: Option<Result<u32, String>>| -> Result<CoroutineState<&str, u32>, String> {
///         match take(state, State::Done) {
///             State::Start => { put(state, State::Yield0); Ok(Yielded("how many?")) }
///             State::Yield0 => { let n = received(&mut input)?; Ok(Complete(n * 2)) }
///             State::Done => unreachable!(),
///         }
///     })
/// }
///
/// let mut answered = ask();
/// assert_eq!(answered.start(), Yielded("how many?"));
/// assert_eq!(answered.resume(Ok(21)), Complete(Ok(42)));
///
/// let mut refused = ask();
/// assert_eq!(refused.start(), Yielded("how many?"));
/// assert_eq!(refused.throw("none".to_owned()), Complete(Err("none".to_owned())));
/// ```
pub trait Throw<T, E>: Coroutine<Result<T, E>> {
    /// Resumes with `Err(error)`.
    ///
    /// # Panics
    ///
    /// Where [`resume`](Coroutine::resume) does.
    #[inline]
    fn throw(&mut self, error: E) -> CoroutineState<Self::Yield, Self::Return> {
        self.resume(Err(error))
    }
}

impl<T, E, C: Coroutine<Result<T, E>> + ?Sized> Throw<T, E> for C {}
