use unawait::prelude::*;
async fn count(first: u64) -> u64 {
    first
}
async fn add(total: &mut u64, n: u64) {
    *total += n;
}
/// `first` is calculated with, so it is a number, and copied into what is awaited.
#[allow(unused_mut, unused_assignments)]
pub fn sum() -> impl ::core::future::Future<Output = u64> {
    use ::unawait::machine::{
        Await2, Awaitable, Complete, CoroutineState, Yielded, async_to_generator,
        generator, put, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let first = yield count(1);
    /// let second = yield count(first);
    /// first + second
    /// ```
    enum State<First> {
        Start,
        /// at `count(1).await`
        Await0,
        /// at `count(first).await`
        Await1 { first: First },
        Done,
    }
    let generator = generator(
        State::Start,
        || |state, mut input| -> CoroutineState<Await2<_, _>, u64> {
            match take(state, State::Done) {
                State::Start => {
                    let awaited = count(1).awaitable();
                    put(state, State::Await0);
                    Yielded(Await2::Await0(awaited))
                }
                State::Await0 => {
                    let first = Await2::await0(&mut input);
                    let awaited = count(first).awaitable();
                    put(state, State::Await1 { first });
                    Yielded(Await2::Await1(awaited))
                }
                State::Await1 { first } => {
                    let second = Await2::await1(&mut input);
                    Complete(first + second)
                }
                State::Done => resumed_after_completion("sum"),
            }
        },
    );
    async_to_generator(generator)
}
/// `total` may be a reference, as far as syntax tells: it is lent.
#[allow(unused_mut, unused_assignments)]
pub fn twice(total: &mut u64) -> impl ::core::future::Future<Output = ()> {
    use ::unawait::machine::{
        Await2, Awaitable, Complete, CoroutineState, Yielded, async_to_generator,
        generator, put, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let total = total;
    /// yield add(total, 1);
    /// yield add(total, 2);
    /// ```
    enum State<Total> {
        Start { total: Total },
        /// at `add(total, 1).await`
        Await0,
        /// at `add(total, 2).await`
        Await1,
        Done,
    }
    let generator = generator(
        State::Start { total },
        || |state, mut input| -> CoroutineState<Await2<_, _>, ()> {
            match take(state, State::Done) {
                State::Start { total } => {
                    let total = total;
                    let awaited = async move {
                        add(total, 1).await;
                        total
                    };
                    put(state, State::Await0);
                    Yielded(Await2::Await0(awaited))
                }
                State::Await0 => {
                    let total = Await2::await0(&mut input);
                    let awaited = add(total, 2).awaitable();
                    put(state, State::Await1);
                    Yielded(Await2::Await1(awaited))
                }
                State::Await1 => {
                    Await2::await1(&mut input);
                    Complete(())
                }
                State::Done => resumed_after_completion("twice"),
            }
        },
    );
    async_to_generator(generator)
}
