//! Awaits with which the scope of a variable ends: the future has it, and does not give it back. So a method may take it by
//! value.

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use super::harness::later;
use crate::harness::{D, log, record, v};

struct Job {
    name: D,
    id: u32,
}

fn job(name: &'static str) -> Job {
    record(format!("new {name}"));
    Job { name: D(name), id: 7 }
}

impl Job {
    async fn run(self) -> u32 {
        let _inside = D("inside");
        later("run", self.id).await
    }
    async fn look(&self) -> u32 {
        later("look", self.id).await
    }
    async fn shared(self: Arc<Self>) -> u32 {
        later("shared", self.id).await
    }
    async fn counted(self: Rc<Self>, other: u32) -> u32 {
        later("counted", self.id + other).await
    }
    async fn boxed(self: Box<Self>) -> u32 {
        later("boxed", self.id).await
    }
    async fn pinned(self: Pin<&mut Self>) -> u32 {
        later("pinned", self.id).await
    }
    fn start(self) -> impl Future<Output = u32> {
        log("start");
        later("started", self.id)
    }
    fn part(&self) -> &D {
        log("part");
        &self.name
    }
}

async fn peek(d: &D) -> usize {
    later("peek", ()).await;
    d.name().len()
}

awaits! {
    at_the_end() -> u32 {
        let _older = D("older");
        let job = job("job");
        let _younger = D("younger");
        job.run().await
    }
    of_an_argument(job: Job, _younger: D) with (job("job"), D("younger")) -> u32 {
        job.run().await
    }
    borrowed_at_the_end() -> u32 {
        let _older = D("older");
        let job = job("job");
        let _younger = D("younger");
        job.look().await
    }
    as_a_statement(job: Job) with (job("job")) {
        let _younger = D("younger");
        job.run().await;
    }
    borrowed_as_a_statement(job: Job) with (job("job")) {
        let _younger = D("younger");
        later("first", D("first")).await;
        job.look().await;
    }
    output_with_a_drop_as_a_statement(job: Job) with (job("job")) {
        let _younger = D("younger");
        later(job.name.name(), D("output")).await;
    }
    output_with_a_drop() -> usize {
        let n = {
            let job = job("job");
            later(job.name.name(), D("output")).await
        };
        n.name().len()
    }
    output_bound_to_nobody(job: Job) with (job("job")) {
        let _output = later(job.name.name(), D("output")).await;
    }
    output_taken_apart(job: Job) with (job("job")) {
        let (_a, _) = later(job.name.name(), (D("a"), D("b"))).await;
    }
    returned(job: Job) with (job("job")) -> u32 {
        if v("early", true) {
            let _inner = D("inner");
            return job.run().await;
        }
        job.look().await
    }
    in_a_loop(jobs: Vec<Job>) with (vec![job("a"), job("b")]) -> u32 {
        let _guard = D("guard");
        for job in jobs {
            let _round = D("round");
            job.run().await;
        }
        later("end", 1).await
    }
    in_a_loop_of_an_await() -> u32 {
        let mut jobs = vec![job("a"), job("b")];
        while let Some(job) = later("next", jobs.pop()).await {
            job.run().await;
        }
        jobs.len() as u32
    }
    in_arms(n: u32) with (2) -> u32 {
        let (a, b) = (job("a"), job("b"));
        let _guard = D("guard");
        match later("n", n).await {
            1 => a.run().await,
            2 => b.run().await,
            _ => a.look().await,
        }
    }
    in_an_arm_that_binds(job: Option<Job>) with (Some(job("job"))) -> u32 {
        let n = match job {
            Some(job) => job.run().await,
            None => 0,
        };
        log(n);
        later("n", n).await
    }
    in_a_block() -> u32 {
        let n = {
            let job = job("job");
            let _younger = D("younger");
            job.run().await
        };
        n + later("after", 1).await
    }
    boxes_and_counts() -> u32 {
        let boxed = Box::new(job("boxed"));
        let a = { boxed }.boxed().await;
        let counted = Rc::new(job("counted"));
        let _other = counted.clone();
        counted.counted(a).await
    }
    shared() -> u32 {
        let shared = Arc::new(job("shared"));
        let _other = shared.clone();
        shared.shared().await
    }
    pinned() -> u32 {
        let mut pinned = Box::pin(job("pinned"));
        pinned.as_mut().pinned().await + pinned.as_mut().pinned().await
    }
    started_by_a_method(job: Job) with (job("job")) -> u32 {
        let _younger = D("younger");
        job.start().await
    }
    of_temporaries() -> u32 {
        let _younger = D("younger");
        job("temporary").run().await
    }
    output_that_is_a_number_bound_to_nobody(job: Job) with (job("job")) {
        let _n: u32 = later(job.name.name(), 1).await;
    }
    a_part_of_it() -> usize {
        let job = job("job");
        let _younger = D("younger");
        peek(&job.name).await
    }
    a_part_of_it_by_value() -> usize {
        let pair = (D("left"), D("right"));
        let _younger = D("younger");
        match &pair {
            (left, _) => peek(left).await,
        }
    }
    temporaries_of_it() -> usize {
        let job = job("job");
        peek(job.part()).await
    }
    moved_on_one_path(c: bool) with (true) -> u32 {
        let job = job("job");
        let _younger = D("younger");
        if v("c", c) {
            drop(job);
            return later("gone", 1).await;
        }
        job.run().await
    }
    joined_at_the_end() -> (u32, u32) {
        let (a, b) = (job("a"), job("b"));
        let _younger = D("younger");
        futures::join!(a.look(), b.run())
    }
    beside_what_is_lent() -> u32 {
        let mut sum = vec![D("first")];
        for name in ["a", "b"] {
            let job = job(name);
            extend(&mut sum, job.name).await;
        }
        sum.len() as u32
    }
    beside_an_older_one_that_may_be_gone(c: bool) with (true) -> u32 {
        let older = D("older");
        if v("c", c) {
            drop(older);
        }
        let job = job("job");
        job.run().await
    }
    beside_a_younger_one_that_may_be_gone(c: bool) with (false) -> u32 {
        let job = job("job");
        let younger = D("younger");
        if v("c", c) {
            drop(younger);
        }
        job.look().await
    }
}

