//! Guards that a `break` leaves: each drops at the end of a block, behind which the job queue goes on.
use std::cell::RefCell;
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
pub fn batches(jobs: RefCell<Vec<u32>>, size: u32) -> impl Iterator<Item = u32> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Jobs, Size, Sum, Last> {
        Start { jobs: Jobs, size: Size },
        /// at `yield_!(sum)`
        Yield0 { sum: Sum, size: Size, jobs: Jobs },
        AfterLoop0 { last: Last, jobs: Jobs },
        /// at `yield_!(last)`
        Yield1 { jobs: Jobs },
        Done,
    }
    machine(
        State::Start { jobs, size },
        || |state, _| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            'machine_loop: loop {
                current = match current {
                    State::Start { jobs, size } => {
                        let mut sum = 0;
                        State::Yield0 { jobs, size, sum }
                    }
                    State::Yield0 { jobs, size, mut sum } => {
                        let last = 'after_loop0: {
                            'yield0: {
                                match jobs.borrow_mut().pop() {
                                    Some(0) => break 'yield0,
                                    Some(job) if job > size => break 'after_loop0 job,
                                    Some(job) => sum += job,
                                    None => return Complete(()),
                                }
                                put(state, State::Yield0 { jobs, size, sum });
                                return Yielded(sum);
                            }
                            current = State::Yield0 { jobs, size, sum };
                            continue 'machine_loop;
                        };
                        State::AfterLoop0 { jobs, last }
                    }
                    State::AfterLoop0 { jobs, last } => {
                        put(state, State::Yield1 { jobs });
                        return Yielded(last);
                    }
                    State::Yield1 { jobs: _jobs } => return Complete(()),
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
