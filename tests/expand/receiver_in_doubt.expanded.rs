//! A method that might take its receiver before its argument suspends.
use unawait::prelude::*;
struct Guard;
impl Drop for Guard {
    fn drop(&mut self) {}
}
struct Job(Vec<u32>);
impl Job {
    fn add(&mut self, n: u32) -> usize {
        self.0.push(n);
        self.0.len()
    }
}
#[allow(unused_mut, unused_assignments, clippy::used_underscore_binding)]
fn add(job: Job) -> impl Coroutine<u32, Yield = u32, Return = usize> {
    use ::core::prelude::v1::Option;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Job, Guard> {
        Start { job: Job },
        /// at `yield_!(1)`
        Yield0 { _guard: Guard, job: Job },
        Done,
    }
    machine(
        State::Start { job },
        || |state, mut input: Option<u32>| -> CoroutineState<u32, usize> {
            match take(state, State::Done) {
                State::Start { job } => {
                    let _guard = Guard;
                    put(state, State::Yield0 { job, _guard });
                    Yielded(1)
                }
                State::Yield0 { mut job, _guard } => {
                    let value = job.add(received(&mut input));
                    let _ = &job;
                    Complete(value)
                }
                State::Done => resumed_after_completion("add"),
            }
        },
    )
}
fn main() {
    let mut adding = add(Job(Vec::new()));
    adding.start();
    assert_eq!(adding.resume(3), CoroutineState::Complete(1));
}
