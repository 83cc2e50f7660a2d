//! With tokio: sockets, channels, locks, timeouts and its macros.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, RwLock, Semaphore, mpsc, oneshot};
use tokio::task::{JoinSet, yield_now};
use tokio::time::{Instant, interval, sleep, timeout};
use unawait::prelude::*;

/// Gives back what it reads, by a buffer that is lent to each read and write.
#[coro]
async fn echo(mut stream: TcpStream) -> io::Result<usize> {
    let mut buffer = [0; 16];
    let mut total = 0;
    loop {
        let n = stream.read(&mut buffer).await?;
        if n == 0 {
            return Ok(total);
        }
        stream.write_all(&buffer[..n]).await?;
        total += n;
    }
}

#[coro]
async fn accept(listener: TcpListener, count: usize) -> io::Result<usize> {
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let (stream, _) = listener.accept().await?;
        tasks.spawn(echo(stream));
    }
    let mut total = 0;
    while let Some(echoed) = tasks.join_next().await {
        total += echoed.expect("no panic")?;
    }
    Ok(total)
}

#[coro]
async fn say(address: SocketAddr, text: String) -> io::Result<String> {
    let stream = TcpStream::connect(address).await?;
    let (mut reader, mut writer) = stream.into_split();
    let mut answer = vec![0; text.len()];
    let (written, read) = tokio::join!(writer.write_all(text.as_bytes()), reader.read_exact(&mut answer));
    written?;
    read?;
    writer.shutdown().await?;
    String::from_utf8(answer).map_err(io::Error::other)
}

#[coro]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn echoes_over_loopback() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(accept(listener, 20));
    let clients: Vec<_> = (0..20)
        .map(|n| tokio::spawn(say(address, "hello ".repeat(n))))
        .collect();
    for (n, client) in clients.into_iter().enumerate() {
        assert_eq!(client.await.unwrap().unwrap(), "hello ".repeat(n));
    }
    assert_eq!(server.await.unwrap().unwrap(), (0..20).sum::<usize>() * 6);
}

/// Lines of a reader, one buffer for all.
#[coro]
async fn lines(stream: impl AsyncReadExt + Unpin) -> io::Result<Vec<String>> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut lines) = (String::new(), Vec::new());
    while reader.read_line(&mut line).await? > 0 {
        lines.push(line.trim_end().to_owned());
        line.clear();
    }
    Ok(lines)
}

#[coro]
#[tokio::test]
async fn reads_lines() {
    let (mut left, right) = tokio::io::duplex(4);
    let reading = tokio::spawn(lines(right));
    for part in ["one\n", "two, lon", "ger\nthree"] {
        left.write_all(part.as_bytes()).await.unwrap();
    }
    drop(left);
    let lines = reading.await.unwrap();
    assert_eq!(lines.unwrap(), ["one", "two, longer", "three"]);
}

/// Adds under a lock that it holds while it waits.
#[coro]
async fn add(sum: &Mutex<u32>, n: u32) {
    let mut guard = sum.lock().await;
    let before = *guard;
    yield_now().await;
    *guard = before + n;
}

#[coro]
async fn value(sum: &Mutex<u32>) -> u32 {
    *sum.lock().await
}

#[coro]
async fn add_shared(sum: Arc<Mutex<u32>>, n: u32) {
    let mut guard = Arc::clone(&sum).lock_owned().await;
    let before = *guard;
    yield_now().await;
    *guard = before + n;
}

#[coro]
async fn add_locally(sum: Arc<Mutex<u32>>, n: u32) -> bool {
    {
        let mut guard = sum.lock().await;
        let before = *guard;
        yield_now().await;
        *guard = before + n;
    }
    yield_now().await;
    sum.try_lock().is_ok_and(|sum| *sum >= n)
}

#[coro]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn locks_are_held_across_awaits() {
    let sum = Mutex::new(0);
    futures::future::join_all((1..=10).map(|n| add(&sum, n))).await;
    assert_eq!(sum.into_inner(), 55);

    let sum = Arc::new(Mutex::new(0));
    let mut tasks = JoinSet::new();
    for n in 1..=10 {
        tasks.spawn(add_shared(Arc::clone(&sum), n));
    }
    { tasks }.join_all().await;
    assert_eq!(value(&sum).await, 55);
    let guard = sum.lock().await;
    let task = tokio::spawn(add_locally(Arc::clone(&sum), 5));
    yield_now().await;
    drop(guard);
    task.await.unwrap();
    assert_eq!(value(&sum).await, 60);
}

#[coro]
async fn total(list: &RwLock<Vec<u32>>, gate: &Semaphore) -> u32 {
    let _permit = gate.acquire().await.expect("it is open");
    let list = list.read().await;
    let mut sum = 0;
    for at in 0..list.len() {
        yield_now().await;
        sum += list[at];
    }
    sum
}

