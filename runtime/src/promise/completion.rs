//! [`Completion`] and [`IntoCompletion`]: what a callback may give.

use super::{Promise, Resolver};

/// How a callback of a promise completed. ECMAScript calls it a completion record.
#[derive(Debug)]
pub enum Completion<T: 'static, E: 'static> {
    /// It returned a value, or an error: JavaScript's `throw`.
    Result(Result<T, E>),
    /// It returned a promise, which is adopted.
    Promise(Promise<T, E>),
}

impl<T: 'static, E: 'static> Completion<T, E> {
    pub(super) fn settle(self, resolver: &Resolver<T, E>) {
        match self {
            Completion::Result(result) => resolver.settle(result),
            Completion::Promise(promise) => resolver.adopt(promise),
        };
    }
}

/// What a callback of a promise may give: a `Result`, whose `Err` is JavaScript's `throw`; another promise, whose result
/// it will be; or nothing.
///
/// ```
/// use unawait::promise::{IntoCompletion, Promise, Reason};
///
/// fn fetch(page: u32) -> impl IntoCompletion<Reason, Value = String> {
///     Promise::resolve(format!("page {page}"))
/// }
///
/// let page = Promise::<_>::resolve(7).then(fetch);
/// assert_eq!(pollster::block_on(page).unwrap(), "page 7");
/// ```
#[diagnostic::on_unimplemented(
    message = "a callback of a promise gives a `Result`, a `Promise` or `()`, not `{Self}`",
    label = "this is none of them",
    note = "help: give `Ok(value)`"
)]
pub trait IntoCompletion<E: 'static> {
    /// What the promise gives.
    type Value: 'static;

    /// How the callback completed.
    fn into_completion(self) -> Completion<Self::Value, E>;
}

impl<T: 'static, E: 'static> IntoCompletion<E> for Completion<T, E> {
    type Value = T;

    fn into_completion(self) -> Completion<T, E> {
        self
    }
}

impl<T: 'static, E: 'static> IntoCompletion<E> for Result<T, E> {
    type Value = T;

    fn into_completion(self) -> Completion<T, E> {
        Completion::Result(self)
    }
}

impl<T: 'static, E: 'static> IntoCompletion<E> for Promise<T, E> {
    type Value = T;

    fn into_completion(self) -> Completion<T, E> {
        Completion::Promise(self)
    }
}

impl<E: 'static> IntoCompletion<E> for () {
    type Value = ();

    fn into_completion(self) -> Completion<(), E> {
        Completion::Result(Ok(()))
    }
}
