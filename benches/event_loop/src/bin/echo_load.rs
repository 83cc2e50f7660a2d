//! The load test of the echo servers: starts each one as a process of its own, connects so many clients, has all of them send
//! messages and wait for each to come back, and prints a table.
//!
//! ```text
//! cargo build --release -p unawait-load
//! target/release/echo_load                 # 1,000 connections, 100,000 messages, three rounds
//! target/release/echo_load 100 10000 1
//! ```

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

type Failure = Box<dyn Error + Send + Sync>;

/// Bytes in a message.
const LENGTH: usize = 64;

/// What one round with one server gave.
struct Round {
    messages_per_second: f64,
    median: Duration,
    p99: Duration,
    /// The most memory that the server had.
    kilobytes: u64,
}

/// A server that runs until it is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    fn start(words: &[String]) -> Result<(Self, SocketAddr), Failure> {
        let mut child = Command::new(&words[0])
            .args(&words[1..])
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().ok_or("it is piped")?;
        let server = Server(child);
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        Ok((server, line.trim().parse()?))
    }

    fn kilobytes(&self) -> Result<u64, Failure> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = peak.and_then(|peak| peak.split_whitespace().next()).ok_or("no VmHWM")?;
        Ok(number.parse()?)
    }
}

/// Sends messages that are all different, and checks that each comes back as it was. Gives how long each took.
async fn client(address: SocketAddr, number: usize, messages: usize) -> Result<Vec<Duration>, Failure> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut times = Vec::with_capacity(messages);
    let mut echoed = [0; LENGTH];
    for message in 0..messages {
        let mut sent = [0; LENGTH];
        sent[..8].copy_from_slice(&number.to_le_bytes());
        sent[8..16].copy_from_slice(&message.to_le_bytes());
        let start = Instant::now();
        stream.write_all(&sent).await?;
        stream.read_exact(&mut echoed).await?;
        times.push(start.elapsed());
        if echoed != sent {
            return Err(format!("client {number} got another message {message} back").into());
        }
    }
    Ok(times)
}

async fn clients(
    address: SocketAddr,
    connections: usize,
    messages: usize,
) -> Result<(Duration, Vec<Duration>), Failure> {
    let start = Instant::now();
    let each = messages / connections;
    let clients: Vec<_> = (0..connections)
        .map(|number| tokio::spawn(client(address, number, each)))
        .collect();
    let mut times = Vec::with_capacity(messages);
    for client in clients {
        times.extend(client.await??);
    }
    Ok((start.elapsed(), times))
}

fn round(words: &[String], connections: usize, messages: usize) -> Result<Round, Failure> {
    let (server, address) = Server::start(words)?;
    let (elapsed, mut times) = Runtime::new()?.block_on(clients(address, connections, messages))?;
    times.sort_unstable();
    Ok(Round {
        messages_per_second: times.len() as f64 / elapsed.as_secs_f64(),
        median: times[times.len() / 2],
        p99: times[times.len() * 99 / 100],
        kilobytes: server.kilobytes()?,
    })
}

fn servers() -> Result<Vec<(&'static str, Vec<String>)>, Failure> {
    let directory = env::current_exe()?
        .parent()
        .ok_or("a program is in a directory")?
        .to_owned();
    let path = |name: &str| directory.join(name).to_string_lossy().into_owned();
    let python = concat!(env!("CARGO_MANIFEST_DIR"), "/echo_asyncio.py");
    Ok(vec![
        ("unawait", vec![path("echo_unawait")]),
        ("tokio, one thread", vec![path("echo_tokio")]),
        ("smol, one thread", vec![path("echo_smol")]),
        ("Python asyncio", vec!["python3".into(), python.into()]),
    ])
}

/// The round in the middle by throughput.
fn middle(mut rounds: Vec<Round>) -> Option<Round> {
    rounds.sort_by(|a, b| a.messages_per_second.total_cmp(&b.messages_per_second));
    let middle = rounds.len() / 2;
    rounds.into_iter().nth(middle)
}

fn main() -> Result<(), Failure> {
    let words: Vec<usize> = env::args().skip(1).map(|word| word.parse()).collect::<Result<_, _>>()?;
    let number = |at: usize, default| words.get(at).copied().unwrap_or(default);
    let (connections, messages, rounds) = (number(0, 1000), number(1, 100_000), number(2, 3));
    let servers = servers()?;
    let mut results: Vec<Vec<Round>> = servers.iter().map(|_| Vec::new()).collect();
    // Round by round, so that a busy moment of the machine does not meet one server alone.
    for _ in 0..rounds {
        for ((_, words), results) in servers.iter().zip(&mut results) {
            results.push(round(words, connections, messages)?);
        }
    }
    println!("| server | messages/s | x tokio | median | p99 | memory, KiB |\n|---|---:|---:|---:|---:|---:|");
    let results: Vec<_> = results.into_iter().filter_map(middle).collect();
    let tokio = results[1].messages_per_second;
    for ((name, _), round) in servers.iter().zip(&results) {
        println!(
            "| {name} | {:.0} | {:.2} | {:.1?} | {:.1?} | {} |",
            round.messages_per_second,
            round.messages_per_second / tokio,
            round.median,
            round.p99,
            round.kilobytes
        );
    }
    Ok(())
}
