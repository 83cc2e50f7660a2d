#![allow(dead_code)]
use unawait::prelude::*;
async fn send(word: &str) -> usize {
    word.len()
}
#[allow(unused_mut, unused_assignments)]
pub fn send_words(text: &str) -> impl ::core::future::Future<Output = usize> {
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, async_to_generator, generator, put, received,
        resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let lower = text.to_lowercase();
    /// yield async {
    ///     let words = lower.split(' ').collect::<Vec<_>>();
    ///     let mut sent = 0;
    ///     for word in &words {
    ///         sent += send(word).await;
    ///     }
    ///     sent
    /// }
    /// ```
    enum State<Text> {
        Start { text: Text },
        /// at `let words = lower.split(' ').collect::<Vec<_>>(); let mut ..`
        Await0,
        Done,
    }
    let generator = generator(
        State::Start { text },
        || |state, mut input| -> CoroutineState<_, usize> {
            match take(state, State::Done) {
                State::Start { text } => {
                    let lower = text.to_lowercase();
                    put(state, State::Await0);
                    Yielded(async move {
                        let words = lower.split(' ').collect::<Vec<_>>();
                        let mut sent = 0;
                        for word in &words {
                            sent += send(word).await;
                        }
                        sent
                    })
                }
                State::Await0 => Complete(received(&mut input)),
                State::Done => resumed_after_completion("send_words"),
            }
        },
    );
    async_to_generator(generator)
}
