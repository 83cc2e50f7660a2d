//! One async function, three ways. `.await` is `yield` under another name, and what is yielded is awaited:
//!
//! 1. an `async fn`, as everybody writes it;
//! 2. a generator of promises, and `async_to_generator`, which awaits each and resumes with what it gives;
//! 3. the machine that `#[coro]` makes of both, by hand.
//!
//! ```text
//! cargo run --example greet
//! cargo run --example expand -- examples/greet.rs    # what the macro writes, beside the third
//! ```

mod support;

use std::error::Error;
use std::future::{Ready, ready};
use std::io::Write;
use std::pin::Pin;
use std::process::ExitCode;
use std::task::{Context, Poll};

/// As small as a promise can be: it is kept from the start.
struct Promise<T>(Ready<T>);

impl<T> Promise<T> {
    fn resolve(value: T) -> Self {
        Promise(ready(value))
    }
}

impl<T> Future for Promise<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        Pin::new(&mut self.0).poll(context)
    }
}

mod async_function {
    use super::Promise;
    use unawait::prelude::*;

    #[coro]
    pub async fn greet() -> String {
        let result = Promise::resolve("Hello").await;
        format!("{result} World")
    }
}

mod generator_of_promises {
    use super::Promise;
    use unawait::async_to_generator;
    use unawait::prelude::*;

    #[coro]
    fn greeting() -> impl Coroutine<&'static str, Yield = Promise<&'static str>, Return = String> {
        let result = yield_!(Promise::resolve("Hello"));
        format!("{result} World")
    }

    pub fn greet() -> impl Future<Output = String> {
        async_to_generator(greeting())
    }
}

mod by_hand {
    use super::Promise;
    use unawait::machine::{
        Complete, CoroutineState, Yielded, async_to_generator, generator, put, received, resumed_after_completion, take,
    };

    pub fn greet() -> impl Future<Output = String> {
        enum State {
            Start,
            /// Waits for the promise.
            Await0,
            Done,
        }
        async_to_generator(generator(State::Start, || {
            |state, mut input| -> CoroutineState<_, String> {
                match take(state, State::Done) {
                    State::Start => {
                        put(state, State::Await0);
                        Yielded(Promise::resolve("Hello"))
                    }
                    State::Await0 => {
                        let result = received(&mut input);
                        Complete(format!("{result} World"))
                    }
                    State::Done => resumed_after_completion("greet"),
                }
            }
        }))
    }
}

fn main() -> ExitCode {
    support::main("greet", nothing, print)
}

fn nothing(words: &[String]) -> Result<(), String> {
    match words {
        [] => Ok(()),
        [word, ..] => Err(format!("what is `{word}`? nothing is asked for")),
    }
}

fn print((): (), out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    writeln!(out, "{}", pollster::block_on(async_function::greet()))?;
    writeln!(out, "{}", pollster::block_on(generator_of_promises::greet()))?;
    writeln!(out, "{}", pollster::block_on(by_hand::greet()))?;
    Ok(())
}
