//! `let` chains (edition 2024), with suspensions in any link.

use crate::harness::{D, log, v};

differential! {
    coroutine links_suspend() takes (Option<i32>) [Some(1), Some(20), Some(3), None] yields (i32) returns (i32) {
        let mut sum = 0;
        for round in 0..3 {
            if let Some(n) = yield_!(round) && v("middle", n < 10) && let Some(m) = yield_!(n) {
                sum += m * 100 + n;
            } else {
                log("else");
                sum += 1;
            }
        }
        sum
    }

    coroutine guards_of_failed_links(c: bool) takes (bool) [true, false] yields (i32) returns (i32) with (true) {
        fn make(name: &'static str) -> Option<D> { log(name); Some(D(name)) }
        let _outer = D("outer");
        if let Some(a) = make("a") && yield_!(1) && let Some(b) = make("b") && yield_!(2) && let Some(c) = make("c") {
            log("then");
        } else {
            let _in_else = D("else");
            yield_!(3);
        }
        if let Some(a) = make("x") && yield_!(4) && let Some(b) = make("y") {
            log(b.name());
            yield_!(5);
        }
        log("end");
        7
    }

    coroutine quiet_links() takes (i32) [1, 2] yields (i32) returns (i32) {
        let pair = (Some(2), Ok::<i32, D>(3));
        let mut n = 0;
        if let Some(a) = pair.0 && let Ok(b) = &pair.1 && a < *b {
            n = yield_!(a);
        }
        if n > 0 && let Some(a) = pair.0 && a == n { log("never") } else { n += yield_!(9) }
        n
    }

    coroutine else_if_let_ladder() takes (i32) [1, 2, 3, 4] yields (i32) returns (i32) {
        let mut sum = 0;
        for _ in 0..4 {
            let n = yield_!(sum);
            if let 1 = n && let m = yield_!(10) && m == 2 { sum += 1 }
            else if let 3 = n { sum += 1000 }
            else if n == 4 && yield_!(20) > 0 { sum += 100 }
            else { sum += 10 }
        }
        sum
    }

    coroutine scrutinee_temporaries() takes (bool) [true, false] yields (usize) returns (i32) {
        if let n = D("first").name().len() && yield_!(n) && let m = D("second").name().len() && yield_!(m) {
            log("then");
        } else {
            log("else");
        }
        log("end");
        0
    }

    coroutine breaks_out_of_a_chain_that_hides_the_result(early: bool) takes (bool) [true, false, true, true]
        yields (usize) returns (usize) with (false)
    {
        fn next(name: &'static str) -> Option<D> { log(name); Some(D(name)) }
        let b = loop {
            if let Some(a) = next("a") && let Some(b) = { yield_!(a.name().len()); next("inner") } {
                if yield_!(2) { break b.name().len(); }
            }
            if early { break 7; }
        };
        let c = 'block: {
            if early { break 'block 1; }
            if let Some(c) = next("c") && yield_!(3) { break 'block c.name().len(); }
            2
        };
        b * 10 + c
    }
}
