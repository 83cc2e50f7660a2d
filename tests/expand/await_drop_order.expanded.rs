use std::future::ready;
use unawait::prelude::*;
pub struct Connection(pub String);
impl Connection {
    async fn ping(&mut self, text: &str) -> usize {
        self.0.push_str(text);
        ready(self.0.len()).await
    }
}
#[allow(unused_mut, unused_assignments)]
pub fn both(
    first: Connection,
    second: Connection,
) -> impl ::core::future::Future<Output = usize> {
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, async_to_generator, generator, put, received,
        resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let n = yield first.ping(&second.0);
    /// n + second.0.len()
    /// ```
    enum State<First, Second> {
        Start { first: First, second: Second },
        /// at `first.ping(&second.0).await`
        Await0,
        Done,
    }
    let generator = generator(
        State::Start { first, second },
        || |state, mut input| -> CoroutineState<_, usize> {
            match take(state, State::Done) {
                State::Start { mut first, second } => {
                    put(state, State::Await0);
                    Yielded(async move {
                        let _ = (&second, &first);
                        let output = first.ping(&second.0).await;
                        (first, second, output)
                    })
                }
                State::Await0 => {
                    let (_first, second, n) = received(&mut input);
                    Complete(n + second.0.len())
                }
                State::Done => resumed_after_completion("both"),
            }
        },
    );
    async_to_generator(generator)
}
