use std::future::ready;
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
pub fn squares(upto: u32) -> impl Stream<Item = u32> {
    use ::core::prelude::v1::{Iterator, None, Some};
    use ::unawait::machine::{
        Awaitable, Awaiting, Complete, CoroutineState, Emitted, Next, Yielded,
        async_generator, async_generator_to_stream, put, received, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// for n in 0..upto {
    ///     let square = yield Awaiting(ready(n * n));
    ///     yield Next(square);
    /// }
    /// ```
    enum State<Upto, Iter> {
        Start { upto: Upto },
        /// at `yield_!(square)`
        Yield0 { iter: Iter },
        /// at `ready(n * n).await`
        Await0 { iter: Iter },
        Done,
    }
    let generator = async_generator(
        State::Start { upto },
        || |state, mut input| -> CoroutineState<Emitted<_, u32>, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { upto } => {
                        let iter = 0..upto;
                        State::Yield0 { iter }
                    }
                    State::Yield0 { mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(n) => {
                                let awaited = ready(n * n).awaitable();
                                put(state, State::Await0 { iter });
                                return Yielded(Awaiting(awaited));
                            }
                            None => return Complete(()),
                        }
                    }
                    State::Await0 { iter } => {
                        let square = received(&mut input);
                        put(state, State::Yield0 { iter });
                        return Yielded(Next(square));
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    );
    async_generator_to_stream(generator)
}
