//! [`AggregateError`].

use std::error::Error;
use std::fmt;

use super::BrokenPromise;

/// The reason of [`Promise::any`](super::Promise::any): all promises were rejected, and these are their reasons, in the order
/// of the promises.
///
/// JavaScript has an error of that name.
///
/// ```
/// use unawait::promise::{AggregateError, Promise};
///
/// let any = Promise::any([Promise::<u32, String>::reject("busy"), Promise::reject("closed")]);
/// let AggregateError { errors } = pollster::block_on(any).unwrap_err();
/// assert_eq!(errors, ["busy", "closed"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AggregateError<E> {
    /// The reasons.
    pub errors: Vec<E>,
}

impl<E> fmt::Display for AggregateError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "all of {} promises were rejected", self.errors.len())
    }
}

impl<E: fmt::Debug> Error for AggregateError<E> {}

impl<E: From<BrokenPromise>> From<BrokenPromise> for AggregateError<E> {
    fn from(broken: BrokenPromise) -> Self {
        AggregateError {
            errors: vec![broken.into()],
        }
    }
}
