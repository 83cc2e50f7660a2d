//! Large arrays that awaits borrow: they stay where they are, and drop, cancel and panic as if they were lent.

#![allow(dead_code, unused_imports, reason = "what bodies use, each in its own way")]

use std::future::Future;
use std::mem::size_of_val;
use std::pin::Pin;

use super::harness::later;
use crate::harness::{D, log, v};

const LENGTH: usize = 300;

/// Gives its bytes in pieces of four.
struct Source {
    guard: D,
    bytes: Vec<u8>,
}

fn source() -> Source {
    Source {
        guard: D("source"),
        bytes: (1..=10).collect(),
    }
}

impl Source {
    async fn read(&mut self, buffer: &mut [u8]) -> usize {
        later("read", ()).await;
        let n = self.bytes.len().min(4);
        for (place, byte) in buffer.iter_mut().zip(self.bytes.drain(..n)) {
            *place = byte;
        }
        n
    }

    async fn write(&mut self, bytes: &[u8]) -> u32 {
        later("write", sum(bytes)).await
    }
}

fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(*byte)).sum()
}

enum Command {
    Get(&'static str),
    Set(u8),
}

fn parse(bytes: &[u8]) -> Option<Command> {
    match bytes {
        [] => None,
        [_, _] => Some(Command::Get("key")),
        [first, ..] => Some(Command::Set(*first)),
    }
}

async fn fill(buffer: &mut [u8; LENGTH], with: u8) -> D {
    later("fill", ()).await;
    buffer.fill(with);
    D("filled")
}

awaits! {
    echo(rounds: usize) with (3) -> u32 {
        let mut stream = source();
        let mut buffer = [0u8; LENGTH];
        let mut total = 0;
        for _ in 0..rounds {
            let n = stream.read(&mut buffer).await;
            total += stream.write(&buffer[..n]).await;
        }
        total + u32::from(buffer[0])
    }

    until_the_end(mut stream: Source) with (source()) -> Result<u32, D> {
        let _outer = D("outer");
        let mut buffer = [0; 256];
        let mut total = 0;
        loop {
            let n = stream.read(&mut buffer).await;
            if n == 0 {
                break;
            }
            let _inner = D("inner");
            if later("odd", n % 2 == 1).await {
                return Err(D("odd"));
            }
            total += sum(&buffer[..n]);
        }
        Ok(total)
    }

    reply_to_what_is_read(mut stream: Source) with (source()) -> u32 {
        let mut buffer = [0; 256];
        let mut total = 0;
        loop {
            let n = stream.read(&mut buffer).await;
            let reply = match parse(&buffer[..n]) {
                Some(Command::Get(key)) => later("get", D(key)).await,
                Some(Command::Set(n)) => {
                    later("set", n).await;
                    D("OK")
                }
                None => break,
            };
            total += stream.write(reply.name().as_bytes()).await;
        }
        total
    }

    made_again(list: Vec<u8>) with (vec![1, 2]) -> u32 {
        let mut total = 0;
        for n in list {
            let mut buffer: [u8; LENGTH] = [0; LENGTH];
            let filled = fill(&mut buffer, n).await;
            total += sum(&buffer);
            later(filled.name(), ()).await;
            buffer[0] = 9;
            total += u32::from(buffer[0]);
        }
        total
    }

    two(d: D) with (D("argument")) -> u32 {
        let mut left = [0u8; LENGTH];
        let mut right = [0u8; LENGTH];
        let a = fill(&mut left, 1).await;
        let b = fill(&mut right, 2).await;
        left[0] += right[0];
        later(d.name(), sum(&left)).await + sum(&right)
    }

    lent_at_last() -> u32 {
        let mut buffer = [2u8; LENGTH];
        later("before", ()).await;
        drop(fill(&mut buffer, 6).await);
        2
    }

    both_at_once() -> u32 {
        async fn zip(left: &mut [u8], right: &[u8]) -> usize {
            later("zip", ()).await;
            left.copy_from_slice(right);
            left.len()
        }
        let mut left = [0u8; LENGTH];
        let right = [7u8; LENGTH];
        let n = zip(&mut left, &right).await;
        later("between", ()).await;
        sum(&left[..n]) + sum(&right)
    }

    not_lent() -> u32 {
        let mut counts = [0u32; 64];
        for n in 0..3usize {
            counts[n] += later("count", 5).await;
            counts[later("index", n).await] += 1;
        }
        counts.iter().sum()
    }

    given_by_value() -> u32 {
        async fn by_value(mut buffer: [u8; LENGTH]) -> u32 {
            buffer[0] = 100;
            later("by value", sum(&buffer)).await
        }
        let mut buffer = [1u8; LENGTH];
        let first = by_value(buffer).await;
        let filled = fill(&mut buffer, 2).await;
        first + by_value(buffer).await + u32::from(buffer[0])
    }

    a_guard_of_a_part(mut stream: Source) with (source()) -> u32 {
        let mut buffer = [0u8; LENGTH];
        let n = stream.read(&mut buffer).await;
        let (head, tail) = buffer.split_at_mut(n / 2);
        let moved = later("moved", tail.len()).await;
        head[0] = tail[0];
        u32::from(head[0]) + moved as u32
    }

    in_a_branch(c: bool) with (true) -> u32 {
        let outer = D("outer");
        if c {
            let mut buffer = [0u8; LENGTH];
            drop(fill(&mut buffer, 3).await);
            later("after", sum(&buffer)).await
        } else {
            later(outer.name(), 1).await
        }
    }

    only_the_younger_is_lent(mut stream: Source) with (source()) -> u32 {
        let mut seen = [1u8; LENGTH];
        let mut buffer = [0u8; LENGTH];
        let n = stream.read(&mut buffer).await;
        seen[0] += n as u8;
        later("between", ()).await;
        stream.read(&mut buffer).await;
        sum(&seen) + sum(&buffer)
    }

    arguments_drop_last(a: D, b: D) with (D("a"), D("b")) -> usize {
        let mut buffer = [0u8; LENGTH];
        let local = D("local");
        let filled = fill(&mut buffer, 1).await;
        drop(a);
        later("end", buffer.len()).await
    }
}

/// As [`made_again`], boxed.
#[unawait::coro]
fn boxed<'a>(stream: &'a mut Source) -> Pin<Box<dyn Future<Output = u32> + Send + 'a>> {
    let mut buffer = [0u8; LENGTH];
    let n = stream.read(&mut buffer).await;
    stream.write(&buffer[..n]).await
}

#[unawait::coro]
async fn once(mut stream: Source) -> u32 {
    let mut buffer = [0u8; 4096];
    let n = stream.read(&mut buffer).await;
    stream.write(&buffer[..n]).await
}

#[unawait::coro]
async fn session(mut stream: Source) -> u32 {
    let mut buffer = [0; 4096];
    let n = stream.read(&mut buffer).await;
    let reply = if let Some(Command::Get(key)) = parse(&buffer[..n]) {
        later("get", key).await
    } else {
        "ERR"
    };
    stream.write(reply.as_bytes()).await + u32::from(buffer[0])
}

#[test]
fn sent() {
    fn assert_sent(future: impl Future<Output = u32> + Send + 'static) -> usize {
        size_of_val(&future)
    }
    assert!(assert_sent(once(source())) < 4096 + 4096 / 2, "the array is there once");
    assert!(
        assert_sent(session(source())) < 4096 + 4096 / 2,
        "so it is beside a parser"
    );
    let mut stream = source();
    drop(boxed(&mut stream));
}
