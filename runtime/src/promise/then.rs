//! Callbacks: [`then`](Promise::then), [`catch`](Promise::catch), [`finally`](Promise::finally).

use std::fmt::Debug;

use super::microtasks::Microtask;
use super::shared::Claim;
use super::{BrokenPromise, Completion, IntoCompletion, Promise};

impl<T: 'static, E: 'static> Claim<T, E> {
    /// Calls `reaction` with the result, as a microtask, when there is one.
    pub(super) fn react(self, reaction: impl FnOnce(Result<T, E>) + 'static) {
        let shared = self.shared().clone();
        let callback = move || reaction(self.read());
        shared.react(Microtask::Callback(Box::new(callback)));
    }
}

impl<T: 'static, E: Debug + From<BrokenPromise> + 'static> Promise<T, E> {
    /// Calls `f` with the value, if the promise is fulfilled, and gives a promise of what `f` gives. A rejection passes by.
    ///
    /// `f` runs as a microtask: never during this call. It gives a `Result` (`Err` is JavaScript's `throw`), a promise, which
    /// is adopted, or nothing. It runs whether or not anybody awaits the new promise.
    ///
    /// To have several callbacks, or to await the promise as well, clone it.
    ///
    /// # Errors
    ///
    /// The new promise is rejected with the reason of this one, with what `f` gives, or with [`BrokenPromise`] if `f` panics.
    ///
    /// # Panics
    ///
    /// If the result was taken through this handle.
    ///
    /// ```
    /// use unawait::promise::Promise;
    ///
    /// let price = Promise::<_>::resolve(3)
    ///     .then(|burgers| Ok(burgers * 5))
    ///     .then(|price| if price < 20 { Ok(price) } else { Err("too expensive".into()) });
    /// assert_eq!(pollster::block_on(price).unwrap(), 15);
    /// ```
    #[track_caller]
    #[doc(alias = "add_done_callback")]
    pub fn then<R: IntoCompletion<E>>(mut self, f: impl FnOnce(T) -> R + 'static) -> Promise<R::Value, E> {
        let (promise, resolver) = Promise::with_resolvers();
        self.take_claim().react(move |result| match result {
            Ok(value) => f(value).into_completion().settle(&resolver),
            Err(reason) => _ = resolver.settle(Err(reason)),
        });
        promise
    }

    /// Calls `f` with the reason, if the promise is rejected, and gives a promise of what `f` gives. A value passes by.
    ///
    /// Else it is like [`then`](Promise::then).
    ///
    /// # Errors
    ///
    /// The new promise is rejected with what `f` gives, or with [`BrokenPromise`] if `f` panics.
    ///
    /// # Panics
    ///
    /// If the result was taken through this handle.
    ///
    /// ```
    /// use unawait::promise::Promise;
    ///
    /// let number = Promise::<u32>::reject("no number").catch(|_| Ok(0));
    /// assert_eq!(pollster::block_on(number).unwrap(), 0);
    /// ```
    #[track_caller]
    pub fn catch<R: IntoCompletion<E, Value = T>>(mut self, f: impl FnOnce(E) -> R + 'static) -> Promise<T, E> {
        let (promise, resolver) = Promise::with_resolvers();
        self.take_claim().react(move |result| match result {
            Ok(value) => _ = resolver.resolve(value),
            Err(reason) => f(reason).into_completion().settle(&resolver),
        });
        promise
    }

    /// Calls `f` when the promise is settled, and gives a promise of the same result.
    ///
    /// What `f` gives is awaited before that, if it is a promise. Else it is like [`then`](Promise::then).
    ///
    /// # Errors
    ///
    /// The new promise is rejected with the reason of this one; but with what `f` gives, if that is an error, and with
    /// [`BrokenPromise`] if `f` panics.
    ///
    /// # Panics
    ///
    /// If the result was taken through this handle.
    ///
    /// ```
    /// use unawait::promise::Promise;
    ///
    /// let burger = Promise::<_>::resolve("burger").finally(|| println!("the kitchen is free"));
    /// assert_eq!(pollster::block_on(burger).unwrap(), "burger");
    /// ```
    #[track_caller]
    pub fn finally<R: IntoCompletion<E, Value = ()>>(mut self, f: impl FnOnce() -> R + 'static) -> Promise<T, E> {
        let (promise, resolver) = Promise::with_resolvers();
        self.take_claim().react(move |result| {
            let done = match f().into_completion() {
                Completion::Result(Ok(())) => Promise::resolve(()),
                Completion::Promise(promise) => promise,
                Completion::Result(Err(reason)) => {
                    resolver.settle(Err(reason));
                    return;
                }
            };
            resolver.adopt(done.then(move |()| result));
        });
        promise
    }
}
