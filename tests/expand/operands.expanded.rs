//! Suspensions in the middle of expressions.
use unawait::prelude::*;
fn price(item: &str) -> u32 {
    item.len() as u32
}
#[allow(unused_mut, unused_assignments)]
fn till(rate: u32) -> impl Coroutine<u32, Yield = &'static str, Return = u32> {
    use ::core::prelude::v1::Option;
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Rate, T, T1, T2, Sum, Paid> {
        Start { rate: Rate },
        /// at `yield_!("how many teas?")`
        Yield0 { t: T, rate: Rate },
        /// at `yield_!("how many cakes?")`
        Yield1 { t_2: T2, t_1: T1, rate: Rate },
        /// at `yield_!("pay")`
        Yield2 { paid: Paid, sum: Sum, rate: Rate },
        /// at `yield_!("tip")`
        Yield3 { paid: Paid, sum: Sum, rate: Rate },
        Done,
    }
    machine(
        State::Start { rate },
        || |state, mut input: Option<u32>| -> CoroutineState<&'static str, u32> {
            match take(state, State::Done) {
                State::Start { rate } => {
                    let t = price("tea");
                    put(state, State::Yield0 { rate, t });
                    Yielded("how many teas?")
                }
                State::Yield0 { rate, t } => {
                    let t_1 = t * received(&mut input);
                    let t_2 = price("cake");
                    put(state, State::Yield1 { rate, t_1, t_2 });
                    Yielded("how many cakes?")
                }
                State::Yield1 { rate, t_1, t_2 } => {
                    let sum = t_1 + t_2 * received(&mut input);
                    let mut paid = Vec::new();
                    put(state, State::Yield2 { rate, sum, paid });
                    Yielded("pay")
                }
                State::Yield2 { rate, sum, mut paid } => {
                    paid.push(received(&mut input));
                    put(state, State::Yield3 { rate, sum, paid });
                    Yielded("tip")
                }
                State::Yield3 { rate, sum, mut paid } => {
                    paid.push(received(&mut input) + paid[0]);
                    Complete((sum * rate).min(paid[1]))
                }
                State::Done => resumed_after_completion("till"),
            }
        },
    )
}
