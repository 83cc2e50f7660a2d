use unawait::prelude::*;
macro_rules! join {
    ($a:expr, $b:expr) => {
        ($a . await, $b . await)
    };
}
async fn length(text: &str) -> usize {
    text.len()
}
#[allow(unused_mut, unused_assignments)]
pub fn lengths(
    first: String,
    second: String,
) -> impl ::core::future::Future<Output = usize> {
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, async_to_generator, generator, put, received,
        resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let (a, b) = yield join!(length(&first), length(&second));
    /// a + b + first.len()
    /// ```
    enum State<First, Second> {
        Start { first: First, second: Second },
        /// at `join!(length(&first), length(&second))`
        Await0,
        Done,
    }
    let generator = generator(
        State::Start { first, second },
        || |state, mut input| -> CoroutineState<_, usize> {
            match take(state, State::Done) {
                State::Start { first, second } => {
                    put(state, State::Await0);
                    Yielded(async move {
                        let output = join!(length(& first), length(& second));
                        (first, second, output)
                    })
                }
                State::Await0 => {
                    let (first, _second, (a, b)) = received(&mut input);
                    Complete(a + b + first.len())
                }
                State::Done => resumed_after_completion("lengths"),
            }
        },
    );
    async_to_generator(generator)
}
