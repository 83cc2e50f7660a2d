use std::pin::Pin;
use unawait::prelude::*;
pub fn countdown(n: u32) -> Pin<Box<dyn Stream<Item = u32>>> {
    use ::unawait::machine::{
        Awaiting, Complete, CoroutineState, Delegated, Emitted, Next, Yielded,
        async_generator_to_stream, bounded_async_generator, put, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// if n > 0 {
    ///     yield Next(n);
    ///     yield_from!(countdown(n - 1));
    /// }
    /// ```
    enum State<N> {
        Start { n: N },
        /// at `yield_!(n)`
        Yield0 { n: N },
        /// at `yield_from!(countdown(n - 1))`
        From0,
        Done,
    }
    let generator = bounded_async_generator(
        State::Start { n },
        || |state, _| -> CoroutineState<Emitted<_, u32>, ()> {
            match take(state, State::Done) {
                State::Start { n } => {
                    if n > 0 {
                        put(state, State::Yield0 { n });
                        Yielded(Next(n))
                    } else {
                        Complete(())
                    }
                }
                State::Yield0 { n } => {
                    let awaited = countdown(n - 1).delegated();
                    put(state, State::From0);
                    Yielded(Awaiting(awaited))
                }
                State::From0 => Complete(()),
                State::Done => Complete(()),
            }
        },
    );
    Box::pin(async_generator_to_stream(generator))
}
