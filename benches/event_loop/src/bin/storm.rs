//! A storm of connections against the example `echo_server`, as a process of its own: thousands at once, of which many are reset
//! in the middle of what they say. Nothing may be lost of what the others say, and nothing may be left behind.
//!
//! ```text
//! cargo build --release --example echo_server && cargo run --release -p unawait-load --bin storm
//! cargo run --release -p unawait-load --bin storm -- 100000    # connections
//! ```
//!
//! It prints the server's memory and file descriptors before and after, and the processor time that it takes while nobody says
//! anything.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use socket2::SockRef;

type Failure = Box<dyn Error + Send + Sync>;

/// Threads that connect.
const THREADS: usize = 8;

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    fn start() -> Result<(Self, SocketAddr), Failure> {
        let directory = env::current_exe()?
            .parent()
            .ok_or("a program is in a directory")?
            .to_owned();
        let mut command = Command::new(directory.join("examples/echo_server"));
        let mut child = command.arg("127.0.0.1:0").stdout(Stdio::piped()).spawn()?;
        let out = child.stdout.take().ok_or("it is piped")?;
        let server = Server(child);
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on ").ok_or("it says where")?;
        Ok((server, address.parse()?))
    }

    fn path(&self, name: &str) -> String {
        format!("/proc/{}/{name}", self.0.id())
    }

    fn kilobytes(&self) -> Result<String, Failure> {
        let status = fs::read_to_string(self.path("status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Ok(line.ok_or("no VmRSS")?.trim().to_owned())
    }

    fn descriptors(&self) -> Result<usize, Failure> {
        Ok(fs::read_dir(self.path("fd"))?.count())
    }

    /// Processor time so far, in the system's ticks, most often of 10 ms.
    fn ticks(&self) -> Result<u64, Failure> {
        let stat = fs::read_to_string(self.path("stat"))?;
        let fields: Vec<_> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        Ok(fields[11].parse::<u64>()? + fields[12].parse::<u64>()?)
    }

    fn print(&self, when: &str) -> Result<(), Failure> {
        println!("{when}: {}, {} descriptors", self.kilobytes()?, self.descriptors()?);
        Ok(())
    }
}

/// Says something, and by the number either hears it or resets the connection first.
fn guest(address: SocketAddr, number: usize) -> Result<(), Failure> {
    let mut stream = TcpStream::connect(address)?;
    let message = vec![number as u8; 1 + number % 5000];
    let resets = number * 7919 % 10;
    if resets < 4 {
        stream.write_all(&message[..message.len() * resets / 4])?;
        SockRef::from(&stream).set_linger(Some(Duration::ZERO))?;
        return Ok(());
    }
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    stream.write_all(&message)?;
    let mut echoed = vec![0; message.len()];
    stream.read_exact(&mut echoed)?;
    match echoed == message {
        true => Ok(()),
        false => Err(format!("connection {number} got something else back").into()),
    }
}

fn storm(address: SocketAddr, connections: usize) -> Result<(), Failure> {
    let threads: Vec<_> = (0..THREADS)
        .map(|thread| {
            thread::spawn(move || {
                (thread..connections)
                    .step_by(THREADS)
                    .try_for_each(|n| guest(address, n))
            })
        })
        .collect();
    threads
        .into_iter()
        .try_for_each(|thread| thread.join().expect("it does not panic"))
}

fn main() -> Result<(), Failure> {
    let connections = env::args().nth(1).map_or(Ok(20_000), |word| word.parse())?;
    let (server, address) = Server::start()?;
    storm(address, 100)?;
    thread::sleep(Duration::from_millis(200));
    server.print("after 100 connections")?;
    let start = Instant::now();
    storm(address, connections)?;
    let elapsed = start.elapsed();
    thread::sleep(Duration::from_millis(200));
    server.print(&format!("after {connections} more, in {elapsed:.1?}"))?;
    let before = server.ticks()?;
    thread::sleep(Duration::from_secs(3));
    println!("3 s of silence: {} ticks of processor time", server.ticks()? - before);
    Ok(())
}
