//! `if` and its ladders: values, guards, moves and definite initialisation on each branch.

use crate::harness::{D, log, v};

differential! {
    #[Clone]
    coroutine only_one_branch_suspends() takes (i32) [4] yields (i32) returns (i32) {
        let mut n = 1;
        if n > 0 { n = yield_!(n); }
        if n > 10 { n = yield_!(n); } else { n += 100; }
        if n < 10 { n += 1000; } else { n += yield_!(n); }
        n
    }

    coroutine condition_suspends() takes (bool) [true, false, true] yields (i32) returns (i32) {
        if yield_!(1) { log("yes") } else { log("no") }
        let n = if yield_!(2) { 1 } else if yield_!(3) { 2 } else { 3 };
        n
    }

    coroutine ladder() takes (i32) [0, 1, 2, 3] yields (i32) returns (i32) {
        let mut sum = 0;
        for _ in 0..4 {
            let n = yield_!(sum);
            sum += if n == 0 { yield_!(v("zero", 10)) }
                else if n == 1 { 5 }
                else if let 2 = n { let d = D("two"); yield_!(20) }
                else { log("else"); 7 };
        }
        sum
    }

    coroutine branches_agree_on_a_type(c: bool) takes (u8) [1, 2] yields (&'static str) returns (Vec<u8>) with (false) {
        let list = if c { vec![yield_!("yes")] } else { yield_!("no"); Vec::new() };
        list.into_iter().chain([yield_!("end")]).collect()
    }

    iterator initialised_on_each_branch(c: bool) yields (i32) with (true) {
        let x;
        if c {
            x = 1;
            yield_!(x);
        } else {
            x = 2;
        }
        let y: i32;
        match x { 1 => { yield_!(5); y = 10 } _ => y = 20 }
        yield_!(x + y);
    }

    iterator initialised_late() yields (String) {
        let text;
        let (a, b);
        yield_!("early".to_owned());
        (a, b) = (1, 2);
        text = format!("{a}{b}");
        yield_!(text);
    }

    iterator guard_initialised_late() yields (i32) {
        let _outer = D("outer");
        let late;
        let _between = D("between");
        yield_!(1);
        late = D("late");
        yield_!(2);
        log(late.name());
    }

    iterator perhaps_initialised(c: bool) yields (i32) with (true) {
        let _outer = D("outer");
        let late;
        let _between = D("between");
        if c { late = D("late"); log(late.name()); }
        yield_!(1);
        log("end");
    }

    iterator perhaps_never_initialised(c: bool) yields (i32) with (false) {
        let _outer = D("outer");
        let late;
        let _between = D("between");
        if c { late = D("late"); log(late.name()); }
        yield_!(1);
        log("end");
    }

    iterator initialised_again_and_again() yields (i32) {
        let mut slot;
        let _between = D("between");
        for i in 0..3 {
            if i == 1 { slot = D("one"); } else { slot = D("other"); }
            yield_!(i);
            log(slot.name());
        }
    }

    iterator guard_dropped_on_one_branch(c: bool) yields (i32) with (true) {
        let g = D("g");
        let h = D("h");
        if c { drop(g) }
        yield_!(1);
        log("end");
    }

    iterator guard_not_dropped_on_one_branch(c: bool) yields (i32) with (false) {
        let g = D("g");
        let h = D("h");
        if c { drop(g) }
        yield_!(1);
        log("end");
    }

    iterator guard_dropped_on_a_suspending_branch(c: bool) yields (i32) with (true) {
        let g = D("g");
        let h = D("h");
        if c { drop(g); yield_!(1); } else { yield_!(2); log(g.name()) }
        yield_!(3);
        log("end");
    }

    iterator guard_dropped_on_the_other_branch(c: bool) yields (i32) with (false) {
        let g = D("g");
        let h = D("h");
        if c { drop(g); yield_!(1); } else { yield_!(2); log(g.name()) }
        yield_!(3);
        log("end");
    }

    iterator guard_moved_by_match(n: i32) yields (i32) with (1) {
        let g = D("g");
        let _h = D("h");
        match n {
            0 => { yield_!(0); }
            1 => drop(g),
            _ => log(g.name()),
        }
        yield_!(5);
        log("end");
    }

    iterator assigned_after_a_conditional_move(c: bool) yields (i32) with (false) {
        let mut d = D("d");
        let _between = D("between");
        if c { drop(d) }
        yield_!(1);
        d = D("new");
        log("assigned");
        yield_!(2);
        log(d.name());
    }

    iterator assigned_after_a_conditional_move_that_happened(c: bool) yields (i32) with (true) {
        let mut d = D("d");
        let _between = D("between");
        if c { drop(d) }
        yield_!(1);
        d = D("new");
        log("assigned");
        yield_!(2);
        log(d.name());
    }

    coroutine guard_moved_and_replaced(c: bool) takes (bool) [true, false] yields (i32) returns (i32) with (true) {
        let mut g = D("g");
        if yield_!(1) { drop(g); g = D("again"); }
        if yield_!(2) { drop(g); g = D("third"); }
        log(g.name());
        0
    }

    iterator value_of_an_if_is_a_guard(c: bool) yields (i32) with (true) {
        let _before = D("before");
        let d = if c { let _inner = D("inner"); yield_!(1); D("yes") } else { D("no") };
        yield_!(2);
        log(d.name());
    }

    iterator if_let_scrutinee_is_a_temporary() yields (usize) {
        fn find(n: i32) -> Option<D> { (n > 0).then(|| D("found")) }
        if let Some(d) = find(1) { yield_!(d.name().len()); log("then") } else { yield_!(0); }
        if let Some(d) = find(0) { yield_!(d.name().len()); } else { yield_!(100); log("else") }
        log("end");
    }

    iterator if_let_with_bindings(option: Option<(i32, D)>) yields (i32) with (Some((4, D("d")))) {
        if let Some((n, d)) = option {
            yield_!(n);
            log(d.name());
            yield_!(n + 1);
        }
        log("end");
    }

    coroutine if_let_of_a_suspension() takes (Option<D>) [Some(D("one")), None] yields (i32) returns (i32) {
        if let Some(d) = yield_!(1) { log(d.name()); }
        let n = if let Some(_) = yield_!(2) { 1 } else { 2 };
        n
    }

    iterator early_return(n: i32) yields (i32) with (2) {
        let _a = D("a");
        if n == 0 { return }
        yield_!(1);
        if n == 1 { return; }
        let _b = D("b");
        yield_!(2);
        if n == 2 {
            let _c = D("c");
            return;
        }
        log("never");
    }

    iterator branch_never_ends(n: i32) yields (i32) with (3) {
        let x: i32 = if n > 0 { n } else { unreachable!("{n}") };
        yield_!(x);
        let y = if x > 100 { panic!("large") } else if x > 10 { return } else { x + 1 };
        yield_!(y);
        if y == 4 { return } else { yield_!(0) }
        log("never");
    }

    coroutine unit_branches() takes (()) [()] yields (i32) returns (()) {
        if v("a", true) { yield_!(1) } else { yield_!(2) }
        if v("b", false) { yield_!(3) }
        if v("c", true) { yield_!(4) }
    }
}

