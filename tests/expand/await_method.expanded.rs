use std::future::ready;
use unawait::prelude::*;
pub struct Counter {
    step: u32,
    total: u32,
}
impl Counter {
    async fn add(&mut self, n: u32) -> u32 {
        self.total += ready(n).await;
        self.total
    }
    #[allow(unused_mut, unused_assignments)]
    pub fn count(&mut self, times: u32) -> impl ::core::future::Future<Output = u32> {
        use ::core::prelude::v1::{Iterator, None, Some};
        use ::unawait::machine::{
            Complete, CoroutineState, Yielded, async_to_generator, generator, put,
            received, resumed_after_completion, take,
        };
        /// As a generator, with `yield` for `await`:
        /// ```text
        /// for _ in 0..times {
        ///     yield self.add(self.step);
        /// }
        /// self.total
        /// ```
        enum State<This, Times, Iter> {
            Start { this: This, times: Times },
            /// the head of `for _ in 0..times`
            For0 { iter: Iter, this: This },
            /// at `self.add(self.step).await`
            Await0 { iter: Iter },
            AfterFor0 { this: This },
            Done,
        }
        let generator = generator(
            State::Start { this: self, times },
            || |state, mut input| -> CoroutineState<_, u32> {
                let mut current = take(state, State::Done);
                loop {
                    current = match current {
                        State::Start { this, times } => {
                            let iter = 0..times;
                            State::For0 { this, iter }
                        }
                        State::For0 { this, mut iter } => {
                            match Iterator::next(&mut iter) {
                                Some(_) => {
                                    put(state, State::Await0 { iter });
                                    return Yielded(async move {
                                        this.add(this.step).await;
                                        this
                                    });
                                }
                                None => State::AfterFor0 { this },
                            }
                        }
                        State::Await0 { iter } => {
                            let this = received(&mut input);
                            State::For0 { this, iter }
                        }
                        State::AfterFor0 { this } => return Complete(this.total),
                        State::Done => resumed_after_completion("count"),
                    };
                }
            },
        );
        async_to_generator(generator)
    }
}