async fn extend(list: &mut Vec<D>, item: D) {
    later("extend", ()).await;
    list.push(item);
}

#[derive(Debug)]
struct Failed(&'static str);

/// Says so.
#[derive(Debug)]
struct Converted(#[expect(dead_code, reason = "is there to be shown")] &'static str);

impl From<Failed> for Converted {
    fn from(failed: Failed) -> Self {
        log(format!("convert {}", failed.0));
        Converted(failed.0)
    }
}

impl Job {
    async fn load(self, fails: bool) -> Result<D, Failed> {
        later("load", ()).await;
        match fails {
            true => Err(Failed("load")),
            false => Ok(D("loaded")),
        }
    }
    async fn check(&self, fails: bool) -> Result<D, Failed> {
        later("check", ()).await;
        match fails {
            true => Err(Failed("check")),
            false => Ok(D("checked")),
        }
    }
    async fn add_to(self, list: &mut Vec<D>, fails: bool) -> Result<u32, Failed> {
        later("add", ()).await;
        list.push(self.name);
        if fails { Err(Failed("add")) } else { Ok(self.id) }
    }
    async fn maybe(self) -> Option<D> {
        later("maybe", Some(self.name)).await
    }
}

mod aliased {
    pub type Result<T> = std::result::Result<T, super::Converted>;
}

awaits! {
    tried_in_a_loop(fails: bool) with (false) -> Result<u32, Converted> {
        let mut n = 0;
        for name in ["a", "b"] {
            let job = job(name);
            let _younger = D("younger");
            job.load(fails).await?;
            n += 1;
        }
        Ok(n)
    }
    tried_in_a_loop_and_fails(fails: bool) with (true) -> Result<u32, Converted> {
        for name in ["a", "b"] {
            let job = job(name);
            let _younger = D("younger");
            job.load(fails).await?;
        }
        Ok(1)
    }
    borrowed_and_tried(fails: bool) with (true) -> Result<u32, Converted> {
        let _older = D("older");
        for name in ["a", "b"] {
            let job = job(name);
            let _younger = D("younger");
            job.check(name == "b" && fails).await?;
        }
        Ok(1)
    }
    tried_at_the_end(job: Job, fails: bool) with (job("job"), true) -> aliased::Result<D> {
        let _younger = D("younger");
        Ok(job.check(fails).await?)
    }
    tried_at_the_end_and_given(job: Job) with (job("job")) -> aliased::Result<D> {
        let _younger = D("younger");
        Ok(job.load(false).await?)
    }
    tried_in_a_block(fails: bool) with (true) -> aliased::Result<usize> {
        let _older = D("older");
        let d = {
            let job = job("job");
            job.check(fails).await?
        };
        Ok(later("after", d.name().len()).await)
    }
    tried_beside_what_is_lent(fails: bool) with (true) -> Result<usize, Converted> {
        let mut list = vec![D("first")];
        for name in ["a", "b"] {
            let job = job(name);
            job.add_to(&mut list, fails && name == "b").await?;
        }
        Ok(list.len())
    }
    tried_beside_what_is_lent_to_the_end() -> Result<usize, Converted> {
        let mut list = vec![D("first")];
        for name in ["a", "b"] {
            let job = job(name);
            let _younger = D("younger");
            job.add_to(&mut list, false).await?;
        }
        Ok(list.len())
    }
    output_dropped_by_a_statement(fails: bool) with (false) -> Result<(), Converted> {
        let mut list = vec![D("first")];
        for name in ["a", "b"] {
            let job = job(name);
            (job.check(fails).await?, list.push(D("pushed"))).0.name();
            job.check(fails).await?;
        }
        Ok(())
    }
    option_tried() -> Option<usize> {
        let mut n = 0;
        for name in ["a", "b"] {
            let job = job(name);
            let _younger = D("younger");
            job.maybe().await?;
            n += 1;
        }
        Some(n)
    }
    boxed_error(fails: bool) with (true) -> Result<usize, Box<dyn std::any::Any>> {
        let job = job("job");
        Ok(later("x", Err::<usize, Box<dyn std::any::Any>>(Box::new(job.name.name()))).await?)
    }
}

struct Pool {
    name: D,
    jobs: Vec<Job>,
    #[expect(dead_code, reason = "is there to be dropped")]
    rest: D,
}

fn pool() -> Pool {
    Pool {
        name: D("name"),
        jobs: vec![job("a"), job("b")],
        rest: D("rest"),
    }
}

awaits! {
    loops_over_a_field(pool: Pool, _younger: D) with (pool(), D("younger")) -> u32 {
        let _guard = D("guard");
        let mut sum = later("first", 1).await;
        for job in pool.jobs {
            sum += job.run().await;
        }
        log(pool.name.name());
        later("end", sum).await
    }
    loops_over_a_field_and_fails(pool: Pool) with (pool()) -> Result<u32, Converted> {
        let _guard = D("guard");
        let mut sum = 0;
        for job in pool.jobs {
            job.load(sum == 1).await?;
            sum += 1;
        }
        Ok(later("end", sum).await)
    }
    takes_fields_and_leaves_others(pool: Pool) with (pool()) -> u32 {
        let _guard = D("guard");
        let Pool { jobs, name, .. } = pool;
        let mut sum = 0;
        for job in jobs {
            sum += job.look().await;
        }
        drop(name);
        later("end", sum).await
    }
}

trait Sink {
    async fn send(&mut self, n: u32) -> Result<(), D>;
    async fn finish(self) -> Result<u32, D>;
}

/// It lives as long as what it borrows.
struct Transaction<'t>(&'t mut u32, #[expect(dead_code, reason = "is there to be dropped")] D);

impl Sink for Transaction<'_> {
    async fn send(&mut self, n: u32) -> Result<(), D> {
        *self.0 += later("send", n).await;
        if *self.0 > 9 { Err(D("too many")) } else { Ok(()) }
    }
    async fn finish(self) -> Result<u32, D> {
        Ok(later("finish", *self.0).await)
    }
}

impl Transaction<'_> {
    async fn commit(self) -> u32 {
        later("commit", *self.0).await
    }
}

async fn begin(total: &mut u32) -> Transaction<'_> {
    later("begin", ()).await;
    Transaction(total, D("transaction"))
}

awaits! {
    of_any_type[S: Sink](mut sink: S, list: &[u32]) with (Transaction(&mut total, D("sink")), &[1, 2])
        given { let mut total = 1; } -> Result<u32, D> {
        let _guard = D("guard");
        for &n in list {
            sink.send(n).await?;
        }
        sink.finish().await
    }
    that_borrows(total: &mut u32) with (&mut total) given { let mut total = 1; } -> Result<u32, D> {
        let mut transaction = begin(total).await;
        let _younger = D("younger");
        transaction.send(1).await?;
        transaction.send(2).await?;
        let end = transaction.commit().await;
        Ok(later("end", end).await)
    }
    that_borrows_and_fails(total: &mut u32) with (&mut total) given { let mut total = 1; } -> Result<u32, D> {
        let mut transaction = begin(total).await;
        let _younger = D("younger");
        transaction.send(1).await?;
        transaction.send(9).await?;
        let end = transaction.commit().await;
        Ok(later("end", end).await)
    }
}
