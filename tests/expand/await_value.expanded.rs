use std::future::{Ready, ready};
use unawait::prelude::*;
struct Promise;
impl Promise {
    fn resolve(value: &'static str) -> Ready<&'static str> {
        ready(value)
    }
}
#[allow(unused_mut, unused_assignments)]
pub fn greet() -> impl ::core::future::Future<Output = String> {
    use ::unawait::machine::{
        Awaitable, Complete, CoroutineState, Yielded, async_to_generator, generator, put,
        received, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let result = yield Promise::resolve("Hello");
    /// format!("{result} World")
    /// ```
    enum State {
        Start,
        /// at `Promise::resolve("Hello").await`
        Await0,
        Done,
    }
    let generator = generator(
        State::Start,
        || |state, mut input| -> CoroutineState<_, String> {
            match take(state, State::Done) {
                State::Start => {
                    let awaited = Promise::resolve("Hello").awaitable();
                    put(state, State::Await0);
                    Yielded(awaited)
                }
                State::Await0 => {
                    let result = received(&mut input);
                    Complete(format!("{result} World"))
                }
                State::Done => resumed_after_completion("greet"),
            }
        },
    );
    async_to_generator(generator)
}
