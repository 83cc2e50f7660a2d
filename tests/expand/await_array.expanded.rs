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
        Await2, Complete, CoroutineState, Some, Yielded, async_to_generator, generator,
        put, resumed_after_completion, take, unexpected_input,
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
        let future = async_to_generator(
            generator(
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
                                put(state, State::Await0);
                                return Yielded(
                                    Await2::Await0(async move {
                                        let output = connection.read(&mut *buffer).await;
                                        (connection, buffer, output)
                                    }),
                                );
                            }
                            State::Await0 => {
                                let Some(Await2::Await0((mut connection, buffer, n))) = input
                                    .take() else { unexpected_input() };
                                if n == 0 {
                                    return Complete(());
                                }
                                put(state, State::Await1);
                                return Yielded(
                                    Await2::Await1(async move {
                                        connection.write(&buffer[..n]).await;
                                        (connection, buffer)
                                    }),
                                );
                            }
                            State::Await1 => {
                                let Some(Await2::Await1((connection, buffer))) = input
                                    .take() else { unexpected_input() };
                                State::Loop0 { connection, buffer }
                            }
                            State::Done => resumed_after_completion("echo"),
                        };
                    }
                },
            ),
        );
        future.await
    }
}
