//! What ends before a guard's owner goes on ends in order, whatever may have been moved, and whatever is around the jump. The guards
//! here borrow nothing, so that it all compiles.

use std::cell::Cell;
use std::rc::Rc;

use super::harness::later;
use crate::harness::{D, log, record, v};

pub fn make(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

pub struct RcGuard(Rc<Cell<u32>>);

impl RcGuard {
    pub fn new(count: &Rc<Cell<u32>>) -> Self {
        log("guard");
        RcGuard(Rc::clone(count))
    }

    fn pair(count: &Rc<Cell<u32>>, name: &'static str) -> (RcGuard, D) {
        (RcGuard::new(count), make(name))
    }

    pub fn get(&self) -> u32 {
        self.0.get()
    }
}

impl Drop for RcGuard {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
        record(format!("count {}", self.0.get()));
    }
}

/// Its drop may panic.
struct LoggingGuard(Rc<Cell<u32>>, &'static str);

impl LoggingGuard {
    fn new(count: &Rc<Cell<u32>>, name: &'static str) -> Self {
        log("guard");
        LoggingGuard(Rc::clone(count), name)
    }
}

impl Drop for LoggingGuard {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
        match std::thread::panicking() {
            true => record("panicking".into()),
            false => log(format!("drop {}", self.1)),
        }
    }
}

/// Its methods have the names of those that give guards.
pub struct Lock {
    count: Rc<Cell<u32>>,
    name: &'static str,
}

pub fn lock(name: &'static str) -> Lock {
    let count = Rc::new(Cell::new(0));
    Lock { count, name }
}

impl Lock {
    pub fn lock(&self) -> RcGuard {
        log(self.name);
        RcGuard(Rc::clone(&self.count))
    }

    fn enter(&self) -> Result<RcGuard, D> {
        Ok(RcGuard(Rc::clone(&self.count)))
    }

    fn drain(&mut self) -> D {
        make("drained")
    }

    pub fn read(&self) -> u32 {
        self.count.get()
    }

    fn borrow(&self) -> &Rc<Cell<u32>> {
        &self.count
    }
}

