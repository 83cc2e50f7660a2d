use std::future::{Ready, ready};
use unawait::prelude::*;
pub fn fetch(name: &str) -> Ready<Result<String, String>> {
    ready(Ok(name.to_owned()))
}
#[allow(unused_mut, unused_assignments)]
pub fn exists(name: &str) -> impl ::core::future::Future<Output = bool> {
    use ::unawait::machine::{
        Awaitable, Complete, CoroutineState, Yielded, async_to_generator, generator, put,
        received, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// (yield fetch(name)).is_ok()
    /// ```
    enum State<Name> {
        Start { name: Name },
        /// at `fetch(name).await`
        Await0,
        Done,
    }
    let generator = generator(
        State::Start { name },
        || |state, mut input| -> CoroutineState<_, bool> {
            match take(state, State::Done) {
                State::Start { name } => {
                    let awaited = fetch(name).awaitable();
                    put(state, State::Await0);
                    Yielded(awaited)
                }
                State::Await0 => Complete(received(&mut input).is_ok()),
                State::Done => resumed_after_completion("exists"),
            }
        },
    );
    async_to_generator(generator)
}
#[allow(unused_mut, unused_assignments)]
pub fn count(names: [&'static str; 2]) -> impl ::core::future::Future<Output = u32> {
    use ::unawait::machine::{
        Await2, Awaitable, Complete, CoroutineState, Yielded, async_to_generator,
        generator, put, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let mut found = 0;
    /// if (yield fetch(names[0])).is_ok() {
    ///     found += 1;
    /// }
    /// if (yield fetch(names[1])).is_ok_and(|text| text.len() > 1) {
    ///     found += 1;
    /// }
    /// found
    /// ```
    enum State<Names, Found> {
        Start { names: Names },
        /// at `fetch(names[0]).await`
        Await0 { found: Found, names: Names },
        /// at `fetch(names[1]).await`
        Await1 { found: Found },
        Done,
    }
    let generator = generator(
        State::Start { names },
        || |state, mut input| -> CoroutineState<Await2<_, _>, u32> {
            match take(state, State::Done) {
                State::Start { names } => {
                    let mut found = 0;
                    let awaited = fetch(names[0]).awaitable();
                    put(state, State::Await0 { names, found });
                    Yielded(Await2::Await0(awaited))
                }
                State::Await0 { names, mut found } => {
                    if Await2::await0(&mut input).is_ok() {
                        found += 1;
                    }
                    let awaited = fetch(names[1]).awaitable();
                    put(state, State::Await1 { found });
                    Yielded(Await2::Await1(awaited))
                }
                State::Await1 { mut found } => {
                    if Await2::await1(&mut input).is_ok_and(|text| text.len() > 1) {
                        found += 1;
                    }
                    Complete(found)
                }
                State::Done => resumed_after_completion("count"),
            }
        },
    );
    async_to_generator(generator)
}
