//! Producers and consumers that do not know each other, around a queue. When the producers are done and all that they made has
//! been consumed, which is what `join` waits for, the consumers are cancelled.
//!
//! ```text
//! cargo run --example producers_consumers
//! cargo run --example producers_consumers -- 2 5    # producers, consumers; the time is virtual
//! ```

#[path = "support/say.rs"]
mod say;
mod support;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use say::say_when;
use unawait::event_loop::EventLoop;
use unawait::prelude::*;
use unawait::sync::Queue;
use unawait::task::{gather, spawn};
use unawait::time::sleep;

struct Item {
    name: String,
    made_at: Duration,
}

#[coro]
async fn produce(number: u64, queue: Queue<Item>) {
    for n in 1..=number + 1 {
        sleep(Duration::from_secs(number + n)).await;
        let name = format!("item {number}.{n}");
        say_when(format_args!("producer {number} adds {name}"));
        let made_at = EventLoop::running().time();
        // The queue has room for two: a producer that is too fast waits here.
        if queue.put(Item { name, made_at }).await.is_err() {
            return;
        }
    }
}

#[coro]
async fn consume(number: u64, queue: Queue<Item>) {
    while let Ok(item) = queue.get().await {
        sleep(Duration::from_secs(3)).await;
        let waited = EventLoop::running().time().saturating_sub(item.made_at);
        say_when(format_args!(
            "consumer {number} took {} after {} s",
            item.name,
            waited.as_secs()
        ));
        queue.task_done();
    }
}

#[coro]
async fn play(producers: u64, consumers: u64) {
    let queue = Queue::bounded(2);
    let consumers: Vec<_> = (0..consumers)
        .map(|number| spawn(consume(number, queue.clone())).named(format!("consumer {number}")))
        .collect();
    let producers = (0..producers).map(|number| produce(number, queue.clone()));
    gather(producers.collect::<Vec<_>>()).await;
    say_when("all is made");
    queue.join().await;
    say_when("all is consumed");
    for consumer in consumers {
        consumer.cancel();
        if consumer.await.is_err() {
            say_when("a consumer goes home");
        }
    }
}

fn main() -> ExitCode {
    support::main(
        "producers_consumers [PRODUCERS CONSUMERS]",
        numbers,
        |(producers, consumers), _: &mut dyn Write| print(producers, consumers),
    )
}

fn numbers(words: &[String]) -> Result<(u64, u64), String> {
    let number = |word: &String| match word.parse() {
        Ok(number @ 1..=100) => Ok(number),
        _ => Err(format!("`{word}` is not a number from 1 to 100")),
    };
    match words {
        [] => Ok((3, 2)),
        [producers, consumers] => Ok((number(producers)?, number(consumers)?)),
        _ => Err("two numbers, or none".into()),
    }
}

fn print(producers: u64, consumers: u64) -> Result<(), Box<dyn Error>> {
    EventLoop::with_virtual_time().run_until_complete(play(producers, consumers))?;
    Ok(())
}
