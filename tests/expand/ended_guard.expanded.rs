//! A guard at the end of a loop's body ends before what it borrows goes on.
use std::sync::{Arc, Mutex};
use unawait::prelude::*;
async fn next() -> Option<u32> {
    None
}
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
fn collect(list: Arc<Mutex<Vec<u32>>>) -> impl ::core::future::Future<Output = usize> {
    use ::core::prelude::v1::drop;
    use ::unawait::machine::{
        Awaitable, Complete, CoroutineState, Yielded, async_to_generator, generator, put,
        received, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// while let Some(n) = yield next() {
    ///     let mut items = list.lock().unwrap();
    ///     if items.contains(&n) {
    ///         continue;
    ///     }
    ///     items.push(n);
    /// }
    /// let items = list.lock().unwrap();
    /// items.len()
    /// ```
    enum State<List> {
        Start { list: List },
        /// the head of `while let Some(n) = next().await`
        While0 { list: List },
        /// at `next().await`
        Await0 { list: List },
        Done,
    }
    let generator = generator(
        State::Start { list },
        || |state, mut input| -> CoroutineState<_, usize> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { list } => State::While0 { list },
                    State::While0 { list } => {
                        let awaited = next().awaitable();
                        put(state, State::Await0 { list });
                        return Yielded(awaited);
                    }
                    State::Await0 { list } => {
                        let value = received(&mut input);
                        if let Some(n) = value {
                            let mut items = list.lock().unwrap();
                            if items.contains(&n) {
                                drop(items);
                                current = State::While0 { list };
                                continue;
                            }
                            items.push(n);
                            drop(items);
                            State::While0 { list }
                        } else {
                            drop(value);
                            let items = list.lock().unwrap();
                            return Complete(items.len());
                        }
                    }
                    State::Done => resumed_after_completion("collect"),
                };
            }
        },
    );
    async_to_generator(generator)
}
