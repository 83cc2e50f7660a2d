//! Methods that may take what they are called on: each body stands here with one that does and with one that borrows.

use super::harness::later;
use crate::harness::{D, log, record, v};

/// What its methods take.
struct Taken(D, u32);

/// What its methods borrow.
struct Kept(D, u32);

fn taken(name: &'static str) -> Taken {
    record(format!("new {name}"));
    Taken(D(name), 3)
}

fn kept(name: &'static str) -> Kept {
    record(format!("new {name}"));
    Kept(D(name), 3)
}

#[derive(Debug)]
struct Failed(u32);

#[derive(Debug)]
struct Converted(#[expect(dead_code, reason = "is there to be shown")] u32);

impl From<Failed> for Converted {
    fn from(failed: Failed) -> Self {
        log(format!("convert {}", failed.0));
        Converted(failed.0)
    }
}

impl Taken {
    async fn run(self, n: u32) -> Result<u32, Failed> {
        let _inside = D("inside");
        let n = later("run", n).await;
        if n > 5 { Err(Failed(n)) } else { Ok(n + self.1) }
    }
    fn finish(self) -> u32 {
        log("finish");
        self.1
    }
    fn build(self, name: &'static str) -> Taken {
        log("build");
        let _old = self;
        Taken(D(name), 4)
    }
    async fn close(self) -> u32 {
        later("close", 1).await
    }
    async fn send(self) -> Result<Taken, Failed> {
        later("send", ()).await;
        Ok(Taken(D("sent"), 1))
    }
    fn header(self, n: u32) -> Taken {
        log("header");
        Taken(D("with header"), n)
    }
    fn then(self, f: impl FnOnce(u32) -> u32) -> Taken {
        log("then");
        Taken(D("mapped"), f(self.1))
    }
    async fn text(self) -> Result<usize, Failed> {
        later("text", self.0.name().len()).await;
        Ok(4)
    }
}

impl Kept {
    async fn run(&self, n: u32) -> Result<u32, Failed> {
        let _inside = D("inside");
        let n = later("run", n).await;
        if n > 5 { Err(Failed(n)) } else { Ok(n + self.1) }
    }
    fn finish(&self) -> u32 {
        log("finish");
        self.1
    }
    fn build(&self, name: &'static str) -> Kept {
        log("build");
        Kept(D(name), 4)
    }
    async fn close(&mut self) -> u32 {
        later("close", 1).await
    }
    async fn send(&self) -> Result<Kept, Failed> {
        later("send", ()).await;
        Ok(Kept(D("sent"), 1))
    }
    fn header(&self, n: u32) -> Kept {
        log("header");
        Kept(D("with header"), n)
    }
    fn then(&self, f: impl FnOnce(u32) -> u32) -> Kept {
        log("then");
        Kept(D("mapped"), f(self.1))
    }
    async fn text(&self) -> Result<usize, Failed> {
        later("text", self.0.name().len()).await;
        Ok(4)
    }
}

async fn check(n: u32) -> Result<u32, Failed> {
    let n = later("check", n).await;
    if n > 5 { Err(Failed(n)) } else { Ok(n) }
}

fn limit(n: u32) -> Result<u32, Failed> {
    log("limit");
    if n > 5 { Err(Failed(n)) } else { Ok(n) }
}

/// The bodies with `Job` as either.
macro_rules! both {
    ($($bodies:tt)*) => {
        mod by_value {
            use super::{taken as new, Taken as Job, *};
            awaits! { $($bodies)* }
        }
        mod by_reference {
            use super::{kept as new, Kept as Job, *};
            awaits! { $($bodies)* }
        }
    };
}

both! {
    between_others() -> Result<u32, Converted> {
        let _older = D("older");
        let job = new("job");
        let _younger = D("younger");
        let n = job.run(1).await?;
        let _late = D("late");
        let m = check(n).await?;
        Ok(n + m)
    }
    of_an_argument(_before: D, job: Job, _after: D, n: u32) with (D("before"), new("argument"), D("after"), 2) -> Result<u32, Converted> {
        let _local = D("local");
        let n = job.run(n).await?;
        later("then", ()).await;
        check(n + 1).await?;
        Ok(n)
    }
    fails_at_the_call(job: Job, n: u32) with (new("argument"), 9) -> Result<u32, Converted> {
        let _younger = D("younger");
        let n = job.run(n).await?;
        check(n).await?;
        Ok(n)
    }
    fails_in_an_argument(n: u32) with (9) -> Result<u32, Converted> {
        let _older = D("older");
        let job = new("job");
        let _younger = D("younger");
        let n = job.run(limit(n)?).await?;
        check(n).await?;
        Ok(n)
    }
    awaits_in_an_argument(n: u32) with (1) -> Result<u32, Converted> {
        let _older = D("older");
        let job = new("job");
        let _younger = D("younger");
        let n = job.run(check(n).await?).await?;
        check(n).await?;
        Ok(n)
    }
    fails_in_an_awaited_argument(n: u32) with (9) -> Result<u32, Converted> {
        let _older = D("older");
        let job = new("job");
        let _younger = D("younger");
        let n = job.run(check(n).await?).await?;
        check(n).await?;
        Ok(n)
    }
    in_front_of_the_call(n: u32) with (1) -> Result<u32, Converted> {
        let _older = D("older");
        let job = new("job");
        let _younger = D("younger");
        let n = check(n).await? + v("middle", 1) + job.run(1).await?;
        Ok(n + check(n).await?)
    }
    fails_in_front_of_the_call(n: u32) with (9) -> Result<u32, Converted> {
        let _older = D("older");
        let job = new("job");
        let _younger = D("younger");
        let n = check(n).await? + job.run(1).await?;
        Ok(n + check(n).await?)
    }
    without_an_await_of_its_own(job: Job) with (new("argument")) -> u32 {
        let _younger = D("younger");
        let n = job.finish();
        let _late = D("late");
        later("then", n).await
    }
    in_a_loop(n: u32) with (3) -> Result<u32, Converted> {
        let _older = D("older");
        let mut sum = 0;
        for k in 0..n {
            let _before = D("before");
            let job = new("job");
            let _younger = D("younger");
            sum += job.run(k).await?;
            later("then", ()).await;
            if sum > 7 { break; }
            check(sum).await?;
        }
        Ok(sum)
    }
    in_a_loop_without_exits(n: u32) with (2) -> u32 {
        let mut sum = 0;
        for k in 0..n {
            let job = new("job");
            let _younger = D("younger");
            sum += job.run(k).await.unwrap_or(7);
            later("then", ()).await;
            log(sum);
        }
        sum
    }
    in_a_loop_that_returns(jobs: Vec<Job>) with (vec![new("a"), new("b")]) -> Result<u32, Converted> {
        for job in jobs {
            let _younger = D("younger");
            if let Ok(n) = job.run(2).await {
                log(n);
                if v("enough", n > 4) { return Ok(n); }
            }
            check(1).await?;
        }
        Ok(0)
    }
    in_a_loop_that_continues(jobs: Vec<Job>) with (vec![new("a"), new("b")]) -> u32 {
        let mut sum = 0;
        for job in jobs {
            let _before = D("before");
            let n = job.finish();
            if n == sum { continue; }
            sum += later("then", n).await;
            let _after = D("after");
        }
        sum
    }
    an_option_in_a_loop(mut jobs: Vec<Job>) with (vec![new("a"), new("b")]) -> Option<u32> {
        while let Some(job) = jobs.pop() {
            let name = job.0.name().to_owned();
            let _younger = D("younger");
            if let Ok(n) = job.run(2).await {
                log(&name);
                if name == "a" { return Some(n); }
            }
            check(name.len() as u32).await.ok()?;
        }
        None
    }
    on_two_paths(job: Job, early: bool) with (new("argument"), true) -> Result<u32, Converted> {
        let _younger = D("younger");
        if v("early", early) {
            let _inner = D("inner");
            let n = job.finish();
            check(n).await?;
            return Ok(n);
        }
        let n = job.run(1).await?;
        later("then", ()).await;
        Ok(n)
    }
    on_the_other_path(job: Job, early: bool) with (new("argument"), false) -> Result<u32, Converted> {
        let _younger = D("younger");
        if v("early", early) {
            let n = job.finish();
            check(n).await?;
            return Ok(n);
        }
        let n = job.run(1).await?;
        later("then", ()).await;
        Ok(n)
    }
    in_arms(job: Job, n: u32) with (new("argument"), 1) -> Result<u32, Converted> {
        let _younger = D("younger");
        match check(n).await {
            Ok(1) => {
                let n = job.run(1).await?;
                let _late = D("late");
                check(n).await?;
                Ok(n)
            }
            Ok(n) => Ok(job.finish() + n),
            Err(failed) => {
                job.finish();
                later("then", ()).await;
                Err(failed.into())
            }
        }
    }
    in_arms_that_go_on(job: Job, n: u32) with (new("argument"), 2) -> u32 {
        let _younger = D("younger");
        let n = match n {
            1 => job.finish(),
            n => {
                let n = job.run(n).await.unwrap_or(0);
                later("arm", n).await
            }
        };
        log(n);
        later("behind", n).await
    }
    at_the_end_of_an_arm(mut list: Vec<Option<Job>>) with (vec![None, Some(new("a"))]) -> u32 {
        let mut sum = 0;
        while let Some(next) = later("next", list.pop()).await {
            match next {
                Some(job) => {
                    let _younger = D("younger");
                    sum += job.finish();
                }
                None => sum += later("none", 1).await,
            }
            log(sum);
        }
        sum
    }
    two_of_them() -> Result<u32, Converted> {
        let a = new("a");
        let b = new("b");
        let _younger = D("younger");
        let n = a.run(1).await?;
        let m = b.run(n).await?;
        check(1).await?;
        Ok(n + m)
    }
    one_makes_the_next() -> u32 {
        let _older = D("older");
        let first = new("first");
        let second = first.build("second");
        let _younger = D("younger");
        later("between", ()).await;
        let third = second.build("third");
        later("then", third.1).await
    }
    with_what_it_borrows_lent() -> Result<u32, Converted> {
        let mut list = vec![D("in list")];
        for k in 0..2 {
            let job = new("job");
            let n = job.run(k).await?;
            list.push(D("pushed"));
            grow(&mut list).await;
            check(n).await?;
        }
        Ok(list.len() as u32)
    }
    closed_as_a_statement(mut job: Job, n: u32) with (new("argument"), 1) -> Result<u32, Converted> {
        let _younger = D("younger");
        log(job.1);
        job.close().await;
        check(n).await?;
        Ok(n)
    }
    closed_at_the_end(mut job: Job, n: u32) with (new("argument"), 1) -> Result<usize, Converted> {
        let younger = D("younger");
        check(n).await?;
        job.close().await;
        Ok(younger.name().len())
    }
    closed_in_front_of_the_end(mut job: Job) with (new("argument")) -> usize {
        job.0 = D("changed");
        job.close().await;
        log("closed");
        1
    }
    a_temporary() -> Result<usize, Converted> {
        let _older = D("older");
        let n = new("temporary").header(1).send().await?.text().await?;
        let _late = D("late");
        later("then", n).await;
        Ok(n)
    }
    a_temporary_around_an_await(n: u32) with (9) -> Result<usize, Converted> {
        let _older = D("older");
        let sent = new("temporary").header(check(n).await?).send().await?;
        Ok(sent.0.name().len())
    }
    a_temporary_at_the_end() -> Result<usize, Converted> {
        let _older = D("older");
        Ok(new("temporary").send().await?.header(2).text().await? + v("more", 1))
    }
    a_temporary_in_a_scrutinee() -> usize {
        let _older = D("older");
        let n = match new("temporary").send().await {
            Ok(sent) => sent.0.name().len(),
            Err(failed) => failed.0 as usize,
        };
        later("then", n).await
    }
    a_temporary_in_a_condition() -> Result<usize, Converted> {
        let mut n = 0;
        for round in 0..3 {
            if let Ok(sent) = new("temporary").send().await {
                if round == 1 { continue; }
                n += later("arm", sent.0.name().len()).await;
            }
            check(round).await?;
        }
        Ok(n)
    }
    bound_beside_others(mut list: Vec<(Job, D)>) with (vec![(new("a"), D("x")), (new("b"), D("y"))]) -> Result<u32, Converted> {
        let mut sum = 0;
        while let Some(next) = later("next", list.pop()).await {
            let (job, other) = next;
            let id = job.1;
            let name = other.name();
            let n = job.run(id).await?;
            if name.len() as u32 == n { break; }
            sum += check(n - 2).await?;
        }
        Ok(sum)
    }
    of_which_a_part_was_used(job: Job) with (new("argument")) -> Result<u32, Converted> {
        let id = job.1;
        let _younger = D("younger");
        let n = job.run(id).await?;
        check(n - 3).await?;
        Ok(n)
    }
    chained_and_awaited_later(n: u32) with (1) -> Result<u32, Converted> {
        let _older = D("older");
        let job = new("job");
        let _younger = D("younger");
        let end = job.then(|n| n + 1).then(|n| n * 2);
        let n = end.run(n).await?;
        check(n - 5).await?;
        Ok(n)
    }
    chained_and_awaited_at_once(job: Job) with (new("argument")) -> Result<u32, Converted> {
        let _younger = D("younger");
        let n = job.then(|n| n + 1).then(|n| n - 2).run(1).await?;
        check(n - 2).await?;
        Ok(n)
    }
    chained_into_a_list(n: u32) with (3) -> Result<u32, Converted> {
        let mut jobs = Vec::new();
        for k in 0..n {
            let job = new("job");
            let _younger = D("younger");
            jobs.push(job.then(move |n| n + k).then(|n| n + 1));
            later("between", ()).await;
        }
        Ok(jobs.iter().map(|job| job.1).sum())
    }
    chained_under_its_own_name(job: Job) with (new("argument")) -> Result<u32, Converted> {
        let job = job.then(|n| n + 1).then(|n| n - 2);
        later("between", ()).await;
        Ok(job.run(1).await?)
    }
    in_a_macro(n: u32) with (1) -> Result<String, Converted> {
        let job = new("job");
        let _younger = D("younger");
        let text = format!("{}", job.run(n).await?);
        check(n).await?;
        Ok(text)
    }
    in_an_assertion(job: Job) with (new("argument")) -> Result<(), Converted> {
        let _younger = D("younger");
        assert_eq!(job.run(1).await?, 4);
        check(1).await?;
        Ok(())
    }
    a_temporary_in_a_macro(n: u32) with (1) -> Result<(), Converted> {
        let _older = D("older");
        assert_eq!(new("job").run(n).await?, 4);
        check(n).await?;
        Ok(())
    }
    returned_early(job: Job) with (new("argument")) -> u32 {
        let _younger = D("younger");
        if v("early", true) {
            let _inner = D("inner");
            return job.run(1).await.unwrap_or(0) + later("more", 1).await;
        }
        0
    }
}

async fn grow(list: &mut Vec<D>) {
    later("grow", ()).await;
    list.push(D("grown"));
}
