//! [`CoroutineState`]: what a coroutine answers to a resume.

/// What a coroutine answers when it is resumed: it is suspended again, or it has returned.
///
/// The standard library's unstable `std::ops::CoroutineState` has the same names and meaning.
///
/// ```
/// use unawait::CoroutineState::{self, Complete, Yielded};
///
/// fn show(state: CoroutineState<u32, &str>) -> String {
///     match state {
///         Yielded(value) => format!("yielded {value}"),
///         Complete(value) => format!("returned {value}"),
///     }
/// }
/// assert_eq!(show(Yielded(1)), "yielded 1");
/// assert_eq!(show(Complete("end")), "returned end");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoroutineState<Y, R> {
    /// The coroutine is suspended, and this is the value that it yielded.
    Yielded(Y),
    /// The coroutine has returned this value. It must not be resumed again.
    Complete(R),
}

impl<Y, R> CoroutineState<Y, R> {
    /// The yielded value, if the coroutine is suspended.
    ///
    /// ```
    /// use unawait::CoroutineState::{self, Complete, Yielded};
    ///
    /// let state: CoroutineState<u32, ()> = Yielded(1);
    /// assert_eq!(state.yielded(), Some(1));
    /// let state: CoroutineState<u32, ()> = Complete(());
    /// assert_eq!(state.yielded(), None);
    /// ```
    #[inline]
    pub fn yielded(self) -> Option<Y> {
        match self {
            CoroutineState::Yielded(value) => Some(value),
            CoroutineState::Complete(_) => None,
        }
    }

    /// The returned value, if the coroutine has returned.
    ///
    /// ```
    /// use unawait::CoroutineState::{self, Complete, Yielded};
    ///
    /// let state: CoroutineState<u32, &str> = Complete("end");
    /// assert_eq!(state.complete(), Some("end"));
    /// let state: CoroutineState<u32, &str> = Yielded(1);
    /// assert_eq!(state.complete(), None);
    /// ```
    #[inline]
    pub fn complete(self) -> Option<R> {
        match self {
            CoroutineState::Yielded(_) => None,
            CoroutineState::Complete(value) => Some(value),
        }
    }
}
