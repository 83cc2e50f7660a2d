//! Programs that are spawned: a line protocol, retries, a pool of workers, a cache, pages, a loop around `select!`.

#![deny(warnings)]

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, duplex};
use tokio::sync::{Mutex, Notify, RwLock, Semaphore, broadcast, mpsc, oneshot, watch};
use tokio::time::{Instant, interval, sleep, timeout};
use unawait::prelude::*;

#[derive(Debug)]
#[expect(dead_code, reason = "is there to be shown")]
enum Error {
    Io(io::Error),
    Parse(std::num::ParseIntError),
    Unknown(String),
    Closed,
}
impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        Error::Io(e)
    }
}
impl From<std::num::ParseIntError> for Error {
    fn from(e: std::num::ParseIntError) -> Self {
        Error::Parse(e)
    }
}

/// A key-value server.
#[coro]
async fn serve(
    stream: impl AsyncBufRead + Unpin + Send,
    mut out: impl AsyncWrite + Unpin + Send,
) -> Result<usize, Error> {
    let mut store: BTreeMap<String, i64> = BTreeMap::new();
    let mut lines = stream.lines();
    let mut served = 0;
    while let Some(line) = lines.next_line().await? {
        let mut words = line.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("set"), Some(key), Some(value)) => {
                store.insert(key.to_owned(), value.parse()?);
                out.write_all(b"ok\n").await?;
            }
            (Some("get"), Some(key), None) => match store.get(key) {
                Some(value) => out.write_all(format!("{value}\n").as_bytes()).await?,
                None => out.write_all(b"none\n").await?,
            },
            (Some("quit"), None, None) => break,
            (None, _, _) => continue,
            _ => return Err(Error::Unknown(line)),
        }
        served += 1;
    }
    out.shutdown().await?;
    Ok(served)
}

#[coro]
async fn fetch(fails: &Mutex<u32>, key: &str) -> Result<usize, Error> {
    let mut left = fails.lock().await;
    if *left > 0 {
        *left -= 1;
        return Err(Error::Closed);
    }
    drop(left);
    sleep(Duration::from_millis(3)).await;
    Ok(key.len())
}

#[coro]
async fn retry(fails: &Mutex<u32>, key: &str) -> Result<usize, Error> {
    let mut delay = Duration::from_millis(10);
    for _ in 0..5 {
        match timeout(Duration::from_secs(1), fetch(fails, key)).await {
            Ok(Ok(n)) => return Ok(n),
            Ok(Err(Error::Unknown(name))) => return Err(Error::Unknown(name)),
            Ok(Err(_)) | Err(_) => {
                sleep(delay).await;
                delay *= 2;
            }
        }
    }
    Err(Error::Closed)
}

#[coro]
async fn worker(jobs: Arc<Mutex<mpsc::Receiver<u32>>>, results: mpsc::Sender<(usize, u32)>, id: usize) {
    loop {
        let job = {
            let mut jobs = jobs.lock().await;
            jobs.recv().await
        };
        let Some(job) = job else { break };
        sleep(Duration::from_millis(u64::from(job % 3))).await;
        if results.send((id, job * job)).await.is_err() {
            return;
        }
    }
}

#[coro]
async fn pool(count: usize, jobs: u32) -> u32 {
    let (give, take) = mpsc::channel(4);
    let (report, mut reports) = mpsc::channel(4);
    let take = Arc::new(Mutex::new(take));
    let workers: Vec<_> = (0..count)
        .map(|id| tokio::spawn(worker(take.clone(), report.clone(), id)))
        .collect();
    drop(report);
    let feeder = tokio::spawn(async move {
        for job in 0..jobs {
            if give.send(job).await.is_err() {
                break;
            }
        }
    });
    let mut sum = 0;
    while let Some((_, result)) = reports.recv().await {
        sum += result;
    }
    feeder.await.unwrap();
    for worker in workers {
        worker.await.unwrap();
    }
    sum
}

