//! An await that is matched: a temporary of its statement.
use unawait::prelude::*;
async fn parsed(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| text.to_owned())
}
#[allow(unused_mut, unused_assignments, unused_braces)]
pub fn or_zero(text: String) -> impl ::core::future::Future<Output = u32> {
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, async_to_generator, generator, put, received,
        resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let n = match yield parsed(&text) { Ok(n) => n, Err(_) => 0, };
    /// n + 1
    /// ```
    enum State<Text> {
        Start { text: Text },
        /// at `parsed(&text).await`
        Await0,
        Done,
    }
    let generator = generator(
        State::Start { text },
        || |state, mut input| -> CoroutineState<_, u32> {
            match take(state, State::Done) {
                State::Start { text } => {
                    put(state, State::Await0);
                    Yielded(async move {
                        let output = parsed(&text).await;
                        (text, output)
                    })
                }
                State::Await0 => {
                    let (_text, value) = received(&mut input);
                    let n = match { value } {
                        Ok(n) => n,
                        Err(_) => 0,
                    };
                    Complete(n + 1)
                }
                State::Done => resumed_after_completion("or_zero"),
            }
        },
    );
    async_to_generator(generator)
}
#[allow(unused_mut, unused_assignments)]
pub fn shown(n: Result<u32, String>) -> impl ::core::future::Future<Output = usize> {
    use ::unawait::machine::{
        Await2, Awaitable, Complete, CoroutineState, Yielded, async_to_generator,
        generator, put, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// match yield std::future::ready(n) {
    ///     Ok(n) => println!("{n}"),
    ///     Err(_) => println!("no number"),
    /// }
    /// yield std::future::ready(1)
    /// ```
    enum State<N> {
        Start { n: N },
        /// at `std::future::ready(n).await`
        Await0,
        /// at `std::future::ready(1).await`
        Await1,
        Done,
    }
    let generator = generator(
        State::Start { n },
        || |state, mut input| -> CoroutineState<Await2<_, _>, usize> {
            match take(state, State::Done) {
                State::Start { n } => {
                    let awaited = std::future::ready(n).awaitable();
                    put(state, State::Await0);
                    Yielded(Await2::Await0(awaited))
                }
                State::Await0 => {
                    match Await2::await0(&mut input) {
                        Ok(n) => println!("{n}"),
                        Err(_) => println!("no number"),
                    }
                    let awaited = std::future::ready(1).awaitable();
                    put(state, State::Await1);
                    Yielded(Await2::Await1(awaited))
                }
                State::Await1 => Complete(Await2::await1(&mut input)),
                State::Done => resumed_after_completion("shown"),
            }
        },
    );
    async_to_generator(generator)
}
