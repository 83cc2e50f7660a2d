use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
pub fn factorial(n: u64) -> impl ::core::future::Future<Output = u64> {
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, async_to_generator, generator, put, received,
        resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// match n { 0 => 1, n => n * (yield Box::pin(factorial(n - 1))), }
    /// ```
    enum State<N, N1> {
        Start { n: N },
        /// at `Box::pin(factorial(n - 1)).await`
        Await0 { n: N1 },
        Done,
    }
    let generator = generator(
        State::Start { n },
        || |state, mut input| -> CoroutineState<_, u64> {
            match take(state, State::Done) {
                State::Start { n } => {
                    match n {
                        0 => Complete(1),
                        n => {
                            put(state, State::Await0 { n });
                            Yielded(async move { Box::pin(factorial(n - 1)).await })
                        }
                    }
                }
                State::Await0 { n } => {
                    let value = received(&mut input);
                    Complete(n * value)
                }
                State::Done => resumed_after_completion("factorial"),
            }
        },
    );
    async_to_generator(generator)
}
