//! `while let` takes a value each time.
use unawait::prelude::*;
#[allow(unused_mut, unused_assignments)]
fn depth_first(root: u32) -> impl Iterator<Item = u32> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Root, Stack, N> {
        Start { root: Root },
        /// the head of `while let Some(n) = stack.pop()`
        While0 { stack: Stack },
        /// at `yield_!(n)`
        Yield0 { n: N, stack: Stack },
        Done,
    }
    machine(
        State::Start { root },
        || |state, _| -> CoroutineState<u32, ()> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { root } => {
                        let mut stack = vec![root];
                        State::While0 { stack }
                    }
                    State::While0 { mut stack } => {
                        if let Some(n) = stack.pop() {
                            put(state, State::Yield0 { stack, n });
                            return Yielded(n);
                        }
                        return Complete(());
                    }
                    State::Yield0 { mut stack, n } => {
                        if n > 1 {
                            stack.push(n / 2);
                            stack.push(n / 3);
                        }
                        State::While0 { stack }
                    }
                    State::Done => return Complete(()),
                };
            }
        },
    )
}
