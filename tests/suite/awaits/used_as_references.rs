//! What shows in the use of a value that an await gave, or of a future: that it borrows. And bodies around it.

use std::collections::BTreeMap;
use std::pin::Pin;

use futures::future::{Either, Join, join, select};

use super::harness::later;
use crate::harness::{D, log, v};

fn make(n: &'static str) -> D {
    log(format!("new {n}"));
    D(n)
}

async fn take(d: D) -> usize {
    later("take", ()).await;
    d.name().len()
}

async fn peek(d: &D) -> usize {
    later("peek", ()).await;
    d.name().len()
}

async fn fallible(n: u32) -> Result<u32, D> {
    later("fallible", ()).await;
    if n > 2 { Err(make("error")) } else { Ok(n) }
}

async fn add(list: &mut Vec<u32>, n: u32) {
    later("add", ()).await;
    list.push(n);
}

#[derive(Debug)]
struct Pair {
    a: D,
    b: D,
}

#[derive(Debug)]
#[allow(dead_code, reason = "it is there to be dropped")]
struct Wide {
    a: D,
    b: D,
    c: D,
    n: u32,
}

fn wide() -> Wide {
    Wide {
        a: make("wa"),
        b: make("wb"),
        c: make("wc"),
        n: 7,
    }
}

struct Repo {
    rows: BTreeMap<u32, D>,
    counts: BTreeMap<u32, u32>,
    _d: D,
}

impl Repo {
    fn new() -> Self {
        let rows = [(1, D("one")), (2, D("two"))].into_iter().collect();
        Repo {
            rows,
            counts: [(1, 3), (2, 0)].into_iter().collect(),
            _d: D("repo"),
        }
    }

    async fn find(&self, n: u32) -> Option<&D> {
        later("find", ()).await;
        self.rows.get(&n)
    }

    async fn find_mut(&mut self, n: u32) -> Option<&mut D> {
        later("find_mut", ()).await;
        self.rows.get_mut(&n)
    }

    async fn count(&self, n: u32) -> &u32 {
        later("count", ()).await;
        &self.counts[&n]
    }

    async fn count_of(&mut self, n: u32) -> Option<&u32> {
        later("count_of", ()).await;
        self.counts.get(&n)
    }

    fn first(&self) -> &D {
        &self.rows[&1]
    }
}

struct Job(u32, D);

fn job() -> Job {
    log("job");
    Job(1, D("job"))
}

impl Job {
    fn with(self, n: u32) -> Job {
        log(format!("with {n}"));
        Job(self.0 + n, self.1)
    }

    fn see(self, n: u32) -> u32 {
        log(format!("see {n}"));
        self.0 + n
    }

    async fn go(&mut self, n: u32) -> &mut Job {
        later("go", ()).await;
        self.0 += n;
        self
    }
}

struct Conn {
    read: u32,
    written: u32,
    d: D,
}

struct Reader<'c>(&'c mut u32);
struct Writer<'c>(&'c mut u32);

impl Conn {
    fn split(&mut self) -> (Reader<'_>, Writer<'_>) {
        (Reader(&mut self.read), Writer(&mut self.written))
    }
}

impl Reader<'_> {
    async fn read(&mut self) -> u32 {
        later("read", ()).await;
        *self.0
    }
}

impl Writer<'_> {
    async fn write(&mut self) -> u32 {
        later("write", ()).await;
        *self.0
    }
}

trait Joined: Future + Sized {
    fn join<F: Future>(self, other: F) -> Join<Self, F> {
        join(self, other)
    }
}

impl<F: Future> Joined for F {}

