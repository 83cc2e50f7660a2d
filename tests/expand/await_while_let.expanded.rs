use unawait::prelude::*;
pub struct Queue(Vec<String>);
impl Queue {
    async fn next(&mut self) -> Option<String> {
        self.0.pop()
    }
}
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
pub fn drain(queue: Queue) -> impl ::core::future::Future<Output = usize> {
    use ::core::prelude::v1::drop;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, async_to_generator, generator, put, received,
        resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let mut length = 0;
    /// while let Some(word) = yield queue.next() {
    ///     length += word.len();
    /// }
    /// length
    /// ```
    enum State<Queue, Length> {
        Start { queue: Queue },
        /// the head of `while let Some(word) = queue.next().await`
        While0 { length: Length, queue: Queue },
        /// at `queue.next().await`
        Await0 { length: Length },
        Done,
    }
    let generator = generator(
        State::Start { queue },
        || |state, mut input| -> CoroutineState<_, usize> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { queue } => {
                        let mut length = 0;
                        State::While0 { queue, length }
                    }
                    State::While0 { mut queue, length } => {
                        put(state, State::Await0 { length });
                        return Yielded(async move {
                            let output = queue.next().await;
                            (queue, output)
                        });
                    }
                    State::Await0 { mut length } => {
                        let (queue, value) = received(&mut input);
                        if let Some(word) = value {
                            length += word.len();
                            State::While0 { queue, length }
                        } else {
                            drop(value);
                            return Complete(length);
                        }
                    }
                    State::Done => resumed_after_completion("drain"),
                };
            }
        },
    );
    async_to_generator(generator)
}
