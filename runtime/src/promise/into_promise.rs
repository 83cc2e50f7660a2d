//! [`IntoPromise`]: what a callback may give.

use std::fmt::Debug;

use super::{BrokenPromise, Promise, Resolver};

/// What a callback of a promise may give: a `Result`, whose `Err` is JavaScript's `throw`; another promise, whose result
/// it will be; or nothing.
///
/// ```
/// use unawait::promise::{IntoPromise, Promise, Reason};
///
/// fn fetch(page: u32) -> impl IntoPromise<Reason, Value = String> {
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
pub trait IntoPromise<E: 'static> {
    /// What the promise gives.
    type Value: 'static;

    /// The promise.
    fn into_promise(self) -> Promise<Self::Value, E>;

    /// Settles another promise as this one.
    fn settle(self, resolver: &Resolver<Self::Value, E>)
    where
        Self: Sized,
    {
        resolver.adopt(self.into_promise());
    }
}

impl<T: 'static, E: Debug + 'static> IntoPromise<E> for Result<T, E> {
    type Value = T;

    #[track_caller]
    fn into_promise(self) -> Promise<T, E> {
        Promise::from(self)
    }

    fn settle(self, resolver: &Resolver<T, E>) {
        resolver.settle(self);
    }
}

impl<T: 'static, E: Debug + From<BrokenPromise> + 'static> IntoPromise<E> for Promise<T, E> {
    type Value = T;

    fn into_promise(self) -> Promise<T, E> {
        self
    }
}

impl<E: Debug + 'static> IntoPromise<E> for () {
    type Value = ();

    #[track_caller]
    fn into_promise(self) -> Promise<(), E> {
        Promise::resolve(())
    }

    fn settle(self, resolver: &Resolver<(), E>) {
        resolver.resolve(());
    }
}