#[derive(Debug)]
enum Word {
    Text(D),
    #[allow(dead_code, reason = "what does not match")]
    Empty,
}

differential! {
    iterator moved_behind_and_in_a_chain(y: D) yields (u32) with (D("y")) {
        if v("c", false) && let Word::Text(_) = Word::Text(y) { return; }
        yield_!(1);
    }

    iterator moved_in_a_chain_that_holds(y: D, z: D) yields (u32) with (D("y"), D("z")) {
        if v("c", true) && let Word::Text(w) = Word::Text(y) && v("d", false) && let Word::Text(_) = Word::Text(z) {
            yield_!(1);
        }
        yield_!(2);
    }

    iterator moved_in_a_loop_condition(y: D) yields (u32) with (D("y")) {
        let mut y = Some(y);
        let mut n = 0;
        while n < 2 && let Some(d) = y.take() && v("c", n == 1) { n += 1; drop(d); }
        yield_!(1);
    }

    iterator found_to_be_none_and_moved(p: Option<D>, q: Option<D>) yields (u32) with (Some(D("p")), None) {
        if let None = p { let moved = p; }
        if let None = q { let moved = q; }
        yield_!(1);
    }

    iterator moved_by_an_earlier_let_of_a_chain(p: Option<D>, q: Option<D>) yields (u32) with (Some(D("p")), Some(D("q"))) {
        if let Some(d) = p && v("c", false) { drop(d); }
        yield_!(1);
        if let Some(d) = q && v("c", false) { yield_!(2); drop(d); }
        yield_!(3);
    }

    iterator found_to_be_none(p: Option<D>, q: Option<D>) yields (u32) with (Some(D("p")), None) {
        if let None = p { yield_!(1); } else { yield_!(2); }
        let None = q else { return };
        yield_!(3);
    }
}
