//! What is taken, borrowed, guarded and left early, in one body: the blocks that these need are within each other.

use std::cell::{RefCell, RefMut};
use std::collections::{BTreeMap, VecDeque};

use super::harness::later;
use crate::harness::{D, log, record};

#[derive(Debug)]
#[allow(dead_code, reason = "it is there to be logged")]
struct Failed(&'static str);

#[allow(dead_code, reason = "it is there to be dropped")]
struct Mutex(RefCell<Vec<u32>>, D);
fn mutex(name: &'static str) -> Mutex {
    Mutex(RefCell::new(vec![1, 2, 3]), D(name))
}
impl Mutex {
    async fn lock(&self) -> Guard<'_> {
        later("lock", ()).await;
        Guard(self.0.borrow_mut(), D("guard"))
    }
    async fn read(&self) -> Result<Guard<'_>, Failed> {
        later("read", ()).await;
        match self.0.borrow().len() {
            0 => Err(Failed("empty")),
            _ => Ok(Guard(self.0.borrow_mut(), D("reader"))),
        }
    }
}
#[allow(dead_code, reason = "it is there to be dropped")]
struct Guard<'m>(RefMut<'m, Vec<u32>>, D);
impl Guard<'_> {
    fn push(&mut self, n: u32) {
        self.0.push(n);
    }
    fn len(&self) -> usize {
        self.0.len()
    }
}
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
        let _i = D("inside");
        later("run", self.id).await
    }
    async fn finish(self) -> Result<u32, Failed> {
        later("finish", Ok(self.id)).await
    }
    fn build(self) -> Job {
        log("build");
        Job {
            name: self.name,
            id: self.id + 1,
        }
    }
}
async fn num(n: u32) -> u32 {
    later("num", n).await
}
async fn ok(n: u32) -> Result<u32, Failed> {
    later("ok", if n > 5 { Err(Failed("ok")) } else { Ok(n) }).await
}
async fn eat(d: D) -> usize {
    later("eat", ()).await;
    d.name().len()
}

struct Server {
    open: BTreeMap<u32, Vec<u32>>,
    queue: VecDeque<u32>,
    slots: Vec<u32>,
    sent: u32,
}
fn server() -> Server {
    Server {
        open: BTreeMap::from([(1, vec![1]), (2, vec![])]),
        queue: VecDeque::from([1, 2]),
        slots: vec![1, 2, 3],
        sent: 0,
    }
}

