//! An async generator, an async loop that consumes it, and an async resource around both: it is acquired, used, and released,
//! and each of these takes time.
//!
//! Rust has no `async` drop: what is dropped, because it was cancelled, cannot await anything any more. So the pattern has two
//! halves. `with_connection` awaits the release wherever its body ended by itself, with a value or with an error: that is
//! Python's `async with`. And a guard does the rest: if the body was cancelled or has panicked, its `Drop` spawns the release
//! as a task of its own, so it happens, but nobody waits for it.
//!
//! ```text
//! cargo run --example agen    # on virtual time
//! ```

#[path = "support/say.rs"]
mod say;
mod support;

use std::error::Error;
use std::future::poll_fn;
use std::io::Write;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use say::say_when;
use unawait::event_loop::EventLoop;
use unawait::prelude::*;
use unawait::task::spawn;
use unawait::time::{sleep, timeout};

/// Something that is acquired and released by awaits.
struct Connection {
    rows: u32,
}

impl Connection {
    #[coro]
    async fn acquire() -> Connection {
        sleep(Duration::from_secs(1)).await;
        say_when("acquired");
        Connection { rows: 4 }
    }

    #[coro]
    async fn release(self) {
        sleep(Duration::from_secs(1)).await;
        say_when("released");
    }

    /// The rows, as they come: an async generator.
    #[coro]
    fn rows(&self) -> impl Stream<Item = Result<u32, String>> {
        for row in 1..=self.rows {
            sleep(Duration::from_secs(1)).await;
            yield_!(if row < 4 {
                Ok(row)
            } else {
                Err(format!("row {row} is broken"))
            });
        }
    }
}

/// Releases in the background what was not released by an await.
struct Release(Option<Connection>);

impl Drop for Release {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            say_when("left early");
            spawn(connection.release()).detach();
        }
    }
}

/// Python's `async with connection() as connection: body(connection)`.
async fn with_connection<T>(body: impl AsyncFnOnce(&Connection) -> T) -> T {
    let mut guard = Release(Some(Connection::acquire().await));
    let output = match &guard.0 {
        Some(connection) => body(connection).await,
        None => unreachable!("it was acquired just now"),
    };
    if let Some(connection) = guard.0.take() {
        connection.release().await;
    }
    output
}

/// Python's `async for row in rows: ..`
#[coro]
async fn sum(connection: &Connection, most: u32) -> Result<u32, String> {
    let mut rows = pin!(connection.rows());
    let mut sum = 0;
    while let Some(row) = poll_fn(|context| rows.as_mut().poll_next(context)).await {
        sum += row?;
        if sum >= most {
            break;
        }
    }
    Ok(sum)
}

#[coro]
async fn play() {
    say_when("the body completes");
    let result = with_connection(async |connection| sum(connection, 3).await).await;
    say_when(format_args!("{result:?}"));

    say_when("the body fails");
    let result = with_connection(async |connection| sum(connection, 100).await).await;
    say_when(format_args!("{result:?}"));

    say_when("the body is cancelled");
    let limited = timeout(
        Duration::from_secs(3),
        with_connection(async |connection| sum(connection, 100).await),
    );
    let result = limited.await;
    say_when(format_args!("{result:?}"));
    sleep(Duration::from_secs(2)).await;
}

fn main() -> ExitCode {
    support::main("agen", nothing, |(), _: &mut dyn Write| print())
}

fn nothing(words: &[String]) -> Result<(), String> {
    match words {
        [] => Ok(()),
        [word, ..] => Err(format!("what is `{word}`? nothing is asked for")),
    }
}

fn print() -> Result<(), Box<dyn Error>> {
    EventLoop::with_virtual_time().run_until_complete(play())?;
    Ok(())
}
