//! Closures as locals, as arguments and around a suspension; they keep their own `return`, `?` and labels.

use std::cell::Cell;
use std::rc::Rc;

use crate::harness::{D, log, v};

differential! {
    iterator moving_closure() yields (i32) {
        let base = 10;
        let d = D("captured");
        let add = move |n: i32| { log(d.name()); n + base };
        yield_!(add(1));
        yield_!(add(2));
        yield_!(base);
    }

    iterator borrowing_closure() yields (i32) {
        let base = vec![10, 20];
        let pick = |i: usize| base[i] + 1;
        yield_!(pick(0));
        yield_!(pick(1));
        yield_!(base.len() as i32);
    }

    iterator captures_of_patterns() yields (i32) {
        let (n, [m, _]) = (3, [4, 5]);
        let add = |k: i32| k + n * 10 + m * 100;
        yield_!(add(1));
        yield_!(add(2));
        if let Some(k) = Some(7) {
            let mul = |i: i32| i * k;
            yield_!(mul(2));
            yield_!(mul(3));
        }
        for (i, j) in [(1, 2), (3, 4)] {
            let sub = |k: i32| k - i - j;
            yield_!(sub(10));
            yield_!(sub(20));
        }
    }

    iterator mutating_closure() yields (i32) {
        let mut calls = 0;
        let mut seen = vec![];
        let mut count = |n: i32| { calls += 1; seen.push(n); calls };
        yield_!(count(5));
        yield_!(count(6));
        yield_!(count(7) * 10);
        yield_!(calls + seen.iter().sum::<i32>());
    }

    iterator closure_called_between() yields (usize) {
        let text = String::from("text");
        let length = || text.len();
        let n = length();
        yield_!(n);
        yield_!(text.len() + n);
    }

    iterator parameter_types_found_later() yields (usize) {
        let size = |x| std::mem::size_of_val(&x);
        yield_!(0);
        yield_!(size(5u16));
    }

    iterator closure_without_captures() yields (i32) {
        let square = |n| n * n;
        for i in 1..4 { yield_!(square(i)); }
    }

    iterator closures_have_their_own_exits() yields (i32) {
        let parse = |text: &str| -> Option<i32> {
            if text.is_empty() { return None }
            let n: i32 = text.parse().ok()?;
            for i in 0.. { if i > n { return Some(i) } if i == 3 { break } }
            Some(n)
        };
        for text in ["2", "", "x", "7"] {
            yield_!(parse(text).unwrap_or(-1));
        }
    }

    iterator closure_given_away() yields (i32) {
        let factor = 3;
        let offset = Rc::new(Cell::new(1));
        let list: Vec<i32> = (0..3).map(|n| n * factor + offset.get()).collect();
        for n in list { yield_!(n); offset.set(offset.get() + n); }
        yield_!(offset.get());
    }

    iterator closure_argument(f: impl Fn(i32) -> i32, mut g: impl FnMut() -> i32) yields (i32)
        with (|n| n * 2, { let mut n = 0; move || { n += 1; n } })
    {
        yield_!(f(g()));
        yield_!(f(g()));
        let h = f;
        yield_!(h(g()));
    }

    iterator once_closure(f: impl FnOnce() -> D) yields (usize) with ({ let d = D("captured"); move || d }) {
        yield_!(1);
        let d = f();
        yield_!(d.name().len());
    }

    iterator boxed_closures() yields (i32) {
        let mut steps: Vec<Box<dyn Fn(i32) -> i32>> = Vec::new();
        let by = 3;
        steps.push(Box::new(move |n| n + by));
        yield_!(0);
        let double: Box<dyn Fn(i32) -> i32> = Box::new(|n| n * 2);
        steps.push(double);
        let mut n = 1;
        for step in steps { n = step(n); yield_!(n); }
    }

    iterator function_pointers() yields (i32) {
        fn inc(n: i32) -> i32 { n + 1 }
        let mut f: fn(i32) -> i32 = inc;
        yield_!(f(1));
        f = |n| n * 5;
        yield_!(f(2));
        for g in [i32::abs as fn(i32) -> i32, inc] { yield_!(g(-7)); }
    }

    iterator adaptors_with_captures() yields (usize) {
        let words = ["one", "three", "five"];
        let limit = 3;
        let mut long = words.into_iter().filter(move |word| word.len() > limit).map(|word| word.len());
        while let Some(n) = long.next() { yield_!(n); }
        yield_!(words.len());
    }

    coroutine closure_literal_as_operand() takes (i32) [4, 5] yields (i32) returns (i32) {
        fn apply(f: impl Fn(i32) -> i32, n: i32) -> i32 { f(n) }
        let by = 3;
        apply(|n| n * by, yield_!(1)) + apply(move |n| n - by, v("second", yield_!(2)))
    }

    coroutine closure_consumed_after() takes (i32) [4] yields (i32) returns (usize) {
        let d = D("captured");
        let consume = move || d.finish();
        let n = yield_!(1) as usize;
        consume() + n
    }

    iterator async_block_inside() yields (i32) {
        let n = 3;
        let future = async move { if n > 5 { return 0 } n * 2 };
        yield_!(1);
        let mut future = Box::pin(future);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(n) => yield_!(n),
            std::task::Poll::Pending => {}
        }
    }

    iterator boxes_that_are_called_once(f: Box<dyn FnOnce(u32) -> D>, g: Box<dyn FnOnce() -> u32 + Send + 'static>) yields (usize) with ({ let d = D("f"); Box::new(move |n| { log(d.name()); D("ret") }) }, { let d = D("g"); Box::new(move || { drop(d); 1 }) }) {
        let _x = D("x");
        let r = f(1);
        yield_!(r.name().len());
        if r.name() == "ret" { let n = g(); yield_!(n as usize); } else { yield_!(0) }
        yield_!(9);
    }

    iterator takes_a_copy_of_a_field() yields (usize) {
        let pair = (3, D("pair"));
        let f = move |n: usize| pair.0 + n;
        yield_!(f(1));
        yield_!(f(2));
    }

    iterator takes_a_field_behind_a_pointer() yields (usize) {
        let pair = std::rc::Rc::new((3, D("pair")));
        let other = pair.clone();
        let f = move || pair.0 + pair.1.name().len();
        yield_!(f());
        drop(f);
        yield_!(other.0);
    }

    iterator takes_a_length_of_a_field(pair: Vec<D>) yields (usize) with (vec![D("a"), D("b")]) {
        let pair = { let made = (pair, D("rest")); made };
        let lengths = (pair.0.len(), pair.1.name().len());
        let f = move |n: usize| lengths.0.max(n) + lengths.1.min(n);
        yield_!(f(1));
        yield_!(f(2) + pair.0.len());
    }
}
