#![allow(dead_code)]
use std::collections::HashMap;
use unawait::prelude::*;
#[derive(Default)]
pub struct Connection {
    sent: u32,
}
impl Connection {
    async fn send(&mut self, text: &str) -> Result<(), String> {
        self.sent += text.len() as u32;
        Ok(())
    }
}
pub struct Server {
    open: HashMap<u32, Connection>,
    sent: u32,
}
impl Server {
    #[allow(unused_mut, unused_assignments)]
    pub fn send(
        &mut self,
        id: u32,
        text: &str,
    ) -> impl ::core::future::Future<Output = Result<u32, String>> {
        use ::unawait::machine::{
            Complete, CoroutineState, Yielded, async_to_generator, generator, put,
            received, resumed_after_completion, take,
        };
        /// As a generator, with `yield` for `await`:
        /// ```text
        /// yield async {
        ///     if let Some(connection) = self.open.get_mut(&id) {
        ///         connection.send(text).await?;
        ///         connection.send("\n").await?;
        ///     }
        ///     self.sent += 1;
        ///     Ok(self.sent)
        /// }
        /// ```
        enum State<This, Id, Text> {
            Start { this: This, id: Id, text: Text },
            /// at `if let Some(connection) = self.open.get_mut(&id) { connec ..`
            Await0,
            Done,
        }
        let generator = generator(
            State::Start {
                this: self,
                id,
                text,
            },
            || |state, mut input| -> CoroutineState<_, Result<u32, String>> {
                match take(state, State::Done) {
                    State::Start { this, id, text } => {
                        put(state, State::Await0);
                        Yielded(async move {
                            if let Some(connection) = this.open.get_mut(&id) {
                                connection.send(text).await?;
                                connection.send("\n").await?;
                            }
                            this.sent += 1;
                            Ok(this.sent)
                        })
                    }
                    State::Await0 => Complete(received(&mut input)),
                    State::Done => resumed_after_completion("send"),
                }
            },
        );
        async_to_generator(generator)
    }
    /// Nothing needs `self` beside the connection.
    #[allow(unused_mut, unused_assignments)]
    pub fn last(&mut self, id: u32) -> impl ::core::future::Future<Output = u32> {
        use ::unawait::machine::{
            Complete, CoroutineState, Yielded, async_to_generator, generator, put,
            received, resumed_after_completion, take,
        };
        /// As a generator, with `yield` for `await`:
        /// ```text
        /// let connection = self.open.entry(id).or_default();
        /// (yield connection.send("last")).ok();
        /// connection.sent
        /// ```
        enum State<This, Id> {
            Start { this: This, id: Id },
            /// at `connection.send("last").await`
            Await0,
            Done,
        }
        let generator = generator(
            State::Start { this: self, id },
            || |state, mut input| -> CoroutineState<_, u32> {
                match take(state, State::Done) {
                    State::Start { this, id } => {
                        let connection = this.open.entry(id).or_default();
                        put(state, State::Await0);
                        Yielded(async move {
                            let output = connection.send("last").await;
                            (connection, output)
                        })
                    }
                    State::Await0 => {
                        let (connection, mut value) = received(&mut input);
                        value.ok();
                        Complete(connection.sent)
                    }
                    State::Done => resumed_after_completion("last"),
                }
            },
        );
        async_to_generator(generator)
    }
}