struct Cache {
    entries: RwLock<HashMap<String, Arc<str>>>,
    loads: Mutex<u32>,
    permits: Semaphore,
}
impl Cache {
    #[coro]
    async fn get(&self, key: &str) -> Result<Arc<str>, Error> {
        if let Some(hit) = self.entries.read().await.get(key) {
            return Ok(hit.clone());
        }
        let _permit = self.permits.acquire().await.map_err(|_| Error::Closed)?;
        let mut entries = self.entries.write().await;
        if let Some(hit) = entries.get(key) {
            return Ok(Arc::clone(hit));
        }
        let value = self.load(key).await?;
        entries.insert(key.to_owned(), value.clone());
        Ok(value)
    }
    #[coro]
    async fn load(&self, key: &str) -> Result<Arc<str>, Error> {
        *self.loads.lock().await += 1;
        sleep(Duration::from_millis(5)).await;
        if key.is_empty() {
            return Err(Error::Unknown(String::new()));
        }
        Ok(key.to_uppercase().into())
    }
    #[coro]
    async fn all(self: Arc<Self>, keys: Vec<String>) -> Result<Vec<Arc<str>>, Error> {
        let mut tasks = tokio::task::JoinSet::new();
        for key in keys {
            let cache = self.clone();
            tasks.spawn(async move { cache.get(&key).await });
        }
        let mut found = Vec::new();
        while let Some(result) = tasks.join_next().await {
            found.push(result.expect("no panic")?);
        }
        found.sort();
        Ok(found)
    }
}

struct Page {
    items: Vec<u32>,
    next: Option<usize>,
}
#[coro]
async fn page(cursor: usize) -> Result<Page, Error> {
    sleep(Duration::from_millis(1)).await;
    if cursor > 100 {
        return Err(Error::Closed);
    }
    Ok(Page {
        items: (0..3).map(|n| (cursor * 10 + n) as u32).collect(),
        next: (cursor < 2).then_some(cursor + 1),
    })
}
#[coro]
fn pages(start: usize) -> impl Stream<Item = Result<u32, Error>> + Send {
    let mut cursor = Some(start);
    while let Some(at) = cursor {
        match page(at).await {
            Ok(Page { items, next }) => {
                for item in items {
                    yield_!(Ok(item));
                }
                cursor = next;
            }
            Err(error) => {
                yield_!(Err(error));
                return;
            }
        }
    }
}

#[coro]
async fn select_loop(
    mut commands: mpsc::Receiver<&'static str>,
    stop: Arc<Notify>,
    limit: Duration,
) -> (u32, Vec<&'static str>) {
    let mut ticks = interval(Duration::from_millis(10));
    let deadline = Instant::now() + limit;
    let (mut count, mut seen) = (0, Vec::new());
    loop {
        tokio::select! {
            biased;
            () = stop.notified() => break,
            command = commands.recv() => match command {
                Some("skip") => continue,
                Some(command) => { seen.push(command); if command == "stop" { break; } }
                None => return (count, seen),
            },
            _ = ticks.tick() => count += 1,
            () = tokio::time::sleep_until(deadline) => { seen.push("deadline"); break; }
        }
    }
    (count, seen)
}

#[coro]
async fn actor(mut inbox: mpsc::UnboundedReceiver<(u32, oneshot::Sender<u32>)>, changes: watch::Sender<u32>) -> u32 {
    let mut total = 0;
    while let Some((n, reply)) = inbox.recv().await {
        total += n;
        let _ = { reply }.send(total);
        changes.send_replace(total);
        tokio::task::yield_now().await;
    }
    total
}

/// Frames with a length in front.
#[coro]
async fn frames(mut stream: impl AsyncReadExt + Unpin + Send) -> io::Result<Vec<Vec<u8>>> {
    let mut frames = Vec::new();
    let mut header = [0; 2];
    loop {
        match stream.read_exact(&mut header).await {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(frames),
            Err(error) => return Err(error),
        }
        let mut body = vec![0; usize::from(u16::from_be_bytes(header))];
        stream.read_exact(&mut body).await?;
        frames.push(body);
    }
}

#[coro]
async fn copy(
    mut from: impl AsyncReadExt + Unpin + Send,
    mut to: impl AsyncWriteExt + Unpin + Send,
) -> io::Result<u64> {
    let mut buffer = [0u8; 1024];
    let mut total = 0;
    loop {
        let n = match timeout(Duration::from_secs(5), from.read(&mut buffer)).await {
            Ok(read) => read?,
            Err(_) => return Err(io::ErrorKind::TimedOut.into()),
        };
        if n == 0 {
            break;
        }
        to.write_all(&buffer[..n]).await?;
        total += n as u64;
    }
    to.flush().await?;
    Ok(total)
}

