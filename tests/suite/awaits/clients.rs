//! What clients do: requests, jobs, workers, files.

#![allow(dead_code, reason = "some of it is there to be dropped or shown only")]

use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;

use futures::stream::{FuturesUnordered, StreamExt};

use super::harness::{compare, later};
use super::stubs::*;
use crate::harness::{D, log};

#[derive(Debug)]
struct User {
    name: String,
}
impl From<String> for User {
    fn from(name: String) -> Self {
        User { name }
    }
}

async fn attempt(n: u32) -> Result<u32> {
    later("attempt", ()).await;
    if n < 2 {
        Err(Error::Status(500 + n as u16))
    } else {
        Ok(n)
    }
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

trait Handler {
    fn handle<'a>(&'a self, text: &'a str) -> Boxed<'a, Result<String>>;
    fn shutdown(self: Box<Self>) -> Boxed<'static, ()>;
}
struct Echo(D);
impl Handler for Echo {
    fn handle<'a>(&'a self, text: &'a str) -> Boxed<'a, Result<String>> {
        Box::pin(async move {
            later("echo", ()).await;
            if text == "bad" {
                Err(Error::Status(1))
            } else {
                Ok(text.to_owned())
            }
        })
    }
    fn shutdown(self: Box<Self>) -> Boxed<'static, ()> {
        Box::pin(async move {
            later("stop", ()).await;
            drop(self);
        })
    }
}
fn handlers() -> Vec<Box<dyn Handler>> {
    vec![Box::new(Echo(D("first"))), Box::new(Echo(D("second")))]
}

struct Worker {
    id: u32,
    name: D,
    done: Cell<u32>,
}
impl Worker {
    async fn work(&self, n: u32) -> Result<u32> {
        later("work", ()).await;
        self.done.set(self.done.get() + 1);
        if n == 13 {
            Err(Error::Status(13))
        } else {
            Ok(n * self.id)
        }
    }
    async fn stop(self) -> u32 {
        later("stop", ()).await;
        self.done.get()
    }
}
fn worker() -> Worker {
    Worker {
        id: 2,
        name: D("worker"),
        done: Cell::new(0),
    }
}

