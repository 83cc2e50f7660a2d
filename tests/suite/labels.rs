//! Labels: jumps out of, around and between suspending loops and blocks.

use crate::harness::{D, log};

differential! {
    #[Clone]
    coroutine break_to_a_block() takes (bool) [false, true] yields (i32) returns (&'static str) {
        'found: {
            for i in 0..3 {
                if yield_!(i) { break 'found "found" }
            }
            "not found"
        }
    }

    coroutine value_of_a_labelled_block(n: i32) takes (i32) [1, 2] yields (i32) returns (i32) with (1) {
        let x = 'a: {
            let _guard = D("guard");
            if n == 0 { break 'a 0 }
            let m = yield_!(n);
            if m == 1 { break 'a yield_!(m + 10) }
            m
        };
        log("after");
        x + 1
    }

    #[Clone]
    iterator continue_the_outer_loop() yields ((i32, i32)) {
        'outer: for i in 0..4 {
            for j in 0..4 {
                if j > i { continue 'outer }
                if i == 3 { break 'outer }
                yield_!((i, j));
            }
            yield_!((i, -1));
        }
        yield_!((-1, -1));
    }

    #[Clone]
    iterator same_label_twice() yields (i32) {
        'a: loop { 'b: loop { yield_!(1); break 'a; } }
        'a: for i in 0..3 { if i == 1 { continue 'a } yield_!(i); 'b: loop { yield_!(i + 10); break 'b } }
        'a: { 'c: { yield_!(50); break 'c } yield_!(51); break 'a }
        yield_!(2);
    }

    iterator jump_from_a_quiet_loop() yields (i32) {
        'outer: loop {
            let _round = D("round");
            yield_!(1);
            for i in 0..10 {
                log(i);
                if i == 1 { break 'outer }
            }
        }
        let mut rounds = 0;
        'outer: while rounds < 3 {
            rounds += 1;
            yield_!(rounds * 10);
            for i in 0.. {
                if i == rounds { continue 'outer }
            }
        }
        yield_!(2);
    }

    iterator jump_from_a_quiet_match_in_a_loop() yields (i32) {
        let mut n = 0;
        loop {
            n += 1;
            match n { 1 => continue, 4 => break, 2 => {} _ => log("three") }
            if n == 3 { yield_!(30); continue }
            yield_!(n);
        }
        yield_!(n * 100);
    }

    iterator guards_crossed_by_jumps() yields (i32) {
        let _a = D("a");
        'outer: for i in 0..3 {
            let _b = D("b");
            'inner: loop {
                let _c = D("c");
                'block: {
                    let _d = D("d");
                    yield_!(i);
                    let _e = D("e");
                    match i { 0 => break 'block, 1 => continue 'outer, _ => break 'outer }
                }
                yield_!(100);
                break 'inner;
            }
            yield_!(200);
        }
        yield_!(300);
    }

    coroutine return_from_nested_scopes(n: i32) takes (i32) [5, 6] yields (i32) returns (D) with (2) {
        let _a = D("a");
        for i in 0.. {
            let _b = D("b");
            {
                let _c = D("c");
                let x = yield_!(i);
                if i == n {
                    let result = D("result");
                    let _d = D("d");
                    return result;
                }
                log(x);
            }
        }
        unreachable!()
    }

    iterator breaks_of_a_block_without_suspension() yields (i32) {
        let n = 'quiet: { for i in 3.. { if i * i > 50 { break 'quiet i } } 0 };
        yield_!(n);
        let text = 'quiet: { if n > 5 { break 'quiet "large" } "small" };
        yield_!(text.len() as i32);
    }

    coroutine loop_in_a_block_in_a_loop() takes (i32) [1, 2, 3, 4, 5] yields (i32) returns (i32) {
        let mut total = 0;
        let result = 'all: loop {
            total += 'part: {
                let _guard = D("guard");
                loop {
                    let n = yield_!(total);
                    if n == 5 { break 'all n * 1000 }
                    if n % 2 == 0 { break 'part n }
                    log(n);
                }
            };
        };
        total + result
    }

    iterator tail_of_a_loop_is_a_jump() yields (i32) {
        let mut n = 0;
        loop {
            yield_!(n);
            n += 1;
            if n < 3 { continue } else { break }
        }
        loop {
            n += 1;
            match n { 4 => yield_!(40), 5 => continue, _ => break }
        }
        loop { yield_!(n); break }
        loop { break; yield_!(1); }
        yield_!(-1);
    }

    coroutine break_with_a_block_value() takes (i32) [5] yields (i32) returns ((i32, usize)) {
        let text = String::from("text");
        let (n, text) = loop {
            let n = yield_!(1);
            break { log("value"); (n, text) };
        };
        (n, text.len())
    }

    coroutine label_shadowed_in_a_closure() takes (i32) [5] yields (i32) returns (i32) {
        'a: loop {
            let n = yield_!(1);
            let first = |limit: i32| 'a: { for i in 0.. { if i * n > limit { break 'a i } } 0 };
            if first(20) == 5 { break 'a first(100) }
        }
    }
}