#[coro]
async fn batches(mut lines: mpsc::Receiver<String>, size: usize) -> VecDeque<Vec<String>> {
    let mut done = VecDeque::new();
    let mut batch = Vec::with_capacity(size);
    loop {
        match timeout(Duration::from_millis(50), lines.recv()).await {
            Ok(Some(line)) => {
                batch.push(line);
                if batch.len() < size {
                    continue;
                }
            }
            Ok(None) => break,
            Err(_) if batch.is_empty() => continue,
            Err(_) => {}
        }
        done.push_back(std::mem::take(&mut batch));
    }
    if !batch.is_empty() {
        done.push_back(batch);
    }
    done
}

#[coro]
async fn chat(mut own: BufReader<tokio::io::DuplexStream>, room: broadcast::Sender<String>) -> Result<usize, Error> {
    let mut news = room.subscribe();
    let mut line = String::new();
    let mut heard = 0;
    loop {
        tokio::select! {
            biased;
            read = own.read_line(&mut line) => {
                if read? == 0 { break; }
                let text = line.trim();
                if text.is_empty() { line.clear(); continue; }
                if room.send(text.to_owned()).is_err() { return Err(Error::Closed); }
                line.clear();
            }
            Ok(message) = news.recv() => { own.write_all(message.as_bytes()).await?; heard += 1; }
        }
    }
    Ok(heard)
}

#[tokio::test(start_paused = true)]
async fn all() {
    let served = tokio::spawn(serve(
        &b"set a 1\n\nget a\nget b\nquit\n"[..],
        io::Cursor::new(Vec::new()),
    ))
    .await
    .unwrap();
    assert_eq!(served.unwrap(), 3);
    let bad = tokio::spawn(serve(&b"set a x\n"[..], tokio::io::sink())).await.unwrap();
    assert!(matches!(bad, Err(Error::Parse(_))));
    let bad = tokio::spawn(serve(&b"what\n"[..], tokio::io::sink())).await.unwrap();
    assert!(matches!(bad, Err(Error::Unknown(name)) if name == "what"));
    let n = tokio::spawn(async { retry(&Mutex::new(3), "four").await })
        .await
        .unwrap();
    assert_eq!(n.unwrap(), 4);
    assert_eq!(tokio::spawn(pool(3, 10)).await.unwrap(), 285);
    let cache = Arc::new(Cache {
        entries: RwLock::default(),
        loads: Mutex::new(0),
        permits: Semaphore::new(1),
    });
    let found = tokio::spawn(cache.clone().all(vec!["a".into(), "b".into(), "a".into()]))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.len(), 3);
    assert_eq!(*cache.loads.lock().await, 2);
    let items = tokio::spawn(async { futures::StreamExt::collect::<Vec<_>>(Box::pin(pages(0))).await })
        .await
        .unwrap();
    assert_eq!(items.len(), 9);
    let (give, take) = mpsc::channel(4);
    let stop = Arc::new(Notify::new());
    let task = tokio::spawn(select_loop(take, stop.clone(), Duration::from_millis(35)));
    give.send("x").await.unwrap();
    let (count, seen) = task.await.unwrap();
    assert_eq!((count, seen), (4, vec!["x", "deadline"]));
    let (send, inbox) = mpsc::unbounded_channel();
    let (changes, watch) = watch::channel(0);
    let task = tokio::spawn(actor(inbox, changes));
    let (reply, answer) = oneshot::channel();
    send.send((5, reply)).unwrap();
    assert_eq!(answer.await.unwrap(), 5);
    drop(send);
    assert_eq!(task.await.unwrap(), 5);
    assert_eq!(*watch.borrow(), 5);
    assert_eq!(
        tokio::spawn(frames(&[0, 1, 7, 0, 2, 8, 9][..])).await.unwrap().unwrap(),
        [vec![7], vec![8, 9]]
    );
    assert_eq!(
        tokio::spawn(copy(&[7; 3000][..], tokio::io::sink()))
            .await
            .unwrap()
            .unwrap(),
        3000
    );
    let (give, take) = mpsc::channel(4);
    let task = tokio::spawn(batches(take, 2));
    for n in 0..3 {
        give.send(n.to_string()).await.unwrap();
    }
    drop(give);
    assert_eq!(task.await.unwrap().len(), 2);
    let (room, _) = broadcast::channel(4);
    let (mut own, other) = duplex(64);
    let task = tokio::spawn(chat(BufReader::new(other), room));
    own.write_all(b"hi\n\nho\n").await.unwrap();
    let mut heard = [0; 4];
    own.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"hiho");
    drop(own);
    assert_eq!(task.await.unwrap().unwrap(), 2);
}
