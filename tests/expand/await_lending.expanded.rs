use unawait::prelude::*;
pub trait Socket {
    fn read(&mut self, buffer: &mut [u8]) -> impl Future<Output = Result<usize, String>>;
    fn write(&mut self, bytes: &[u8]) -> impl Future<Output = Result<(), String>>;
}
#[allow(unused_mut, unused_assignments)]
pub fn echo(
    socket: impl Socket,
) -> impl ::core::future::Future<Output = Result<(), String>> {
    use ::unawait::machine::{
        Await2, Complete, CoroutineState, Yielded, async_to_generator, generator, put,
        resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let mut buffer = [0; 1024];
    /// loop {
    ///     let n = (yield socket.read(&mut buffer))?;
    ///     if n == 0 {
    ///         return Ok(());
    ///     }
    ///     (yield socket.write(&buffer[..n]))?;
    /// }
    /// ```
    enum State<Socket, Buffer> {
        Start { socket: Socket, buffer: Buffer },
        /// the head of `loop`
        Loop0 { buffer: Buffer, socket: Socket },
        /// at `socket.read(&mut buffer).await`
        Await0,
        /// at `socket.write(&buffer[..n]).await`
        Await1,
        Done,
    }
    async move {
        let mut buffer = [0; 1024];
        let generator = generator(
            State::Start {
                socket,
                buffer: &mut buffer,
            },
            || |state, mut input| -> Result<CoroutineState<Await2<_, _>, ()>, String> {
                let mut current = take(state, State::Done);
                loop {
                    current = match current {
                        State::Start { socket, buffer } => {
                            State::Loop0 { socket, buffer }
                        }
                        State::Loop0 { mut socket, buffer } => {
                            let awaited = async move {
                                let output = socket.read(&mut *buffer).await;
                                (socket, buffer, output)
                            };
                            put(state, State::Await0);
                            return Ok(Yielded(Await2::Await0(awaited)));
                        }
                        State::Await0 => {
                            let (mut socket, buffer, value) = Await2::await0(&mut input);
                            let n = value?;
                            if n == 0 {
                                return Ok(Complete(()));
                            }
                            let awaited = async move {
                                let output = socket.write(&buffer[..n]).await;
                                (socket, buffer, output)
                            };
                            put(state, State::Await1);
                            return Ok(Yielded(Await2::Await1(awaited)));
                        }
                        State::Await1 => {
                            let (socket, buffer, value) = Await2::await1(&mut input);
                            value?;
                            State::Loop0 { socket, buffer }
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