#[coro]
#[tokio::test]
async fn readers_share() {
    let (list, gate) = (RwLock::new(vec![1, 2, 3]), Semaphore::new(2));
    let sums = tokio::join!(total(&list, &gate), total(&list, &gate), total(&list, &gate));
    assert_eq!(sums, (6, 6, 6));
    assert_eq!(gate.available_permits(), 2);
}

/// Answers requests until nobody can ask any more.
#[coro]
async fn actor(mut requests: mpsc::Receiver<(u32, oneshot::Sender<u32>)>) -> u32 {
    let mut sum = 0;
    while let Some((n, answer)) = requests.recv().await {
        sum += n;
        if answer.send(sum).is_err() {
            break;
        }
    }
    sum
}

#[coro]
async fn ask(actor: &mpsc::Sender<(u32, oneshot::Sender<u32>)>, n: u32) -> Option<u32> {
    let (answer, answered) = oneshot::channel();
    actor.send((n, answer)).await.ok()?;
    answered.await.ok()
}

#[coro]
#[tokio::test]
async fn an_actor() {
    let (requests, inbox) = mpsc::channel(1);
    let task = tokio::spawn(actor(inbox));
    assert_eq!(ask(&requests, 2).await, Some(2));
    assert_eq!(ask(&requests, 3).await, Some(5));
    let answers = tokio::join!(ask(&requests, 1), ask(&requests, 1));
    assert_eq!(answers, (Some(6), Some(7)));
    drop(requests);
    assert_eq!(task.await.unwrap(), 7);
}

/// Counts itself while it lives.
struct Counted<'a>(&'a AtomicU32);

impl<'a> Counted<'a> {
    fn new(count: &'a AtomicU32) -> Self {
        count.fetch_add(1, SeqCst);
        Counted(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

#[coro]
async fn slow(count: &AtomicU32, seconds: u64) -> u64 {
    let _counted = Counted::new(count);
    sleep(Duration::from_secs(seconds)).await;
    seconds
}

#[coro]
#[tokio::test(start_paused = true)]
async fn a_timeout_drops_what_is_late() {
    let count = AtomicU32::new(0);
    let limit = Duration::from_secs(2);
    assert_eq!(timeout(limit, slow(&count, 1)).await, Ok(1));
    assert!(timeout(limit, slow(&count, 3)).await.is_err());
    assert_eq!(count.load(SeqCst), 0);
}

#[coro]
async fn first(count: &AtomicU32) -> (u64, u32) {
    tokio::select! {
        seconds = slow(count, 9) => (seconds, count.load(SeqCst)),
        seconds = slow(count, 2) => (seconds, count.load(SeqCst)),
        _ = slow(count, 1), if count.load(SeqCst) > 100 => (0, 0),
        else => (1, 1),
    }
}

#[coro]
#[tokio::test(start_paused = true)]
async fn select_drops_the_losers() {
    let count = AtomicU32::new(0);
    let start = Instant::now();
    let (seconds, _) = first(&count).await;
    assert_eq!((seconds, start.elapsed().as_secs()), (2, 2));
    assert_eq!(count.load(SeqCst), 0);
}

#[coro]
async fn both(count: &AtomicU32, fails: bool) -> Result<(u64, u64), String> {
    tokio::try_join!(async { Ok(slow(count, 5).await) }, async {
        match slow(count, 1).await {
            _ if fails => Err("late".to_owned()),
            seconds => Ok(seconds),
        }
    })
}

#[coro]
#[tokio::test(start_paused = true)]
async fn try_join_stops_early() {
    let count = AtomicU32::new(0);
    let start = Instant::now();
    assert_eq!(both(&count, true).await, Err("late".to_owned()));
    assert_eq!((start.elapsed().as_secs(), count.load(SeqCst)), (1, 0));
    assert_eq!(both(&count, false).await, Ok((5, 1)));
    assert_eq!(start.elapsed().as_secs(), 6);
}

/// A stream of the seconds of a clock, and one that ends it.
#[coro]
fn ticks(count: u32) -> impl Stream<Item = u64> + Send {
    let start = Instant::now();
    let mut clock = interval(Duration::from_secs(1));
    for _ in 0..count {
        clock.tick().await;
        yield_!(start.elapsed().as_secs());
    }
}

#[coro]
#[tokio::test(start_paused = true)]
async fn a_clock() {
    let seconds: Vec<_> = futures::StreamExt::collect(ticks(4)).await;
    assert_eq!(seconds, [0, 1, 2, 3]);
}

#[coro]
#[tokio::test(start_paused = true)]
async fn an_aborted_task_drops_its_locals() {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let task = tokio::spawn(slow(&COUNT, 100));
    yield_now().await;
    assert_eq!(COUNT.load(SeqCst), 1);
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert_eq!(COUNT.load(SeqCst), 0);
}
