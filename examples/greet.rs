//! One async function, and what it is made of. `.await` is `yield` under another name, and what is yielded is awaited:
//!
//! 1. an `async fn`, as everybody writes it;
//! 2. a generator of promises, and `async_to_generator`, which awaits each and resumes with what it gives;
//! 3. the machine that `#[coro]` makes of both, by hand;
//! 4. a function that returns a promise, as JavaScript's `async` functions do;
//! 5. the same with callbacks, as before there was `await`.
//!
//! Each greets twice: once the greeting is there, and once it is not.
//!
//! ```text
//! cargo run --example greet
//! cargo run --example expand -- examples/greet.rs    # what the macro writes, beside the third
//! ```

mod support;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use unawait::event_loop::run;
use unawait::prelude::*;
use unawait::promise::{Promise, Reason};

mod async_function {
    use super::{Promise, Reason};
    use unawait::prelude::*;

    #[coro]
    pub async fn greet(greeting: Promise<&'static str>) -> Result<String, Reason> {
        let result = greeting.await?;
        Ok(format!("{result} World"))
    }
}

mod generator_of_promises {
    use super::{Promise, Reason};
    use unawait::async_to_generator;
    use unawait::prelude::*;

    type Settled = Result<&'static str, Reason>;

    /// A rejection is thrown into it: the value of `yield_!` is an `Err`.
    #[coro]
    fn greeter(
        greeting: Promise<&'static str>,
    ) -> impl Coroutine<Settled, Yield = Promise<&'static str>, Return = Result<String, Reason>> {
        let result = yield_!(greeting)?;
        Ok(format!("{result} World"))
    }

    pub fn greet(greeting: Promise<&'static str>) -> impl Future<Output = Result<String, Reason>> {
        async_to_generator(greeter(greeting))
    }
}

mod by_hand {
    use super::{Promise, Reason};
    use unawait::machine::{
        Complete, CoroutineState, Yielded, async_to_generator, generator, put, received, resumed_after_completion, take,
    };

    pub fn greet(greeting: Promise<&'static str>) -> impl Future<Output = Result<String, Reason>> {
        enum State<G> {
            Start {
                greeting: G,
            },
            /// Waits for the greeting.
            Await0,
            Done,
        }
        async_to_generator(generator(State::Start { greeting }, || {
            |state, mut input| -> Result<CoroutineState<_, String>, Reason> {
                match take(state, State::Done) {
                    State::Start { greeting } => {
                        put(state, State::Await0);
                        Ok(Yielded(greeting))
                    }
                    State::Await0 => {
                        let result = received(&mut input)?;
                        Ok(Complete(format!("{result} World")))
                    }
                    State::Done => resumed_after_completion("greet"),
                }
            }
        }))
    }
}

mod promise {
    use super::{Promise, async_function};
    use unawait::task::spawn;

    /// Runs on by itself, as a JavaScript function does, and settles the promise that it gave at once.
    pub fn greet(greeting: Promise<&'static str>) -> Promise<String> {
        Promise::new(|resolver| {
            spawn(async move { resolver.settle(async_function::greet(greeting).await) }).detach();
        })
    }
}

mod callbacks {
    use super::Promise;

    pub fn greet(greeting: Promise<&'static str>) -> Promise<String> {
        greeting.then(|result| Ok(format!("{result} World")))
    }
}

fn resolved() -> Promise<&'static str> {
    Promise::resolve("Hello")
}

fn rejected() -> Promise<&'static str> {
    Promise::reject("nobody is there")
}

/// JavaScript's `try { return await greeting; } catch (reason) { .. }`.
#[coro]
async fn caught(greeting: impl Future<Output = Result<String, Reason>>) -> String {
    match greeting.await {
        Ok(greeting) => greeting,
        Err(reason) => format!("caught: {reason}"),
    }
}

/// Greets twice.
#[coro]
async fn twice<F: Future<Output = Result<String, Reason>>>(greet: fn(Promise<&'static str>) -> F) -> [String; 2] {
    let greeting = caught(greet(resolved())).await;
    let complaint = caught(greet(rejected())).await;
    [greeting, complaint]
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
    let ways = [
        run(twice(async_function::greet))?,
        run(twice(generator_of_promises::greet))?,
        run(twice(by_hand::greet))?,
        run(twice(promise::greet))?,
        run(twice(callbacks::greet))?,
    ];
    for [greeting, complaint] in ways {
        writeln!(out, "{greeting}; {complaint}")?;
    }
    Ok(())
}