awaits! {
    chained_mut() -> u32 {
        let mut job = job();
        job.go(1).await.go(2).await.go(3).await;
        later("end", ()).await;
        job.0
    }

    block_then_methods() -> u32 {
        { job() }.with(later("a", 1).await).see(later("b", 2).await)
    }

    block_then_methods2() -> u32 {
        let g = make("g");
        let n = { job() }.with(1).with(later("a", 1).await).see(2);
        later("end", ()).await;
        n
    }

    repo_chain() -> usize {
        let repo = Repo::new();
        let n = repo.find(1).await.map_or(0, |d| d.name().len());
        let m = repo.find(2).await.unwrap().name().len();
        later("x", ()).await;
        n + m
    }

    repo_mut() -> usize {
        let mut repo = Repo::new();
        if let Some(d) = repo.find_mut(1).await { *d = make("changed"); }
        later("x", ()).await;
        repo.first().name().len()
    }

    repo_mut_let() -> usize {
        let mut repo = Repo::new();
        let d = repo.find_mut(1).await.unwrap();
        *d = make("changed");
        later("x", ()).await;
        repo.first().name().len()
    }

    closure_capturing_await(d: D) with (D("d")) -> usize {
        let n = later("n", 2).await;
        let f = |k: usize| k + n + d.name().len();
        let a = f(1);
        let fut = async { later("inner", f(2)).await };
        a + fut.await
    }

    update_in_branches(c: bool) with (true) -> usize {
        let base = wide();
        let w = if c { later("one", ()).await; Wide { a: make("na"), ..base } } else { Wide { a: make("nb"), ..base } };
        later("end", ()).await;
        w.a.name().len() + w.n as usize
    }

    update_in_await(c: bool) with (true) -> usize {
        let base = wide();
        let w = Wide { a: make("na"), n: later("n", 3).await, ..base };
        later("end", ()).await;
        w.b.name().len() + w.n as usize
    }

    update_base_await() -> usize {
        let w = Wide { a: make("na"), ..{ later("x", ()).await; wide() } };
        later("end", ()).await;
        w.b.name().len() + w.n as usize
    }

    tail_temporaries(x: D) with (D("x")) -> usize {
        let y = make("y");
        later("before", ()).await;
        make("tail").name().len() + peek(&make("peeked")).await + make("tail2").name().len()
    }

    hidden_locals(x: D) with (D("x")) -> usize {
        let x = { later("one", ()).await; (x, make("y")) };
        let x = match x { (x, y) if y.name().len() == later("guard", 1).await => x, (_, y) => y };
        let x = async { let x = x; later("inner", ()).await; x }.await;
        later("two", ()).await;
        x.name().len()
    }

    labelled_value(x: D) with (D("x")) -> D {
        let got = 'out: loop {
            let a = make("a");
            for i in 0..3u32 {
                let b = make("b");
                if fallible(i).await.is_ok_and(|n| n == 1) { break 'out (a, x); }
            }
        };
        later("end", ()).await;
        got.1
    }

    let_else_temp() -> usize {
        let Some(n) = Some(make("temp")).as_ref().map(|d| d.name().len()) else { later("else", ()).await; return 0 };
        let Ok(m) = fallible(v("arg", 3)).await else { let e = make("in_else"); later("else2", ()).await; return n };
        n + m as usize
    }

    assign_index() -> usize {
        let mut list = vec![D("a"), D("b")];
        list[v("i", 1)] = { later("x", ()).await; make("new") };
        list[later("j", 0).await] = make("other");
        later("end", ()).await;
        list.len()
    }

    assign_field(mut p: Pair) with (Pair { a: D("a"), b: D("b") }) -> usize {
        p.a = { later("x", ()).await; make("na") };
        (p.a, p.b) = (make("t1"), { later("y", ()).await; make("t2") });
        later("end", ()).await;
        1
    }

    async_closure() -> u32 {
        let mut total = 0;
        let mut add = async |n: u32| { total += later("add", n).await; total };
        add(1).await;
        add(2).await;
        total
    }

    boxed_dyn(d: D) with (D("d")) -> usize {
        let f: Pin<Box<dyn Future<Output = usize>>> = Box::pin(take(d));
        later("first", ()).await;
        let list: Vec<Pin<Box<dyn Future<Output = usize>>>> = vec![f, Box::pin(take(make("e")))];
        let mut n = 0;
        for f in list { n += f.await; }
        n
    }

    repo_read() -> u32 {
        let repo = Repo::new();
        let count = repo.count(1).await;
        later("x", ()).await;
        *count + repo.counts.len() as u32
    }

    repo_read_in_branch(n: u32) with (1) -> u32 {
        let mut repo = Repo::new();
        let sum = match repo.count_of(n).await {
            Some(count) => *count,
            None => 0,
        };
        if let Some(count) = repo.count_of(2).await && *count > 0 {
            later("then", ()).await;
        }
        let Some(count) = repo.count_of(1).await else {
            return sum;
        };
        sum + *count
    }

    either_of_two(d: D) with (D("d")) -> usize {
        match select(Box::pin(peek(&d)), Box::pin(later("pause", ()))).await {
            Either::Left((n, _)) => n,
            Either::Right(((), rest)) => {
                later("right", ()).await;
                rest.await
            }
        }
    }

    either_of_two_bound() -> usize {
        let d = make("d");
        let first = select(Box::pin(peek(&d)), Box::pin(later("pause", ()))).await;
        match first {
            Either::Left((n, _)) => n,
            Either::Right(((), rest)) => rest.await,
        }
    }

    made_before(mut list: Vec<u32>) with (vec![1]) -> usize {
        let adding = add(&mut list, 2);
        later("between", ()).await;
        adding.await;
        list.len()
    }

    joined_halves() -> u32 {
        let mut conn = Conn { read: 1, written: 2, d: make("conn") };
        let (mut reader, mut writer) = conn.split();
        let reading = reader.read();
        let writing = writer.write();
        let (read, written) = reading.join(writing).await;
        drop((reader, writer));
        later("end", ()).await;
        read + written + conn.d.name().len() as u32
    }
}
