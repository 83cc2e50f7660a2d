//! What ends before a guard's owner goes on is meant by its name: one that is hidden, a `drop` of the function's own, a guard that is
//! set late or again.

use std::cell::Cell;
use std::rc::Rc;

use super::ended_in_order::{RcGuard, lock, make};
use super::harness::later;
use crate::harness::{D, log};

awaits! {
    hidden_by_name() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let g = make("a");
            let g = RcGuard::new(&count);
            let g = (make("b"), g.get());
            if count.get() < 3 { continue; }
            break;
        }
        later("end", count.get()).await
    }
    hidden_in_the_block() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let g = RcGuard::new(&count);
            {
                log("first");
                if g.get() == 1 { continue; }
                let g = make("inner");
                if count.get() < 3 { continue; }
            }
            break;
        }
        later("end", count.get()).await
    }
    shadow_by_param(g: D) with (D("g arg")) -> u32 {
        let l = lock("l");
        loop {
            later("tick", ()).await;
            let d = make("d");
            let h = l.lock();
            let g = l.lock();
            let d = make("d2");
            match l.read() { 0 => { log("zero"); continue } 1..=4 => continue, _ => {} }
            break;
        }
        log(g.name());
        later("end", l.read()).await
    }
    closure_named_drop() -> u32 {
        let l = lock("l");
        let drop = |n: u32| { log("my drop"); n };
        loop {
            later("tick", ()).await;
            let g = l.lock();
            let d = make("d");
            if drop(l.read()) < 2 { continue; }
            break;
        }
        later("end", drop(l.read())).await
    }
    fn_named_drop() -> u32 {
        fn drop<T>(t: T) -> T { log("my drop"); t }
        let l = lock("l");
        loop {
            later("tick", ()).await;
            let g = l.lock();
            let d = make("d");
            if drop(l.read()) < 2 { continue; }
            break;
        }
        later("end", drop(l.read())).await
    }
    item_in_block_drop() -> u32 {
        let l = lock("l");
        loop {
            later("tick", ()).await;
            let g = l.lock();
            let d = make("d");
            if l.read() < 2 { fn drop(x: u32) -> u32 { log("hm"); x } drop(1); continue; }
            break;
        }
        later("end", l.read()).await
    }
    late_init() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d;
            let e;
            let g = RcGuard::new(&count);
            if count.get() == 1 { d = make("d"); e = make("e"); continue; }
            d = make("d2");
            if count.get() < 4 { continue; }
            e = make("e2");
            break;
        }
        later("end", count.get()).await
    }
    reassigned_guard() -> u32 {
        let count = Rc::new(Cell::new(0));
        loop {
            later("tick", ()).await;
            let d = make("d");
            let mut g = RcGuard::new(&count);
            g = RcGuard::new(&count);
            let mut e = make("e");
            e = make("e2");
            if count.get() < 6 { continue; }
            break;
        }
        later("end", count.get()).await
    }
}
