//! The event loop without a single coroutine: callbacks that are called soon, later, or never, and a future that one of them
//! settles. What asyncio writes `loop.call_later(2, future.set_result, "result")`.
//!
//! ```text
//! cargo run --example callbacks    # on virtual time
//! ```

#[path = "support/say.rs"]
mod say;
mod support;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use say::say_when;
use unawait::event_loop::{EventLoop, RunError};
use unawait::promise::{BrokenPromise, Promise, queue_microtask};

/// Calls itself again each second, until there were three.
fn tick(event_loop: EventLoop, number: u32) {
    say_when(format_args!("tick {number}"));
    if number < 3 {
        let again = event_loop.clone();
        event_loop.call_later(Duration::from_secs(1), move || tick(again, number + 1));
    }
}

fn play(event_loop: &EventLoop) -> Result<Result<&'static str, BrokenPromise>, RunError> {
    let (future, resolver) = Promise::with_resolvers();

    // In the order in which they are given; a microtask goes before the next callback.
    event_loop.call_soon(|| {
        queue_microtask(|| say_when("microtask of the first callback"));
        say_when("first callback");
    });
    event_loop.call_soon(|| say_when("second callback"));

    let clock = event_loop.clone();
    event_loop.call_later(Duration::from_secs(1), move || tick(clock, 1));

    let never = event_loop.call_later(Duration::from_secs(2), || say_when("never"));
    event_loop.call_soon(move || {
        let cancelled = never.cancel();
        say_when(format_args!("cancelled: {cancelled}"));
    });

    event_loop.call_later(Duration::from_secs(5), move || _ = resolver.resolve("the result"));
    let future = future.then(|result| {
        say_when("the future is settled");
        Ok(result)
    });
    event_loop.run_until_complete(future)
}

fn main() -> ExitCode {
    support::main("callbacks", nothing, print)
}

fn nothing(words: &[String]) -> Result<(), String> {
    match words {
        [] => Ok(()),
        [word, ..] => Err(format!("what is `{word}`? nothing is asked for")),
    }
}

fn print((): (), out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let result = play(&EventLoop::with_virtual_time())??;
    writeln!(out, "{result}")?;
    Ok(())
}