awaits! {
    get_json(client: &Client, id: u32) with (&client, 7) given { let client = Client::new(); } -> Result<User, AppError> {
        let url = format!("users/{id}");
        let user: User = client.get(&url).header("accept", "json").send().await?.json().await?;
        log(format!("{user:?}"));
        Ok(user)
    }
    body_then_more(client: Client) with (Client::new()) -> Result<usize, AppError> {
        let resp = client.get("one").send().await?;
        let body = resp.json::<User>().await?;
        let resp = client.get(&body.name).send().await?.error_for_status()?;
        let bytes = resp.bytes().await?;
        notify("done").await?;
        audit(bytes.len() as u64).await;
        Ok(bytes.len() + body.name.len())
    }
    post_with_token(client: &Client, payload: &[u32]) with (&client, &[1, 2]) given { let client = Client::new(); } -> Result<String, AppError> {
        let text = client
            .post("items")
            .bearer_auth(token().await?)
            .json(&payload)
            .send()
            .await?
            .error_for_status()?
            .text()
            .await?;
        Ok(text)
    }
    built_client() -> Result<usize, AppError> {
        let builder = Client::builder().timeout(3);
        let client = builder.build()?;
        let request = client.get("a").body("b".to_owned()).build()?;
        let response = client.execute(request).await?;
        let n = response.headers().len();
        let text = response.text().await?;
        sleep(1).await;
        Ok(n + text.len())
    }
    run_a_job(job: Job) with (job(3)) -> Result<u32> {
        let n = job.run().await?;
        audit(n as u64).await;
        Ok(n)
    }
    run_or_complete(job: Job, db: Db) with (job(4), db()) -> Result<u32> {
        if !job.check().await? {
            let n = job.complete();
            db.set("complete", "yes");
            audit(n as u64).await;
            return Ok(n);
        }
        let n = job.run().await?;
        db.set("run", "yes");
        Ok(n)
    }
    run_jobs(jobs: Vec<Job>) with (vec![job(1), job(13), job(2)]) -> Vec<Result<u32>> {
        let mut results = Vec::new();
        for job in jobs {
            let result = job.run().await;
            if result.is_err() {
                sleep(1).await;
            }
            results.push(result);
        }
        results
    }
    encode_a_file(path: &str) with ("file") -> Result<usize, AppError> {
        let file = File::create(path).await?;
        let mut encoder = Encoder::new(file);
        for round in 0..2 {
            encoder.write(&format!("round {round}")).await?;
        }
        let file = encoder.finish()?;
        let size = file.metadata().await?;
        Ok(size)
    }
    poll_result(fails: bool) with (true) -> std::task::Poll<Result<u32>> {
        use std::task::Poll;
        let n = attempt(if fails { 0 } else { 3 }).await?;
        audit(n as u64).await;
        Poll::Ready(Ok(n))
    }
    poll_of_an_option(fails: bool) with (true) -> std::task::Poll<Option<Result<u32, AppError>>> {
        use std::task::Poll;
        let _d = D("d");
        let n = attempt(if fails { 0 } else { 3 }).await?;
        audit(n as u64).await;
        Poll::Ready(Some(Ok(n)))
    }
    unordered(workers: Vec<Worker>) with (vec![worker(), worker()]) -> Result<u32, AppError> {
        let mut tasks = FuturesUnordered::new();
        for worker in &workers {
            tasks.push(worker.work(worker.id));
        }
        let mut sum = 0;
        while let Some(result) = tasks.next().await {
            sum += result?;
        }
        Ok(sum)
    }
    joined(a: Worker, b: Worker) with (worker(), worker()) -> Result<u32> {
        let (x, y) = futures::join!(a.work(1), b.work(2));
        let sum = x? + y?;
        let stopped = a.stop().await;
        Ok(sum + stopped + b.stop().await)
    }
    join_all_of_refs(worker: Worker) with (worker()) -> u32 {
        let futures = (0..3).map(|n| worker.work(n));
        let results = futures::future::join_all(futures).await;
        let n = results.into_iter().filter_map(Result::ok).sum::<u32>();
        n + worker.stop().await
    }
    trait_objects_that_stop(handlers: Vec<Box<dyn Handler>>) with (handlers()) -> usize {
        let mut n = 0;
        for handler in handlers {
            if let Ok(text) = handler.handle("x").await {
                n += text.len();
            }
            handler.shutdown().await;
            audit(n as u64).await;
        }
        n
    }
    round_robin(mut workers: VecDeque<Worker>, jobs: u32) with (VecDeque::from([worker(), worker()]), 3) -> Result<u32> {
        let mut sum = 0;
        for n in 0..jobs {
            let Some(worker) = workers.pop_front() else { break };
            sum += worker.work(n).await?;
            workers.push_back(worker);
        }
        for worker in workers {
            sum += worker.stop().await;
        }
        Ok(sum)
    }
    supervise(job: u32) with (13) -> Result<u32, AppError> {
        let mut restarts = 0;
        loop {
            let worker = worker();
            match worker.work(job + restarts).await {
                Ok(n) => {
                    let stopped = worker.stop().await;
                    audit(stopped as u64).await;
                    return Ok(n);
                }
                Err(error) if restarts > 1 => return Err(error.into()),
                Err(_) => {
                    restarts += 1;
                    worker.stop().await;
                    sleep(restarts as u64).await;
                }
            }
        }
    }
    first_ok(mut candidates: Vec<Job>) with (vec![job(3), job(13)]) -> Option<u32> {
        while let Some(job) = candidates.pop() {
            let id = job.id;
            if let Ok(n) = job.run().await {
                log(n);
                return Some(n);
            }
            notify(&id.to_string()).await.ok()?;
        }
        None
    }
    group_by_status(client: Client, urls: &[&str]) with (Client::new(), &["a", "missing", "busy"]) -> BTreeMap<u16, Vec<String>> {
        let mut groups: BTreeMap<u16, Vec<String>> = BTreeMap::new();
        for url in urls {
            let status = match client.get(url).send().await {
                Ok(response) => response.status(),
                Err(Error::Status(code)) => code,
                Err(_) => 0,
            };
            groups.entry(status).or_default().push((*url).to_owned());
        }
        for (status, urls) in &groups {
            log(format!("{status} {urls:?}"));
            audit(urls.len() as u64).await;
        }
        groups
    }
}

/// As `async_trait` would be written: a client with methods.
struct Api {
    client: Client,
    token: Option<String>,
    hits: u32,
    d: D,
}
fn api() -> Api {
    Api {
        client: Client::new(),
        token: None,
        hits: 0,
        d: D("api"),
    }
}

macro_rules! twins {
    ($($name:ident / $oracle:ident ($($arg:tt)*) -> $output:ty { $($body:tt)* })*) => {
        #[allow(warnings, clippy::all, reason = "each stands here twice")]
        impl Api {
            $(
                #[unawait::coro]
                async fn $name($($arg)*) -> $output { $($body)* }
                async fn $oracle($($arg)*) -> $output { $($body)* }
            )*
        }
        $(
            #[test]
            #[allow(warnings, reason = "not each is changed")]
            fn $name() {
                compare(
                    stringify!($name),
                    &|plan| plan.drive(|| async { let mut this = api(); format!("{:?}", this.$name("abc").await) }),
                    &|plan| plan.drive(|| async { let mut this = api(); format!("{:?}", this.$oracle("abc").await) }),
                );
            }
        )*
    };
}

twins! {
    authorized_twice/authorized_twice_o(&mut self, path: &str) -> Result<usize, AppError> {
        if self.token.is_none() {
            self.token.replace(token().await?);
        }
        let token = self.token.as_deref().unwrap_or("");
        let request = self.client.get(path).header("authorization", token);
        let response = request.send().await?.error_for_status()?;
        let mut body = response.bytes().await?;
        sleep(1).await;
        body.push(0);
        Ok(body.len())
    }
}
