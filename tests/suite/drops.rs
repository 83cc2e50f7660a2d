//! Scope ends: what is alive is dropped where rustc drops it, on every way out and on cancellation.

use std::cell::RefCell;
use std::rc::Rc;

use crate::harness::{D, log, v};

fn fail(n: i32) -> Result<(), D> {
    log("fail");
    if n > 0 { Err(D("error")) } else { Ok(()) }
}

differential! {
    #[Clone]
    iterator unmentioned_guard() yields (i32) {
        let _guard = D("guard");
        yield_!(1);
        let _ = D("dropped at once");
        yield_!(2);
        let (_a, _, _b) = (D("a"), D("never bound"), D("b"));
        yield_!(3);
    }

    #[Clone]
    iterator arguments(a: D, _b: D, _: D, (c, _d): (D, D), mut e: D) yields (usize)
        with (D("a"), D("b"), D("wild"), (D("c"), D("d")), D("e"))
    {
        yield_!(1);
        log(c.name());
        yield_!(2);
        e = D("new e");
        yield_!(D::finish(a));
    }

    coroutine arguments_without_a_suspension(a: D, _: D, _b: D) takes (()) [()] yields (i32) returns (D)
        with (D("a"), D("wild"), D("b"))
    {
        let _c = D("c");
        a
    }

    #[Clone]
    iterator scope_ends_between_suspensions() yields (i32) {
        let _a = D("a");
        {
            let _b = D("b");
            let _c = D("c");
            yield_!(1);
            let _d = D("d");
        }
        log("between");
        let _e = D("e");
        yield_!(2);
        {
            let _f = D("f");
            log("inner");
        }
        yield_!(3);
    }

    iterator block_with_a_tail() yields (usize) {
        let _a = D("a");
        let n = {
            let b = D("b");
            let c = D("c");
            yield_!(1);
            b.name().len() + c.name().len()
        };
        log("after");
        let d = {
            let e = D("e");
            let _f = D("f");
            yield_!(n);
            e
        };
        yield_!(d.name().len());
    }

    coroutine tail_temporaries() takes (i32) [5, 6] yields (i32) returns (usize) {
        let _a = D("a");
        let n = { let _b = D("b"); yield_!(1); D("tail of the block").name().len() };
        log(n);
        yield_!(2);
        D("tail of the body").name().len()
    }

    coroutine question_crosses_guards(how: i32) takes (i32) [0, 1] yields (i32) returns (Result<i32, D>) with (3) {
        let _a = D("a");
        for i in 0..how {
            let _b = D("b");
            {
                let _c = D("c");
                let n = yield_!(i);
                fail(n)?;
                let _d = D("d");
                log("passed");
            }
            log("end of round");
        }
        Ok(0)
    }

    coroutine every_exit() takes (i32) [0, 1, 2, 3, 4, 5, 6] yields (i32) returns (Result<i32, D>) {
        let _a = D("a");
        let mut rounds = 0;
        'outer: loop {
            let _b = D("b");
            rounds += 1;
            while rounds < 100 {
                let _c = D("c");
                let moved = D("moved");
                let _d = D("d");
                let how = yield_!(rounds);
                drop(moved);
                match how {
                    0 => continue,
                    1 => break,
                    2 => continue 'outer,
                    3 => { let _e = D("e"); yield_!(-1); }
                    4 => break 'outer,
                    _ => fail(how)?,
                }
                log("end of round");
            }
            log("end of outer round");
        }
        yield_!(-2);
        Ok(rounds)
    }

    coroutine return_among_guards(n: i32) takes (i32) [1, 2, 3] yields (i32) returns (D) with (2) {
        let a = D("a");
        let _b = D("b");
        loop {
            let _c = D("c");
            let got = yield_!(0);
            if got == n { return a }
            let _d = D("d");
            if yield_!(1) == n { return D("fresh") }
        }
    }

    iterator let_underscore_of_places() yields (i32) {
        let a = D("a");
        let _ = a;
        let _ = &a;
        yield_!(1);
        let _ref = &a;
        let _moved = a;
        yield_!(2);
    }

    iterator variable_replaced() yields (i32) {
        let mut slot = Some(D("first"));
        yield_!(1);
        slot = Some(D("second"));
        yield_!(2);
        slot.take();
        yield_!(3);
        slot = None;
        yield_!(4);
        let old = slot.replace(D("third"));
        yield_!(old.is_some() as i32);
    }

    iterator declared_before_dropped_after() yields (i32) {
        let late;
        let _a = D("a");
        {
            let _b = D("b");
            yield_!(1);
            late = D("late");
            yield_!(2);
        }
        log(late.name());
        yield_!(3);
    }

    iterator containers_of_guards() yields (usize) {
        let mut list = vec![D("0"), D("1"), D("2")];
        yield_!(list.len());
        drop(list.remove(1));
        yield_!(list.len());
        let array = [D("x"), D("y")];
        let boxed: Box<dyn std::fmt::Debug> = Box::new(D("boxed"));
        yield_!(array.len());
        let shared = Rc::new(RefCell::new(D("shared")));
        let again = Rc::clone(&shared);
        yield_!(Rc::strong_count(&shared));
        drop(shared);
        yield_!(Rc::strong_count(&again));
    }

    iterator temporary_in_the_statement_before() yields (i32) {
        let n = D("temporary").name().len() as i32;
        yield_!(n);
        let length = { D("block").name().len() };
        yield_!(length as i32);
        let kept = &D("extended");
        log("kept");
        yield_!(3);
        log(kept.name());
        yield_!(4);
    }

    coroutine temporary_of_the_same_statement() takes (i32) [5, 6] yields (i32) returns (i32) {
        let n = D("left").name().len() as i32 + yield_!(1);
        log("after");
        let m = yield_!(2) + D("right").name().len() as i32;
        log("after");
        n + m
    }

    coroutine temporary_borrowed_by_a_call() takes (i32) [5] yields (i32) returns (usize) {
        fn both(d: &D, n: i32) -> usize { log(d.name()); n as usize }
        let n = both(&D("temporary"), yield_!(1));
        log("after");
        n
    }

    iterator guard_of_a_cell() yields (i32) {
        let cell = RefCell::new(vec![1, 2]);
        {
            let mut list = cell.borrow_mut();
            list.push(3);
        }
        let length = cell.borrow().len();
        yield_!(length as i32);
        let first = cell.borrow()[0];
        yield_!(first);
        cell.borrow_mut().clear();
        let length = cell.borrow().len();
        yield_!(length as i32);
    }

    iterator no_suspension(a: D) yields (i32) with (D("a")) {
        let _b = D("b");
        log("body");
    }

    iterator unreachable_suspension(a: D) yields (i32) with (D("a")) {
        let _b = D("b");
        if v("never", false) { yield_!(1) }
        return;
        yield_!(2);
    }

    coroutine inputs_are_dropped(keep: bool) takes (D) [D("one"), D("two"), D("three")] yields (i32) returns (i32)
        with (true)
    {
        let first = yield_!(1);
        if keep { let second = yield_!(2); log(second.name()) }
        let _third = yield_!(3);
        drop(first);
        yield_!(4);
        0
    }

    iterator tail_after_a_suspension() yields (i32) {
        for i in 0..2 {
            let _outer = { let _inner = D("inner"); yield_!(i); D("outer") };
            let _last = { let _first = D("first"); yield_!(i + 10); let _second = D("second"); D("last") };
        }
        let _d = match 1 { n => { let _in_arm = D("in arm"); yield_!(n); D("value of the arm") } };
    }

    coroutine assigned_again_after_a_suspension(mut d: D) takes (i32) [1] yields (i32) returns (i32) with (D("d")) {
        let mut e = D("e");
        drop(d);
        drop(e);
        yield_!(1);
        let _younger = D("younger");
        yield_!(2);
        d = D("new d");
        let _youngest = D("youngest");
        e = D("new e");
        log(d.name());
        0
    }

    coroutine temporaries_of_conditions() takes (i32) [5, 9] yields (i32) returns (i32) {
        fn with(d: &D, n: i32) -> i32 { log(d.name()); n }
        if with(&D("left"), 5) == yield_!(1) { log("then"); yield_!(2); } else { log("else") }
        if yield_!(3) == with(&D("right"), 5) { log("then") } else { log("else"); yield_!(4); }
        while with(&D("head"), 5) != yield_!(5) { log("round") }
        log("end");
        0
    }

    iterator dead_borrower_and_younger_ones() yields (i32) {
        fn made(d: &D, name: &'static str) -> D { log(d.name()); D(name) }
        let list = D("list");
        let a = D("older");
        let guard = made(&list, "guard");
        log(guard.name());
        let mut younger = D("younger");
        let second = made(&list, "second");
        log(second.name());
        let youngest = D("youngest");
        yield_!(v("computed of it", list.name().len() as i32));
        younger = D("new younger");
        log(v("mentioned", &list).name());
        yield_!(2);
        log(younger.name());
    }

    iterator assigned_again_after_others(mut a: D, c: bool) yields (i32) with (D("a"), true) {
        drop(a);
        let b = D("b");
        if c { yield_!(1); log("then") }
        a = v("value", D("new a"));
        log("assigned");
        yield_!(2);
        log(a.name());
    }

    iterator assigned_again_in_a_branch(mut a: D, c: bool) yields (i32) with (D("a"), true) {
        drop(a);
        yield_!(0);
        let b = D("b");
        if c {
            let _inner = D("inner");
            a = v("value", D("new a"));
            log("assigned");
            yield_!(1);
            log("after")
        } else {
            yield_!(2);
            a = D("other a");
            log("else");
        }
        let c = D("c");
        log("end");
    }

    iterator assigned_again_in_later_arms(mut a: D, mut o: D) yields (i32) with (D("a"), D("o")) {
        let old = D("old");
        drop(a);
        yield_!(0);
        let b = D("b");
        a = v("value", D("new a"));
        log("assigned");
        let c = D("c");
        yield_!(1);
        o = v("value", D("new o"));
        log("assigned");
        yield_!(2);
        drop(a);
        for i in 0..2 {
            let d = D("d");
            yield_!(i);
            a = v("value", D("again a"));
            log("round");
            yield_!(i);
            drop(a);
            log("dropped");
        }
        match v("matched", 1) { 1 => { let e = D("e"); a = D("last a"); log("arm") } _ => { yield_!(3); a = D("none"); } }
        log("end");
    }

    iterator panics_among_dead_guards() yields (i32) {
        for d in [D("a"), D("b")] {
            log(d.name());
            let e = D("e");
            let _unmentioned = D("unmentioned");
            log(e.name());
            let n = 1;
            yield_!(v("value", n));
            log(v("after", n));
        }
    }

    iterator three_levels_deep() yields (i32) {
        let _a = D("a");
        'outer: for i in 0..3 {
            let _b = D("b");
            for j in 0..3 {
                let _c = D("c");
                {
                    let _d = D("d");
                    yield_!(i * 10 + j);
                    let _e = D("e");
                    if (i, j) == (0, 1) { continue 'outer }
                    if (i, j) == (1, 1) { break }
                    if (i, j) == (2, 0) { break 'outer }
                    let _f = D("f");
                }
                log("end of j");
            }
            log("end of i");
        }
    }
}