awaits! {
    either_younger_than_guard() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let guard = RcGuard::new(&count);
            let d = make("d");
            if count.get() > 0 { drop(d); }
            if count.get() < 3 { continue; }
            break;
        }
        later("end", count.get()).await
    }
    either_older_than_guard() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let guard = RcGuard::new(&count);
            if count.get() > 0 { drop(d); }
            if count.get() < 3 { continue; }
            break;
        }
        later("end", count.get()).await
    }
    either_younger_at_the_end() -> u32 {
        let count = Rc::new(Cell::new(0));
        while count.get() < 3 {
            later("tick", ()).await;
            let guard = RcGuard::new(&count);
            let d = make("d");
            if count.get() > 0 { drop(d); }
        }
        later("end", count.get()).await
    }
    two_guards() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let g = RcGuard::new(&count);
            let g = RcGuard::new(&count);
            if count.get() < 3 { continue; }
            break;
        }
        later("end", count.get()).await
    }
    labelled() -> u32 {
        let count = Rc::new(Cell::new(0));
        'outer: loop {
            later("tick", ()).await;
            let o = make("o");
            let g = RcGuard::new(&count);
            for n in 0..3 {
                let i = make("i");
                if n == 1 && count.get() < 2 { continue 'outer; }
                if n == 2 { break 'outer; }
            }
        }
        later("end", count.get()).await
    }
    labelled_guard_inner() -> u32 {
        let count = Rc::new(Cell::new(0));
        'outer: loop {
            later("tick", ()).await;
            let o = make("o");
            for n in 0..3 {
                let i = make("i");
                let g = RcGuard::new(&count);
                if n == 1 && count.get() < 2 { continue 'outer; }
                let j = make("j");
                if n == 2 { break 'outer; }
            }
        }
        later("end", count.get()).await
    }
    break_with_value() -> u32 {
        let count = Rc::new(Cell::new(0));
        let x = loop {
            later("tick", ()).await;
            let o = make("o");
            let g = RcGuard::new(&count);
            let p = make("p");
            if count.get() > 2 { break g.get() + v("value", 1); }
        };
        later("end", count.get() + x).await
    }
    ref_pattern() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let (ref g, _) = RcGuard::pair(&count, "e");
            let f = make("f");
            if g.get() < 3 { continue; }
            break;
        }
        later("end", count.get()).await
    }
    extended_temp() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = &RcGuard::new(&count);
            let e = make("e");
            if g.get() < 3 { continue; }
            break;
        }
        later("end", count.get()).await
    }
    let_else_continue() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = RcGuard::new(&count);
            let Some(e) = Some(make("e")).filter(|_| g.get() > 2) else { log("else"); continue };
            break;
        }
        later("end", count.get()).await
    }
    match_literal_guarded() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = RcGuard::new(&count);
            match g.get() {
                0 if make("t").name().len() == 1 => continue,
                1 => { make("u"); continue }
                2 => { let w = make("w"); continue }
                _ => break,
            }
        }
        later("end", count.get()).await
    }
    match_temp() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = RcGuard::new(&count);
            match make("scrutinee").name().len() as u32 + g.get() {
                1 => continue,
                2 => { make("u"); continue }
                _ => break,
            }
        }
        later("end", count.get()).await
    }
    match_index_temp() -> u32 {
        let count = Rc::new(Cell::new(0));
        let table = ["a", "bb", "ccc"];
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = RcGuard::new(&count);
            match table[make("index").name().len() - 4].len() {
                3 => continue,
                2 if g.get() < 3 => { make("u"); continue }
                _ => break,
            }
        }
        later("end", count.get()).await
    }
    match_deref_temp() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = RcGuard::new(&count);
            match *Box::new((g.get(), make("boxed"))).0.to_string() {
                _ => {}
            }
            match *(&Box::new((g.get(), make("boxed"))).0) {
                0 => continue,
                2 if g.get() < 3 => { make("u"); continue }
                1 => continue,
                _ => break,
            }
        }
        later("end", count.get()).await
    }
    partially_moved_other() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let pair = (make("l"), make("r"));
            let g = RcGuard::new(&count);
            drop(pair.0);
            if g.get() < 3 { continue; }
            break;
        }
        later("end", count.get()).await
    }
    partially_moved_younger() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let g = RcGuard::new(&count);
            let pair = (make("l"), make("r"));
            drop(pair.0);
            if g.get() < 3 { continue; }
            break;
        }
        later("end", count.get()).await
    }
    conditional_guard() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = RcGuard::new(&count);
            let e = make("e");
            if g.get() == 1 { drop(g); log("dropped"); }
            if count.get() < 3 { continue; }
            break;
        }
        later("end", count.get()).await
    }
    pair_left_pattern() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let (g, _) = RcGuard::pair(&count, "e");
            log("x");
            if g.get() < 3 { continue; }
            break;
        }
        later("end", count.get()).await
    }
    panicking() -> u32 {
        let count = Rc::new(Cell::new(0));
        let outer = make("outer");
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = LoggingGuard::new(&count, "g");
            let e = make("e");
            if count.get() < 2 { log("go on"); continue; }
            break;
        }
        later("end", count.get()).await
    }
    panicking_end() -> u32 {
        let count = Rc::new(Cell::new(0));
        let outer = make("outer");
        while count.get() < 2 {
            later("tick", ()).await;
            let d = make("d");
            let g = LoggingGuard::new(&count, "g");
            let h = LoggingGuard::new(&count, "h");
            let e = make("e");
        }
        later("end", count.get()).await
    }
    copy_guard() -> u32 {
        let l = lock("l");
        loop {
            later("tick", ()).await;
            let d = make("d");
            let n = l.read();
            let b = l.borrow();
            b.set(b.get() + 1);
            if n < 2 { continue; }
            break;
        }
        later("end", l.read()).await
    }
    methods() -> u32 {
        let mut l = lock("l");
        let other = lock("other");
        loop {
            later("tick", ()).await;
            let a = l.lock();
            let d = make("d");
            let b = other.lock();
            let x = l.drain();
            let Ok(c) = l.enter() else { continue };
            let e = make("e");
            if l.read() < 4 { continue; }
            if l.read() == 100 { return 1; }
            break;
        }
        later("end", l.read()).await
    }
    moved_into_kept() -> u32 {
        let l = lock("l");
        let mut kept = Vec::new();
        loop {
            later("tick", ()).await;
            let a = l.lock();
            let d = make("d");
            if kept.len() == 1 { kept.push(a); continue; }
            if kept.len() < 3 { let b = l.lock(); kept.push(b); continue; }
            break;
        }
        later("end", kept.len() as u32).await
    }
    awaits_in_branch() -> u32 {
        let l = lock("l");
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = l.lock();
            if l.read() == 0 {
                drop(g);
                later("in", ()).await;
                let h = l.lock();
                continue;
            }
            let e = make("e");
            if l.read() < 4 { continue; }
            break;
        }
        later("end", l.read()).await
    }
    if_let_around() -> u32 {
        let l = lock("l");
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = l.lock();
            if let Some(x) = Some(make("some")) && l.read() < 2 { continue; }
            if let Some(x) = Some(make("some2")).filter(|_| l.read() > 4) { break; } else { log("else"); continue; }
        }
        later("end", l.read()).await
    }
    condition_temps() -> u32 {
        let l = lock("l");
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = l.lock();
            if make("cond").name().len() as u32 + l.read() < 7 { make("in"); continue; } else if make("cond2").name().len() == 3 { continue } else { break }
        }
        later("end", l.read()).await
    }
    while_in_loop() -> u32 {
        let l = lock("l");
        'a: loop {
            later("tick", ()).await;
            let d = make("d");
            let g = l.lock();
            let mut n = 0;
            while n < 3 {
                n += 1;
                let w = make("w");
                if l.read() == 0 { continue 'a; }
                if n == 2 && l.read() == 1 { break; }
                if n == 2 && l.read() > 4 { break 'a; }
            }
            log("after");
        }
        later("end", l.read()).await
    }
    let_else_place() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let o = if count.get() > 1 { Some(make("o")) } else { None };
            let r: Result<D, D> = if count.get() > 3 { Ok(make("ok")) } else { Err(make("err")) };
            let g = RcGuard::new(&count);
            let Some(x) = o else { log("none"); continue };
            let y = make("y");
            let Ok(z) = r else { log("err"); continue };
            break;
        }
        later("end", count.get()).await
    }
    match_arms_conditional() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let g = RcGuard::new(&count);
            match count.get() { 0 => { drop(d); continue } 1 => { drop(g); continue } 2 => drop(d), _ => break }
            log("end");
        }
        later("end", count.get()).await
    }
    guard_of_argument(mut l: Lock) with (lock("arg")) -> u32 {
        for n in 0..3 {
            later("tick", ()).await;
            let d = make("d");
            let g = l.lock();
            let e = make("e");
            if n == 1 { continue; }
            log(n);
            if n == 2 { drop(d); }
        }
        l.read()
    }
}