awaits! {
    shadowed_twice(c: bool) with (false) -> u32 {
        for i in 0..2 {
            let j = D("j0");
            let j = job("j");
            let d = D("d1");
            let d = D("d2");
            if c { num(j.run().await).await; }
            if i == 1 { break; }
            num(i).await;
        }
        num(9).await
    }
    shadowed_behind_an_exit(c: bool) with (false) -> Result<u32, Failed> {
        for i in 0..2 {
            let j = job("j");
            let d = D("d1");
            if i == 1 { ok(1).await?; }
            let d = D("d2");
            num(j.id).await;
            if c { num(j.finish().await?).await; num(1).await; }
            num(i).await;
        }
        ok(7).await
    }
    given_beside_a_guard_in_a_branch(c: bool) with (false) -> u32 {
        let m = mutex("m");
        let a = D("a");
        let _y = D("y");
        if m.1.name() == "m" {
            let g = m.lock().await;
            if c { eat(a).await; }
            num(g.len() as u32).await;
        }
        let _z = D("z");
        num(1).await
    }
    given_in_a_branch_in_a_branch(c: bool) with (false) -> u32 {
        let a = D("a");
        let _y = D("y");
        let map = BTreeMap::from([(1, 2), (3, 4)]);
        if map.len() == 2 {
            if let Some(k) = map.get(&1) {
                num(*k).await;
                if c { eat(a).await; }
                num(*k).await;
            }
        }
        let _z = D("z");
        num(1).await
    }
    given_beside_parts_in_a_branch(c: bool) with (false) -> u32 {
        let a = D("a");
        let _y = D("y");
        let text = String::from("a b");
        if text.len() == 3 {
            let mut parts = text.split(' ');
            num(1).await;
            if c { eat(a).await; }
            num(parts.next().unwrap().len() as u32).await;
        }
        let _z = D("z");
        num(1).await
    }
    given_beside_what_is_pinned(c: bool) with (false) -> u32 {
        let a = D("a");
        let _y = D("y");
        if !c {
            let mut n = std::pin::pin!(num(1));
            n.as_mut().await;
            if c { eat(a).await; }
        }
        let _z = D("z");
        num(1).await
    }
    given_in_an_arm_of_an_argument(s: &mut Server, c: bool) with (&mut s, false) given { let mut s = server(); } -> u32 {
        let a = D("a");
        let _y = D("y");
        let n = match s.queue.front() {
            Some(1) => {
                let open = s.open.get_mut(&1).unwrap();
                open.push(num(1).await);
                if c { eat(a).await; }
                open.push(num(1).await);
                s.sent += 1;
                1
            }
            _ => 0,
        };
        let _z = D("z");
        num(n).await
    }
    job_in_a_branch_of_a_borrow(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        let j = job("j");
        let _y = D("y");
        if let Some(open) = s.open.get_mut(&1) {
            let n = j.run().await;
            open.push(n);
            num(3).await;
            open.push(n);
        }
        s.sent += 1;
        num(s.sent).await
    }
    given_in_a_loop_over_keys(c: bool) with (false) -> u32 {
        let a = D("a");
        let _y = D("y");
        let map = BTreeMap::from([(1, 2), (3, 4)]);
        let mut t = 0;
        for k in map.keys() {
            t += num(*k).await;
            if c { t += eat(a).await as u32; break; }
        }
        let _z = D("z");
        num(t).await
    }
    guard_of_an_older_owner() -> u32 {
        let m = mutex("m");
        for i in 0..3 {
            let j = job("j");
            let _y = D("y");
            let mut g = m.lock().await;
            g.push(j.run().await);
            if g.len() > 4 { break; }
            num(i).await;
        }
        let _z = D("z");
        num(9).await
    }
    guard_that_leaves() -> Result<u32, Failed> {
        let m = mutex("m");
        for i in 0..3 {
            let j = job("j");
            let mut g = m.read().await?;
            let _y = D("y");
            let n = j.finish().await?;
            if g.len() > 4 { return Ok(g.len() as u32); }
            g.push(num(i + n).await);
        }
        let _z = D("z");
        Ok(num(9).await)
    }
    shadowed_by_what_it_makes(j: Job, id: u32) with (job("j"), 3) -> u32 {
        let _y = D("y");
        let id = num(id).await;
        let j = j.build();
        let n = j.run().await;
        let id = D("id");
        num(n).await
    }
    best_of_an_argument(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        let mut best = None;
        let j = job("j");
        for (k, list) in &s.open {
            if num(*k).await > 1 { best = Some(list); }
        }
        let n = best.map_or(0, |l| l.len() as u32) + j.run().await;
        s.sent += n;
        num(s.sent).await
    }
    slots_of_an_argument(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        let mut refs = Vec::new();
        let _y = D("y");
        for slot in s.slots.iter_mut() {
            *slot += num(1).await;
            refs.push(slot);
        }
        for r in refs { *r += num(1).await; }
        s.sent += 1;
        num(s.slots.iter().sum()).await
    }
    shadowed_in_between(c: bool) with (true) -> u32 {
        for i in 0..2 {
            let j = job("j");
            let d = D("d1");
            let d = D("d2");
            let n = j.run().await;
            if c { break; }
            num(i + n).await;
        }
        num(9).await
    }
    parts_that_end_first(c: bool) with (false) -> u32 {
        let m = mutex("m");
        for i in 0..2 {
            let text = String::from("x y z");
            let j = job("j");
            let _y = D("y");
            let mut parts = text.split(' ');
            let mut t = num(1).await;
            t += j.run().await;
            t += parts.next().unwrap().len() as u32;
            if c { break; }
            num(t).await;
        }
        num(9).await
    }
    job_in_a_branch(c: bool) with (true) -> u32 {
        let map = BTreeMap::from([(1, 2), (3, 4)]);
        let j = job("j");
        let _y = D("y");
        if let Some(n) = map.get(&1) {
            num(1).await;
            if c { num(j.run().await).await; }
            num(*n).await;
        }
        num(9).await
    }
    job_into_a_cell(c: bool) with (true) -> u32 {
        let cell = RefCell::new(vec![1]);
        let j = job("j");
        let _y = D("y");
        cell.borrow_mut().push(j.run().await);
        num(9).await
    }
    job_into_an_entry(c: bool) with (true) -> u32 {
        let mut map = BTreeMap::from([(1, vec![2])]);
        let j = job("j");
        let _y = D("y");
        map.entry(1).or_default().push(j.run().await);
        num(9).await
    }
    job_into_an_entry_of_an_argument(s: &mut Server) with (&mut s) given { let mut s = server(); } -> u32 {
        let j = job("j");
        let _y = D("y");
        s.open.entry(1).or_default().push(j.run().await);
        s.sent += 1;
        num(s.sent).await
    }
    guards_of_an_argument(m: &mut Mutex) with (&mut m) given { let mut m = mutex("m"); } -> u32 {
        let j = job("j");
        let _y = D("y");
        { let mut g = m.lock().await; g.push(j.run().await); }
        m.0.get_mut().push(1);
        let k = job("k");
        let g = m.lock().await;
        let n = k.build().run().await;
        num(n).await
    }
    older_one_moved_beside_a_guard(d: D, c: bool) with (D("d"), true) -> Result<u32, Failed> {
        for i in 0..2 {
        let m = mutex("m");
        let d = D("in");
        let j = job("j");
        let e = D("e");
        let g = m.lock().await;
        let n = j.run().await;
        let k = eat(d).await;
        if c { continue; }
        num(n).await;
        }
        ok(6).await
    }
    older_one_moved_in_a_block(d: D, c: bool) with (D("d"), true) -> Result<u32, Failed> {
        let t = {
        let m = mutex("m");
        let d = D("in");
        let j = job("j");
        let e = D("e");
        let g = m.lock().await;
        let n = j.finish().await?;
        let k = eat(d).await;
        if c { return Ok(n); }
        num(n).await
        };
        ok(t).await
    }
    finished_in_a_branch(d: D, c: bool) with (D("d"), true) -> Result<u32, Failed> {
        let j = job("j");
        let e = D("e");
        let m = mutex("m");
        if c {
            let g = m.lock().await;
            let n = j.finish().await?;
            num(n).await;
        }
        ok(6).await
    }
    finished_in_the_value_of_a_branch(d: D, c: bool) with (D("d"), true) -> Result<u32, Failed> {
        let j = job("j");
        let e = D("e");
        let m = mutex("m");
        let n = if c {
            let g = m.lock().await;
            j.finish().await?
        } else { 1 };
        num(n).await;
        ok(6).await
    }
    job_of_a_round(s: &mut Server, js: Vec<Job>) with (&mut s, vec![job("j"), job("k")]) given { let mut s = server(); } -> Result<u32, Failed> {
        let _y = D("y");
        for j in js {
            let d = D("d");
            let open = s.open.get_mut(&2).unwrap();
            let n = j.finish().await?;
            open.push(n);
            if open.len() > 1 { break; }
            s.sent += num(n).await;
        }
        s.sent += 2;
        Ok(num(s.sent).await)
    }
    job_of_a_round_in_a_branch(s: &mut Server, js: Vec<Job>) with (&mut s, vec![job("j"), job("k")]) given { let mut s = server(); } -> u32 {
        let _y = D("y");
        for j in js {
            let d = D("d");
            if let Some(open) = s.open.get_mut(&2) {
                let n = j.run().await;
                open.push(n);
                if open.len() > 1 { continue; }
                open.push(num(n).await);
            }
            s.sent += num(1).await;
        }
        s.sent += 2;
        num(s.sent).await
    }
    job_and_a_part_of_an_owner(mut s: Server) with (server()) -> u32 {
        let _y = D("y");
        let j = job("j");
        if let Some(open) = s.open.get_mut(&1) {
            open.push(j.run().await);
            open.push(num(2).await);
        }
        s.sent += 1;
        num(s.sent).await
    }
    shadowed_and_perhaps_taken(c: bool) with (false) -> u32 {
        for i in 0..2 {
            let j = job("j");
            let d = D("d1");
            let d = D("d2");
            if c { num(j.run().await).await; }
            if i == 1 { break; }
            num(i).await;
        }
        num(9).await
    }
    shadowed_and_perhaps_taken_in_a_guard(c: bool) with (false) -> u32 {
        let m = mutex("m");
        for i in 0..2 {
            let j = job("j");
            let d = D("d1");
            let d = D("d2");
            let g = m.lock().await;
            if c { num(j.run().await).await; }
            if i == 1 { break; }
            num(i).await;
        }
        num(9).await
    }
    given_in_a_branch(c: bool) with (false) -> u32 {
        let a = D("a");
        let _y = D("y");
        let map = BTreeMap::from([(1, 2), (3, 4)]);
        if let Some(k) = map.get(&1) {
            num(*k).await;
            if c { eat(a).await; }
            num(*k).await;
        }
        let _z = D("z");
        num(1).await
    }
    given_in_a_branch_of_an_argument(s: &mut Server, c: bool) with (&mut s, false) given { let mut s = server(); } -> u32 {
        let a = D("a");
        let _y = D("y");
        if let Some(k) = s.open.get_mut(&1) {
            k.push(num(1).await);
            if c { eat(a).await; }
            k.push(num(1).await);
        }
        s.sent += 1;
        let _z = D("z");
        num(1).await
    }
    given_in_a_while(c: bool) with (false) -> u32 {
        let _y = D("y");
        let cell = RefCell::new(vec![1, 2]);
        let a = D("a");
        while let Some(n) = cell.borrow_mut().pop() {
            num(n).await;
            if c { eat(a).await; break; }
        }
        let _z = D("z");
        num(1).await
    }
    given_in_an_arm(c: bool) with (false) -> u32 {
        let a = D("a");
        let _y = D("y");
        let cell = RefCell::new(vec![1, 2]);
        let n = match cell.borrow_mut().pop() { Some(n) if c => eat(a).await as u32, Some(n) => num(n).await, None => 0 };
        let _z = D("z");
        num(n).await
    }
}
