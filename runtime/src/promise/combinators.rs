//! Many promises in one: [`all`](Promise::all), [`all_settled`](Promise::all_settled), [`any`](Promise::any),
//! [`race`](Promise::race).

use std::cell::{Cell, RefCell};
use std::fmt::Debug;
use std::iter;
use std::ops::ControlFlow::{self, Break, Continue};
use std::rc::Rc;

use super::{AggregateError, BrokenPromise, Promise};

/// What a result means: a value to collect, or the end.
type Kept<U, F, V> = ControlFlow<Result<U, F>, V>;

/// What has come in so far, each at the place of its promise.
struct Collected<V> {
    values: RefCell<Vec<Option<V>>>,
    missing: Cell<usize>,
}

impl<V> Collected<V> {
    fn new(len: usize) -> Self {
        Collected {
            values: RefCell::new(iter::repeat_with(|| None).take(len).collect()),
            missing: Cell::new(len),
        }
    }

    /// All values, if this is the last one.
    fn insert(&self, index: usize, value: V) -> Option<Vec<V>> {
        self.values.borrow_mut()[index] = Some(value);
        self.missing.set(self.missing.get() - 1);
        (self.missing.get() == 0).then(|| self.values.take().into_iter().flatten().collect())
    }
}

impl<T: 'static, E: Debug + From<BrokenPromise> + 'static> Promise<T, E> {
    /// All values, in the order of the promises, when the last one is there.
    ///
    /// The promises run on, whatever happens: a promise is a result that comes, not the work that makes it. No promises give
    /// no values, at once. JavaScript's function of that name.
    ///
    /// # Errors
    ///
    /// The reason of the promise that is rejected first, as soon as that happens.
    ///
    /// # Panics
    ///
    /// If the result of one of the promises was taken through the handle that is given.
    ///
    /// ```
    /// use unawait::promise::Promise;
    ///
    /// let (last, resolver) = Promise::<u32>::with_resolvers();
    /// let all = Promise::all([last, Promise::resolve(2)]);
    /// resolver.resolve(1);
    /// assert_eq!(pollster::block_on(all).unwrap(), [1, 2]);
    /// ```
    #[track_caller]
    pub fn all(promises: impl IntoIterator<Item = Self>) -> Promise<Vec<T>, E> {
        let keep = |result| match result {
            Ok(value) => Continue(value),
            Err(reason) => Break(Err(reason)),
        };
        collect(promises, keep, Ok)
    }

    /// All results, in the order of the promises, when the last one is there. It is never rejected.
    ///
    /// JavaScript's function of that name.
    ///
    /// # Panics
    ///
    /// If the result of one of the promises was taken through the handle that is given.
    ///
    /// ```
    /// use unawait::promise::Promise;
    ///
    /// let all = Promise::all_settled([Promise::<_, String>::resolve(1), Promise::reject("no")]);
    /// assert_eq!(pollster::block_on(all).unwrap(), [Ok(1), Err("no".to_owned())]);
    /// ```
    #[track_caller]
    pub fn all_settled(promises: impl IntoIterator<Item = Self>) -> Promise<Vec<Result<T, E>>, E> {
        collect(promises, Continue, Ok)
    }

    /// The value of the promise that is fulfilled first. The others run on.
    ///
    /// JavaScript's function of that name.
    ///
    /// # Errors
    ///
    /// All reasons, if all promises are rejected: at once, if there are none.
    ///
    /// # Panics
    ///
    /// If the result of one of the promises was taken through the handle that is given.
    ///
    /// ```
    /// use unawait::promise::Promise;
    ///
    /// let any = Promise::any([Promise::<_>::reject("closed"), Promise::resolve("burger")]);
    /// assert_eq!(pollster::block_on(any).unwrap(), "burger");
    /// ```
    #[track_caller]
    pub fn any(promises: impl IntoIterator<Item = Self>) -> Promise<T, AggregateError<E>> {
        let keep = |result| match result {
            Ok(value) => Break(Ok(value)),
            Err(reason) => Continue(reason),
        };
        collect(promises, keep, |errors| Err(AggregateError { errors }))
    }

    /// The result of the promise that is settled first, a value or a reason. The others run on.
    ///
    /// JavaScript's function of that name.
    ///
    /// # Errors
    ///
    /// The reason of that promise. Of no promises none is ever settled: JavaScript waits for ever, here that is
    /// [`BrokenPromise`].
    ///
    /// # Panics
    ///
    /// If the result of one of the promises was taken through the handle that is given.
    ///
    /// ```
    /// use unawait::promise::Promise;
    ///
    /// let (slow, _cook) = Promise::<_>::with_resolvers();
    /// let race = Promise::race([slow, Promise::resolve("fries")]);
    /// assert_eq!(pollster::block_on(race).unwrap(), "fries");
    /// ```
    #[track_caller]
    pub fn race(promises: impl IntoIterator<Item = Self>) -> Promise<T, E> {
        let (promise, resolver) = Promise::with_resolvers();
        for mut entrant in promises {
            let resolver = resolver.clone();
            entrant.take_claim().react(move |result| _ = resolver.settle(result));
        }
        promise
    }
}

/// Collects what `keep` makes of the results, and settles with all of it, or with what `keep` breaks off with.
#[track_caller]
fn collect<T, E, V, U, F>(
    promises: impl IntoIterator<Item = Promise<T, E>>,
    keep: fn(Result<T, E>) -> Kept<U, F, V>,
    finish: fn(Vec<V>) -> Result<U, F>,
) -> Promise<U, F>
where
    T: 'static,
    E: 'static,
    V: 'static,
    U: 'static,
    F: Debug + From<BrokenPromise> + 'static,
{
    let (promise, resolver) = Promise::with_resolvers();
    let promises = Vec::from_iter(promises);
    if promises.is_empty() {
        resolver.settle(finish(Vec::new()));
    }
    let collected = Rc::new(Collected::new(promises.len()));
    for (index, mut promise) in promises.into_iter().enumerate() {
        let (resolver, collected) = (resolver.clone(), collected.clone());
        promise.take_claim().react(move |result| match keep(result) {
            Break(result) => _ = resolver.settle(result),
            Continue(value) => {
                if let Some(values) = collected.insert(index, value) {
                    resolver.settle(finish(values));
                }
            }
        });
    }
    promise
}
