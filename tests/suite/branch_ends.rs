//! What a condition keeps to the end of its branch without a name, temporaries and what a pattern leaves, where the branch does
//! not suspend: it ends before the code behind the branch.

use crate::harness::{D, log, v};
use crate::leftovers::{make, open, take, word};

fn two(a: &'static str, b: &'static str) -> (D, D) {
    (make(a), make(b))
}

fn first<A, B>(a: A, _b: B) -> A {
    log("first");
    a
}

differential! {
    coroutine after_the_branch() takes (u32) [1] yields (D) returns (u32) {
        let _x = make("x");
        if let (_, _b) = (make("a"), first(make("b"), yield_!(make("p")))) {
            let _y = make("y");
            log("then");
        }
        log("after");
        5
    }

    coroutine after_the_only_branch() takes (u32) [1] yields (D) returns (u32) {
        let _x = make("x");
        let _z = if let (_, _b) = (make("a"), first(make("b"), yield_!(make("p")))) {
            let _y = make("y");
            make("c")
        } else {
            return 4;
        };
        log("after");
        5
    }

    coroutine before_what_is_yielded() takes (u32) [1] yields (D) returns (u32) {
        let _x = make("x");
        yield_!(if let (_, b) = (make("a"), first(make("b"), yield_!(make("p")))) && let (_, d) = two("c", "d") {
            let _y = make("y");
            drop(b);
            d
        } else {
            return 4;
        });
        log("after");
        5
    }

    coroutine between_links() takes (u32) [4] yields (u32) returns (()) {
        yield_!(
            if let (_v4, _g) = match (first(make("t4"), yield_!(4)), 4) { _v2 => { let _v3 = two("t6", "t7"); two("t8", "t9") } }
                && let (_, _v5) = (D("t10"), make("t11"))
            {
                let _v6 = make("t12");
                3
            } else {
                2
            }
        );
    }

    coroutine out_of_a_loop() takes (u32) [1] yields (u32) returns (u32) {
        let _x = make("x");
        loop {
            let _y = make("y");
            if let (_, _b) = (make("a"), first(make("b"), yield_!(1))) {
                log("then");
                break;
            }
        }
        log("after");
        yield_!(4)
    }

    coroutine of_each_round() takes (u32) [1] yields (u32) returns (u32) {
        let mut i = 0;
        while let (_, _b) = (make("a"), first(make("b"), yield_!(1))) && let (_c, _) = two("c", "d") && i < 3 {
            i += 1;
            if i == 2 { continue; }
            log("body");
        }
        log("after");
        yield_!(4)
    }

    coroutine of_a_temporary(c: bool) takes (u32) [1] yields (u32) returns (u32) with (true) {
        let _x = make("x");
        if let 2 = open("log").len() + yield_!(1) {
            log("then");
        }
        log("after");
        if c && let 1 = open("log").len() {
            log("then");
        } else {
            yield_!(2);
        }
        log("end");
        5
    }

    coroutine guard_suspends_in_an_operand() takes (u32) [2, 1] yields (u32) returns (()) {
        yield_!(take(match two("a", "b") { (c, _) if yield_!(1) == 2 => c, (c, _) if v("guard", true) => c, _ => return }));
        yield_!(take(match two("a", "b") { (c, _) if yield_!(1) == 2 => c, _ => make("z") }));
    }

    coroutine guard_suspends_in_what_a_pattern_takes_apart() takes (u32) [1] yields (u32) returns (()) {
        let (_, _x) = (make("o"), match two("a", "b") { (_, c) if yield_!(1) == 1 => c, _ => return });
        let _n = take(first(match word() {
            crate::leftovers::Token::Number(_, a) if yield_!(2) == 1 => a,
            crate::leftovers::Token::Word(a, _) if yield_!(3) == 1 => a,
            _ => make("z"),
        }, make("p")));
        yield_!(4);
    }

    coroutine match_and_pattern_leave_something() takes (u32) [1] yields (u32) returns (u32) {
        let (_z, _) = match (first(make("a"), yield_!(3)), make("b")) {
            (_, _z) => two("c", "d"),
        };
        log("between");
        let (_z, _) = match (first(make("a"), yield_!(3)), make("b")) {
            (_, _z) => {
                yield_!(4);
                two("c", "d")
            }
        };
        log("end");
        yield_!(5)
    }
}
