//! Loops whose condition, iterated expression or body suspends.

use std::collections::{BTreeMap, HashSet, VecDeque};

use crate::harness::{D, log, v};

differential! {
    #[Clone]
    coroutine while_condition_suspends() takes (bool) [true, true, false] yields (i32) returns (i32) {
        let mut rounds = 0;
        while yield_!(v("condition", rounds)) {
            rounds += 1;
        }
        rounds
    }

    coroutine empty_body_while() takes (bool) [true, false] yields (i32) returns (()) {
        while yield_!(1) {}
    }

    coroutine while_let_of_a_suspension() takes (Option<D>) [Some(D("one")), Some(D("two")), None] yields (i32) returns (i32) {
        let mut sum = 0;
        while let Some(d) = yield_!(sum) {
            log(d.name());
            sum += yield_!(10).is_some() as i32;
            log("end of round");
        }
        sum
    }

    #[Clone]
    iterator while_with_local_condition(mut n: u32) yields (u32) with (3) {
        while n > 0 {
            yield_!(n);
            n -= 1;
        }
    }

    #[Clone]
    iterator while_let_pop() yields (i32) {
        let mut stack = vec![1];
        while let Some(top) = stack.pop() {
            if top < 5 {
                stack.push(top * 2);
                stack.push(top + 3);
            }
            yield_!(top);
        }
    }

    coroutine while_let_chain() takes (i32) [1, 2, 3] yields (i32) returns (i32) {
        let mut queue = VecDeque::from([1, 2, 3, 4]);
        let mut sum = 0;
        while let Some(n) = queue.pop_front() && n < 4 && let m = yield_!(n) && m < 3 {
            sum += n * m;
        }
        sum * 10 + queue.len() as i32
    }

    #[Clone]
    iterator endless_loop() yields (u32) {
        let mut n = 0;
        loop {
            yield_!(n);
            n += 1;
        }
    }

    #[Clone]
    coroutine loop_value() takes (i32) [1, 2, 30] yields (i32) returns (i32) {
        let mut sum = 0;
        let last = loop {
            let n = yield_!(sum);
            if n > 10 { break n * 2 }
            sum += n;
        };
        sum + last
    }

    coroutine loop_value_of_a_suspension() takes (D) [D("one"), D("two")] yields (i32) returns (i32) {
        let d = loop { break yield_!(1) };
        log(d.name());
        let e = loop { let _inner = D("inner"); break yield_!(2) };
        log(e.name());
        7
    }

    #[Clone]
    iterator for_over_a_range(from: i32) yields (i32) with (2) {
        for i in from..=from + 3 {
            yield_!(i * i);
        }
    }

    iterator for_over_owned_guards() yields (&'static str) {
        for d in vec![D("a"), D("b"), D("c")] {
            yield_!(d.name());
            log("end of round");
        }
        log("after");
    }

    iterator for_leaves_the_rest() yields (&'static str) {
        let _outer = D("outer");
        for d in vec![D("a"), D("b"), D("c")] {
            yield_!(d.name());
            if d.name() == "b" { break }
            log("end of round");
        }
        yield_!("after");
        for D(ref name) in [D("x"), D("y")] {
            yield_!(name);
        }
    }

    coroutine for_with_suspending_bounds() takes (i32) [1, 3, 7] yields (i32) returns (i32) {
        let mut sum = 0;
        for x in yield_!(1)..=yield_!(2) {
            sum += x * yield_!(x);
        }
        sum
    }

    #[Clone]
    iterator for_with_patterns() yields (i32) {
        let pairs = [(1, [2, 3]), (4, [5, 6])];
        for (i, (a, [b, mut c])) in pairs.into_iter().enumerate() {
            c += i as i32;
            yield_!(a + b);
            c *= 10;
            yield_!(c);
        }
    }

    iterator nested_for() yields ((usize, char)) {
        let words = ["ab", "", "c"];
        for (i, word) in words.into_iter().enumerate() {
            for c in word.chars() {
                yield_!((i, c));
                yield_!((i + 10, c));
            }
            yield_!((word.len(), '|'));
        }
    }

    iterator loop_variable_shadows(x: i32) yields (i32) with (5) {
        for x in 0..x {
            let x = x * 2;
            yield_!(x);
            for x in x..x + 2 { yield_!(x * 100); }
        }
        yield_!(x);
    }

    #[Clone]
    iterator locals_start_afresh() yields (usize) {
        let mut round = 0;
        loop {
            let mut seen = Vec::new();
            let mut total = 0;
            for i in 0..=round {
                seen.push(i);
                total += i;
                yield_!(seen.len() * 10 + total);
            }
            round += 1;
            if round == 3 { break }
        }
    }

    iterator uninitialised_in_each_round() yields (i32) {
        for i in 0..3 {
            let d;
            let n: i32;
            if i == 1 { n = 10; d = D("one"); } else { d = D("other"); n = i; }
            yield_!(n);
            log(d.name());
        }
    }

    iterator guards_of_the_loop_body() yields (i32) {
        for i in 0..4 {
            let _a = D("a");
            yield_!(i);
            let _b = D("b");
            if i == 1 { continue }
            yield_!(i + 10);
            let _c = D("c");
            if i == 2 { break }
            log("end of round");
        }
        yield_!(99);
    }

    iterator moved_and_given_back() yields (usize) {
        let mut d = D("first");
        for i in 0..3 {
            yield_!(D::finish(d));
            d = match i { 0 => D("second"), 1 => D("third"), _ => D("last") };
            yield_!(i);
        }
        log(d.name());
    }

    iterator moved_in_the_last_round() yields (usize) {
        let d = D("d");
        let mut n = 0;
        loop {
            yield_!(n);
            n += 1;
            if n == 2 {
                drop(d);
                break;
            }
        }
        yield_!(n);
    }

    iterator accumulator_taken_in_rounds() yields (Vec<i32>) {
        let mut batch = Vec::new();
        for n in 0..5 {
            batch.push(n);
            if batch.len() == 2 {
                yield_!(std::mem::take(&mut batch));
            }
        }
        if !batch.is_empty() { yield_!(batch) }
    }

    iterator accumulator_moved_in_rounds() yields (Vec<i32>) {
        let mut batch = vec![];
        for n in 0..5 {
            batch.push(n);
            if batch.len() == 2 {
                yield_!(batch);
                batch = Vec::new();
            }
        }
        if !batch.is_empty() { yield_!(batch) }
    }

    iterator loop_after_loop() yields (i32) {
        let mut n = 0;
        for _ in 0..2 { yield_!(n); n += 1; }
        while n < 4 { yield_!(n * 10); n += 1; }
        loop { if n > 5 { break } yield_!(n * 100); n += 1; }
        yield_!(n);
    }

    iterator quiet_loops_around() yields (i32) {
        let mut sum = 0;
        for i in 0..3 { if i == 1 { continue } sum += i; }
        yield_!(sum);
        while sum < 10 { sum += 3; if sum == 8 { break } }
        yield_!(sum);
        let last = loop { sum -= 1; if sum == 5 { break sum } };
        yield_!(last);
    }

    coroutine zip_of_two_inputs() takes (i32) [2, 3] yields (i32) returns (Vec<(i32, i32)>) {
        let mut out = Vec::new();
        for pair in (0..yield_!(1)).zip(10..) {
            out.push((pair.0, yield_!(pair.1)));
        }
        out
    }

    iterator iterator_named_by_the_user() yields (i32) {
        let mut numbers = (1..).step_by(3).peekable();
        while let Some(n) = numbers.next() {
            yield_!(n);
            if numbers.peek().is_some_and(|next| *next > 10) { break }
        }
        yield_!(-1);
    }

    iterator for_over_the_rest_of_an_iterator() yields (i32) {
        let mut numbers = 0..6;
        yield_!(numbers.next().unwrap());
        for n in numbers.by_ref().take(2) { log(n); }
        for n in numbers { yield_!(n * 10); }
    }

    iterator for_over_collections_by_value() yields (String) {
        let map = BTreeMap::from([(1, "a"), (2, "b")]);
        for (key, value) in map { yield_!(format!("{key}{value}")); }
        let set = HashSet::from([7]);
        for n in set { yield_!(n.to_string()); }
        for word in "x y".split(' ') { yield_!(word.to_owned()); }
        for n in Some(3) { yield_!(n.to_string()); }
    }

    iterator condition_has_a_guard() yields (usize) {
        let mut n = 0;
        while { let _temporary = D("condition"); n < 2 } {
            yield_!(n);
            n += 1;
        }
        while D("temporary").name().len() + n < 13 {
            yield_!(n);
            n += 1;
        }
    }

    coroutine jumps_in_the_condition() takes (i32) [1, 2, 3] yields (i32) returns (i32) {
        let mut n = 0;
        'l: while { n += 1; if n == 3 { break 'l } yield_!(n) < 3 } {
            log(n);
        }
        n
    }
}
