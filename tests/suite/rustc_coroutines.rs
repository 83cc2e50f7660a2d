//! What rustc's tests of coroutines look at: drops, resume arguments, borrows and overlaps across yields.

use std::fmt::Debug;

use crate::harness::{D, log, v};

fn make(n: &'static str) -> D {
    log(format!("new {n}"));
    D(n)
}

differential! {
    iterator drop_captured(d: D) yields (u32) with (D("cap")) {
        yield_!(1);
        let e = d;
        yield_!(2);
    }
    iterator conditional_drop(flags: [bool; 2]) yields (u32) with ([true, false]) {
        for f in flags {
            let b = make("b");
            if f {
                drop(b);
                yield_!(1);
                log("mid");
            } else {
                yield_!(2);
                drop(b);
            }
            yield_!(3);
        }
    }
    iterator yield_while_iterating(list: Vec<u32>) yields (u32) with (vec![1,2,3]) {
        for x in list.iter() {
            yield_!(*x);
        }
        for x in &list {
            yield_!(x * 10);
        }
        yield_!(list.len() as u32);
    }
    iterator yield_while_iterating_mut(mut list: Vec<u32>) yields (u32) with (vec![1,2,3]) {
        for x in list.iter_mut() {
            *x *= 2;
            yield_!(*x);
        }
        for x in &mut list {
            *x += 1;
            yield_!(*x);
        }
        yield_!(list.iter().sum::<u32>());
    }
    iterator yield_ref_local() yields (usize) {
        let s = String::from("hello");
        let r = &s;
        yield_!(r.len());
        yield_!(r.len() + s.len());
    }
    iterator yield_in_box() yields (u32) {
        let _b = Box::new((make("x"), yield_!(1), make("y")));
        yield_!(2);
    }
    iterator yield_in_args() yields (u32) {
        fn f(_: (), _: &u32, _: ()) {
            log("f");
        }
        let x = 5;
        f(yield_!(1), &x, yield_!(2));
    }
    iterator yield_in_initializer() yields (u32) {
        let _ = {
            yield_!(1);
            make("x")
        };
        let y = [yield_!(2); 2];
    }
    iterator yield_subtype['a](x: &'a str) yields (&'a str) with ("abc") {
        let s = "static";
        yield_!(s);
        yield_!(x);
    }
    coroutine resume_arg() takes (D) [D("r1"), D("r2")] yields (usize) returns (D) {
        let a = yield_!(1);
        let b = yield_!(a.name().len());
        drop(a);
        b
    }
    coroutine resume_arg_unused() takes (D) [D("r1"), D("r2"), D("r3")] yields (usize) returns (u32) {
        yield_!(1);
        let _ = yield_!(2);
        let _x = yield_!(3);
        log("end");
        4
    }
    coroutine resume_in_expr() takes (u32) [10, 20, 30] yields (u32) returns (u32) {
        let x = yield_!(1) + yield_!(2) * yield_!(3);
        yield_!(x) - x
    }
    coroutine resume_nested() takes (u32) [5, 6, 7] yields (u32) returns (u32) {
        yield_!(yield_!(yield_!(1) + 1) + 1) + 1
    }
    iterator overlap_locals() yields (u32) {
        {
            let a = [1u8; 16];
            yield_!(a[0] as u32);
            let b = make("b");
            yield_!(1);
        }
        {
            let c = make("c");
            yield_!(2);
        }
    }
    iterator match_bindings(o: Option<D>) yields (usize) with (Some(D("inner"))) {
        match o {
            Some(ref d) if d.name() == "x" => yield_!(1),
            Some(d) => {
                yield_!(d.name().len());
                yield_!(2);
            }
            None => {}
        }
        yield_!(3);
    }
    iterator uninit_moved(c: bool) yields (u32) with (true) {
        let x: D;
        if c {
            x = make("x");
        } else {
            return;
        }
        yield_!(1);
        drop(x);
        yield_!(2);
    }
    iterator type_param_drop[T: Debug](t: T) yields (u32) with (D("t")) {
        yield_!(1);
        log(format!("{t:?}"));
        yield_!(2);
    }
    iterator too_live_local() yields (u32) {
        {
            let x = make("x");
            yield_!(1);
            drop(x);
        }
        yield_!(2);
    }
    iterator reborrow_mut['a](x: &'a mut u32) yields (u32) with (&mut n) given { let mut n = 4; } then { log(n) } {
        let y = &mut *x;
        *y += 1;
        yield_!(*y);
        *y += 1;
        *x += 1;
        yield_!(*x);
    }
    iterator static_refs() yields (&'static [u32]) {
        let a: &'static [u32] = &[1, 2];
        yield_!(a);
        yield_!(&[3]);
    }
    iterator panic_drops_resume() yields (u32) {
        let _a = make("a");
        yield_!(1);
        let _b = make("b");
        v("boom", ());
        yield_!(2);
        let _c = make("c");
        v("boom2", ());
    }
    iterator match_scrutinee_yield() yields (u32) {
        match yield_!(1) {
            () => {
                let _g = make("g");
                yield_!(2);
            }
        }
    }
    iterator self_ref_closure() yields (u32) {
        let mut count = 0;
        let mut next = || {
            count += 1;
            count
        };
        yield_!(next());
        yield_!(next());
        yield_!(count);
    }
    iterator partial_drop() yields (u32) {
        let (a, b) = (make("a"), make("b"));
        drop(a);
        yield_!(1);
        let c = (make("c"), b);
        let (c, d) = c;
        yield_!(2);
        drop(d);
        yield_!(3);
    }
    iterator shadow_drop() yields (u32) {
        let d = make("1");
        yield_!(1);
        let d = make("2");
        yield_!(2);
        let d = (d, make("3"));
        yield_!(3);
    }
}
