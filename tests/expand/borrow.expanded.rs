//! A borrow of a local is made again after each suspension.
use unawait::prelude::*;
struct User {
    name: String,
    mails: Vec<String>,
}
fn report(user: User) -> impl Iterator<Item = String> {
    use ::unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
    enum State<User> {
        Start { user: User },
        /// at `yield_!(format!("{name}:"))`
        Yield0 { user: User },
        /// at `yield_!(format!("{name} has {count} mails"))`
        Yield1 { user: User },
        Done,
    }
    machine(
        State::Start { user },
        || |state, _| -> CoroutineState<String, ()> {
            match take(state, State::Done) {
                State::Start { user } => {
                    let name = &user.name;
                    let value: String = format!("{name}:");
                    put(state, State::Yield0 { user });
                    Yielded(value)
                }
                State::Yield0 { user } => {
                    let name = &user.name;
                    let count = user.mails.len();
                    let value: String = format!("{name} has {count} mails");
                    put(state, State::Yield1 { user });
                    Yielded(value)
                }
                State::Yield1 { user: _user } => Complete(()),
                State::Done => Complete(()),
            }
        },
    )
}
