use unawait::prelude::*;
pub trait Socket {
    fn write(&mut self, bytes: &[u8]) -> impl Future<Output = Result<(), String>>;
}
#[allow(unused_mut, unused_assignments)]
pub fn greet(
    socket: impl Socket,
    name: &str,
) -> impl ::core::future::Future<Output = ()> {
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, async_to_generator, generator, put, received,
        resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let greeting = format!("Hello, {name}!");
    /// let _ = yield socket.write(greeting.as_bytes());
    /// ```
    enum State<Socket, Name> {
        Start { socket: Socket, name: Name },
        /// at `socket.write(greeting.as_bytes()).await`
        Await0,
        Done,
    }
    let generator = generator(
        State::Start { socket, name },
        || |state, mut input| -> CoroutineState<_, ()> {
            match take(state, State::Done) {
                State::Start { mut socket, name } => {
                    let greeting = format!("Hello, {name}!");
                    put(state, State::Await0);
                    Yielded(async move {
                        let _ = socket.write(greeting.as_bytes()).await;
                    })
                }
                State::Await0 => {
                    received(&mut input);
                    Complete(())
                }
                State::Done => resumed_after_completion("greet"),
            }
        },
    );
    async_to_generator(generator)
}
