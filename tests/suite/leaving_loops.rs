//! A `break` after which the function only ends: what is in scope at the `break` ends in the same order as by a loop that ends first.

use crate::harness::{D, log};

fn d(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

differential! {
    #[Clone]
    iterator out_of_a_for_loop(items: Vec<u32>, argument: D) yields (u32) with (vec![1, 2, 3, 4], D("argument")) {
        let outer = d("outer");
        for item in items {
            let inner = d("inner");
            if item == 3 {
                let innermost = d("innermost");
                break;
            }
            yield_!(item);
        }
    }

    iterator by_a_label_out_of_two(rows: Vec<Vec<u32>>) yields (u32) with (vec![vec![1, 0, 2], vec![3, 9, 4], vec![5]]) {
        let outer = d("outer");
        'rows: for row in rows {
            let first = d("row");
            for cell in row {
                let second = d("cell");
                match cell {
                    0 => continue 'rows,
                    9 => break 'rows,
                    _ => {}
                }
                yield_!(cell);
            }
        }
    }

    iterator out_of_a_loop_within() yields (u32) {
        let outer = d("outer");
        let mut n = 0;
        'all: loop {
            let round = d("round");
            for k in 0..n {
                let step = d("step");
                if k == 2 {
                    break 'all;
                }
            }
            yield_!(n);
            n += 1;
        }
    }

    #[Clone]
    iterator to_the_loop_around(rows: Vec<Vec<u32>>) yields (u32) with (vec![vec![1, 0, 2], vec![3], vec![0]]) {
        let outer = d("outer");
        for row in rows {
            let first = d("first");
            let mut given = Some(d("given"));
            let mut cells = row.into_iter();
            while let Some(cell) = cells.next() {
                let second = d("second");
                if cell == 0 {
                    drop(given.take());
                    break;
                }
                yield_!(cell);
            }
        }
        log("end");
    }

    iterator past_what_was_moved(items: Vec<u32>) yields (u32) with (vec![1, 2, 3, 4]) {
        let mut all = vec![];
        for item in items {
            let first = d("first");
            let second = d("second");
            'inner: {
                let third = d("third");
                if item % 2 == 0 {
                    all.push(first);
                    if item == 4 {
                        break 'inner;
                    }
                    log("even");
                }
                yield_!(item);
            }
        }
        yield_!(all.len() as u32);
    }

    iterator what_a_break_gives() yields (u32) {
        let outer = d("outer");
        let mut n = 0;
        let _given = loop {
            let guard = d("guard");
            if n == 2 {
                break d("given");
            }
            yield_!(n);
            n += 1;
        };
    }

    iterator assigned_before_the_break() yields (u32) {
        let last;
        let mut n = 0;
        loop {
            let guard = d("guard");
            if n == 2 {
                last = d("last");
                break;
            }
            yield_!(n);
            n += 1;
        }
    }

    iterator temporaries_of_the_condition() yields (usize) {
        let outer = d("outer");
        loop {
            if let Some(letter) = d("condition").name().chars().next() {
                let n = letter.len_utf8();
                if n == 1 && outer.name().len() == 5 {
                    break;
                }
            }
            yield_!(1);
        }
    }

    iterator moved_on_some_paths(flags: Vec<u32>) yields (u32) with (vec![0, 1, 2, 3]) {
        let mut kept = Some(d("kept"));
        let other = d("other");
        let third = d("third");
        let mut moved = vec![];
        for flag in flags {
            if flag == 1 {
                moved.extend(kept.take());
            }
            if flag == 2 {
                drop(third);
                break;
            }
            yield_!(flag);
        }
    }

    iterator out_of_a_block(n: u32) yields (u32) with (2) {
        let outer = d("outer");
        'block: {
            let inner = d("inner");
            yield_!(n);
            for k in 0..n {
                let step = d("step");
                if k == 1 {
                    break 'block;
                }
            }
            yield_!(n + 1);
        }
    }

    coroutine to_a_literal(limit: u32) takes (u32) [1, 2, 5, 3] yields (u32) returns (bool) with (4) {
        let outer = d("outer");
        loop {
            let guard = d("guard");
            let n = yield_!(limit);
            if n > limit {
                break;
            }
            if n == 0 {
                return false;
            }
            yield_!(n);
        }
        true
    }

    coroutine to_a_success(limit: u32) takes (Result<u32, String>) [Ok(1), Ok(2), Ok(5), Ok(3)] yields (u32)
        returns (Result<(), String>) with (4)
    {
        let outer = d("outer");
        while let n = yield_!(limit)? {
            let guard = d("guard");
            if n > limit {
                break;
            }
            yield_!(n)?;
        }
        Ok(())
    }

    coroutine to_what_is_computed(limit: u32) takes (u32) [1, 2, 5, 3] yields (u32) returns (usize) with (4) {
        let outer = d("outer");
        loop {
            let guard = d("guard");
            let n = yield_!(limit);
            if n > limit {
                break;
            }
            yield_!(n);
        }
        log("computed");
        outer.name().len()
    }
}

struct AddsGuard<'n>(&'n mut u32);

impl Drop for AddsGuard<'_> {
    fn drop(&mut self) {
        *self.0 += 100;
        log("adds");
    }
}

differential! {
    coroutine number_behind_the_loop() takes (u32) [1, 2, 3, 4, 5, 6] yields (u32) returns (Result<u32, ()>) {
        let outer = D("outer");
        let mut sum = 0;
        loop {
            let d = D("d");
            let more = yield_!(sum);
            match more {
                1 => continue,
                2 => {
                    let sum = D("hides");
                    log(sum.0);
                }
                5 => {
                    let sum = D("hides and leaves");
                    break;
                }
                n => sum += n,
            }
        }
        Ok(sum)
    }

    coroutine number_that_a_drop_changes() takes (u32) [1, 2, 3, 4] yields (u32) returns (u32) {
        let mut sum = 0;
        loop {
            let n = yield_!(sum);
            sum += n;
            let mut adds = AddsGuard(&mut sum);
            *adds.0 += 1;
            if n == 3 {
                break;
            }
        }
        sum
    }

    coroutine number_that_a_closure_changes() takes (u32) [1, 2, 3, 4] yields (u32) returns (u32) {
        let mut sum = 0;
        loop {
            let n = yield_!(sum);
            let mut add = |m| sum += m;
            add(n);
            if n == 2 {
                add(10);
                break;
            }
            add(1);
        }
        sum
    }
}
