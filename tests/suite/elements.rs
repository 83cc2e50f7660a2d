//! What is found in lists and options of known types.

use std::collections::VecDeque;

use crate::harness::{D, log};

differential! {
    iterator in_loops(list: Vec<(u32, D)>, array: [(D, u32); 2]) yields (u32)
        with (vec![(1, D("a")), (4, D("b"))], [(D("c"), 5), (D("d"), 6)]) {
        for (n, d) in list {
            if n > 3 { yield_!(1); }
            log(d.name());
            yield_!(2);
        }
        for (i, (d, n)) in array.into_iter().enumerate().rev() {
            if n > 5 { yield_!(i as u32); }
            drop(d);
            yield_!(3);
        }
    }

    iterator in_options(one: Option<(D, u32)>, result: Result<u32, D>, mut queue: VecDeque<(D, u32)>) yields (u32)
        with (Some((D("a"), 1)), Ok(2), VecDeque::from([(D("b"), 3), (D("c"), 4)])) {
        let mut last = one;
        if let Some((d, n)) = last.take() {
            let copy = n;
            yield_!(1);
            if copy > 0 { log(d.name()); yield_!(n) }
        }
        if let Ok(n) = result { yield_!(2); log(n) }
        while let Some((d, n)) = queue.pop_front() {
            let in_round = D("round");
            yield_!(3);
            let m = n;
            drop(d);
            yield_!(n + m);
            log(in_round.name());
        }
        let Some((ref d, n)) = last else { yield_!(4); return };
        yield_!(n);
        log(d.name());
    }
}
