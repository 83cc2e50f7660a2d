//! A guard lives to the end of its scope, though nothing mentions it.
use unawait::prelude::*;
struct Indent<'a>(&'a std::cell::Cell<usize>);
impl Drop for Indent<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}
#[allow(
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop,
    clippy::used_underscore_binding
)]
fn section(level: &std::cell::Cell<usize>) -> impl Iterator<Item = usize> {
    use ::core::prelude::v1::drop;
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<Level, Indent> {
        Start { level: Level },
        /// at `yield_!(level.get())`
        Yield0 { _indent: Indent, level: Level },
        /// at `yield_!(level.get() + 10)`
        Yield1 { _indent: Indent, level: Level },
        Done,
    }
    machine(
        State::Start { level },
        || |state, _| -> CoroutineState<usize, ()> {
            match take(state, State::Done) {
                State::Start { level } => {
                    level.set(level.get() + 1);
                    let _indent = Indent(level);
                    let value: usize = level.get();
                    put(state, State::Yield0 { level, _indent });
                    Yielded(value)
                }
                State::Yield0 { level, _indent } => {
                    let value: usize = level.get() + 10;
                    put(state, State::Yield1 { level, _indent });
                    Yielded(value)
                }
                State::Yield1 { level, _indent } => {
                    drop(_indent);
                    Yielded(level.get())
                }
                State::Done => Complete(()),
            }
        },
    )
}
