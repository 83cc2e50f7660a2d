#![allow(dead_code)]
use unawait::prelude::*;
struct Connection;
impl Connection {
    async fn read(&mut self, buffer: &mut [u8]) -> usize {
        buffer.len()
    }
    async fn write(&mut self, _: &[u8]) {}
}
#[allow(unused_mut, unused_assignments)]
fn echo(connection: Connection) -> impl ::core::future::Future<Output = ()> {
    use ::unawait::machine::{
        Await2, Complete, CoroutineState, Yielded, async_to_generator, generator, put,
        resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let mut buffer = [0; 4096];
    /// loop {
    ///     let n = yield connection.read(&mut buffer);
    ///     if n == 0 {
    ///         break;
    ///     }
    ///     yield connection.write(&buffer[..n]);
    /// }
    /// ```
    enum State<Connection, Buffer> {
        Start { connection: Connection, buffer: Buffer },
        /// the head of `loop`
        Loop0 { buffer: Buffer, connection: Connection },
        /// at `connection.read(&mut buffer).await`
        Await0,
        /// at `connection.write(&buffer[..n]).await`
        Await1,
        Done,
    }
    async move {
        let mut buffer = [0; 4096];
        let generator = generator(
            State::Start {
                connection,
                buffer: &mut buffer,
            },
            || |state, mut input| -> CoroutineState<Await2<_, _>, ()> {
                let mut current = take(state, State::Done);
                loop {
                    current = match current {
                        State::Start { connection, buffer } => {
                            State::Loop0 { connection, buffer }
                        }
                        State::Loop0 { mut connection, buffer } => {
                            let awaited = async move {
                                let output = connection.read(&mut *buffer).await;
                                (connection, buffer, output)
                            };
                            put(state, State::Await0);
                            return Yielded(Await2::Await0(awaited));
                        }
                        State::Await0 => {
                            let (mut connection, buffer, n) = Await2::await0(&mut input);
                            if n == 0 {
                                return Complete(());
                            }
                            let awaited = async move {
                                connection.write(&buffer[..n]).await;
                                (connection, buffer)
                            };
                            put(state, State::Await1);
                            return Yielded(Await2::Await1(awaited));
                        }
                        State::Await1 => {
                            let (connection, buffer) = Await2::await1(&mut input);
                            State::Loop0 { connection, buffer }
                        }
                        State::Done => resumed_after_completion("echo"),
                    };
                }
            },
        );
        let future = async_to_generator(generator);
        future.await
    }
}
