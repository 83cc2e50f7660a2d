use unawait::prelude::*;
async fn fetch(n: u32) -> Result<String, std::num::ParseIntError> {
    Ok(n.to_string())
}
#[allow(unused_mut, unused_assignments)]
pub fn sum(
    upto: u32,
) -> impl ::core::future::Future<Output = Result<u32, std::num::ParseIntError>> {
    use ::core::prelude::v1::{Iterator, None, Some};
    use ::unawait::machine::{
        Awaitable, Complete, CoroutineState, Yielded, async_to_generator, generator, put,
        received, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let mut sum = 0;
    /// for n in 0..upto {
    ///     let text = (yield fetch(n))?;
    ///     sum += text.parse::<u32>()?;
    /// }
    /// Ok(sum)
    /// ```
    enum State<Upto, Sum, Iter> {
        Start { upto: Upto },
        /// the head of `for n in 0..upto`
        For0 { iter: Iter, sum: Sum },
        /// at `fetch(n).await`
        Await0 { iter: Iter, sum: Sum },
        Done,
    }
    let generator = generator(
        State::Start { upto },
        || |state, mut input| -> Result<CoroutineState<_, u32>, std::num::ParseIntError> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { upto } => {
                        let mut sum = 0;
                        let iter = 0..upto;
                        State::For0 { sum, iter }
                    }
                    State::For0 { sum, mut iter } => {
                        match Iterator::next(&mut iter) {
                            Some(n) => {
                                let awaited = fetch(n).awaitable();
                                put(state, State::Await0 { sum, iter });
                                return Ok(Yielded(awaited));
                            }
                            None => return Ok(Complete(sum)),
                        }
                    }
                    State::Await0 { mut sum, iter } => {
                        let text = received(&mut input)?;
                        sum += text.parse::<u32>()?;
                        State::For0 { sum, iter }
                    }
                    State::Done => resumed_after_completion("sum"),
                };
            }
        },
    );
    async_to_generator(generator)
}
async fn sent(n: u32) -> Result<(), String> {
    if n > 7 { Err(n.to_string()) } else { Ok(()) }
}
#[allow(unused_mut, unused_assignments)]
fn both(n: u32) -> impl ::core::future::Future<Output = Result<(), String>> {
    use ::core::prelude::v1::Ok;
    use ::unawait::machine::{
        Await2, Awaitable, Complete, CoroutineState, Yielded, async_to_generator,
        generator, put, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// (yield sent(n))?;
    /// yield sent(n + 1)
    /// ```
    enum State<N> {
        Start { n: N },
        /// at `sent(n).await`
        Await0 { n: N },
        /// at `sent(n + 1).await`
        Await1,
        Done,
    }
    let generator = generator(
        State::Start { n },
        || |state, mut input| -> Result<CoroutineState<Await2<_, _>, ()>, String> {
            match take(state, State::Done) {
                State::Start { n } => {
                    let awaited = sent(n).awaitable();
                    put(state, State::Await0 { n });
                    Ok(Yielded(Await2::Await0(awaited)))
                }
                State::Await0 { n } => {
                    Await2::await0(&mut input)?;
                    let awaited = sent(n + 1).awaitable();
                    put(state, State::Await1);
                    Ok(Yielded(Await2::Await1(awaited)))
                }
                State::Await1 => Await2::await1(&mut input).map(Complete),
                State::Done => resumed_after_completion("both"),
            }
        },
    );
    async_to_generator(generator)
}
