use std::future::ready;
use unawait::prelude::*;
fn f(a: u32, b: u32, c: u32) -> u32 {
    a + b + c
}
fn g() -> u32 {
    1
}
#[allow(unused_mut, unused_assignments)]
pub fn operands() -> impl ::core::future::Future<Output = u32> {
    use ::unawait::machine::{
        Await2, Awaitable, Complete, CoroutineState, Yielded, async_to_generator,
        generator, put, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// f(g(), yield ready(2), g()) + (yield ready(3))
    /// ```
    enum State<T, T1> {
        Start,
        /// at `ready(2).await`
        Await0 { t: T },
        /// at `ready(3).await`
        Await1 { t_1: T1 },
        Done,
    }
    let generator = generator(
        State::Start,
        || |state, mut input| -> CoroutineState<Await2<_, _>, u32> {
            match take(state, State::Done) {
                State::Start => {
                    let t = g();
                    let awaited = ready(2).awaitable();
                    put(state, State::Await0 { t });
                    Yielded(Await2::Await0(awaited))
                }
                State::Await0 { t } => {
                    let value = Await2::await0(&mut input);
                    let t_1 = f(t, value, g());
                    let awaited = ready(3).awaitable();
                    put(state, State::Await1 { t_1 });
                    Yielded(Await2::Await1(awaited))
                }
                State::Await1 { t_1 } => {
                    let value_1 = Await2::await1(&mut input);
                    Complete(t_1 + value_1)
                }
                State::Done => resumed_after_completion("operands"),
            }
        },
    );
    async_to_generator(generator)
}
