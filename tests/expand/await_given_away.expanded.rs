use unawait::prelude::*;
pub struct Job;
impl Job {
    pub async fn run(self) {}
}
pub trait Queue {
    fn next(&mut self) -> impl Future<Output = Option<Job>>;
    fn close(self) -> impl Future<Output = Result<(), String>>;
}
#[allow(unused_mut, unused_assignments, clippy::used_underscore_binding)]
pub fn serve(
    queue: impl Queue,
) -> impl ::core::future::Future<Output = Result<(), String>> {
    use ::unawait::machine::{
        Await3, Complete, CoroutineState, Yielded, async_to_generator, generator, put,
        resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// while let Some(job) = yield queue.next() {
    ///     yield job.run();
    /// }
    /// let _open = String::from("open");
    /// yield queue.close()
    /// ```
    enum State<Queue, Open> {
        Start { queue: Queue },
        /// the head of `while let Some(job) = queue.next().await`
        While0 { queue: Queue },
        /// at `queue.next().await`
        Await0,
        /// at `job.run().await`
        Await1 { queue: Queue },
        AfterWhile0 { queue: Queue },
        /// at `queue.close().await`
        Await2 { _open: Open },
        Done,
    }
    let generator = generator(
        State::Start { queue },
        || |state, mut input| -> CoroutineState<Await3<_, _, _>, Result<(), String>> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { queue } => State::While0 { queue },
                    State::While0 { mut queue } => {
                        let awaited = async move {
                            let output = queue.next().await;
                            (queue, output)
                        };
                        put(state, State::Await0);
                        return Yielded(Await3::Await0(awaited));
                    }
                    State::Await0 => {
                        let (queue, value) = Await3::await0(&mut input);
                        if let Some(job) = value {
                            let awaited = async move {
                                job.run().await;
                            };
                            put(state, State::Await1 { queue });
                            return Yielded(Await3::Await1(awaited));
                        }
                        State::AfterWhile0 { queue }
                    }
                    State::Await1 { queue } => {
                        Await3::await1(&mut input);
                        State::While0 { queue }
                    }
                    State::AfterWhile0 { mut queue } => {
                        let _open = String::from("open");
                        let awaited = async move { queue.close().await };
                        put(state, State::Await2 { _open });
                        return Yielded(Await3::Await2(awaited));
                    }
                    State::Await2 { _open } => {
                        return Complete(Await3::await2(&mut input));
                    }
                    State::Done => resumed_after_completion("serve"),
                };
            }
        },
    );
    async_to_generator(generator)
}
