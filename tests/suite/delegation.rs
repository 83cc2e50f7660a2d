//! `yield_from!` of iterators and coroutines, and its value.

use std::fmt::Debug;

use unawait::{Coroutine, CoroutineState, coro};

use crate::harness::{D, log, panic_of, record, take_log, v};

#[coro]
fn countdown(mut n: u32, _guard: D) -> impl Iterator<Item = u32> {
    while n > 0 {
        yield_!(n);
        n -= 1;
    }
}

#[coro]
fn ask(question: i32, guard: D) -> impl Coroutine<i32, Yield = i32, Return = i32> {
    let answer = yield_!(question);
    let more = yield_!(answer + 1);
    drop(guard);
    answer * more
}

#[coro]
fn fallible(limit: i32) -> impl Coroutine<i32, Yield = i32, Return = Result<i32, String>> {
    let n = yield_!(limit);
    if n > limit {
        Err(format!("{n} is above {limit}"))
    } else {
        Ok(n)
    }
}

differential! {
    iterator of_iterators() yields (u32) {
        let _outer = D("outer");
        yield_from!(1..3);
        yield_from!(vec![7, 8]);
        yield_!(100);
        yield_from!([5].into_iter().map(|n| n * 2));
        yield_from!(Some(11));
        yield_from!(countdown(2, D("inner")));
        log("end");
    }

    iterator in_a_loop() yields (u32) {
        for i in 0..4 {
            let _round = D("round");
            if i == 1 { continue }
            yield_from!(countdown(i, D("inner")));
            if i == 2 { break }
        }
        yield_!(0);
    }

    iterator in_branches(n: u32) yields (u32) with (2) {
        if n > 1 { yield_from!(0..n) } else { yield_from!(n..) }
        match n { 0 => {} 2 => yield_from!([20, 21]), _ => yield_!(0) }
        let list = vec![n, n + 1];
        yield_from!(list.iter().map(|n| n * 10).collect::<Vec<_>>());
        yield_from!(list);
    }

    coroutine value_of_a_coroutine() takes (i32) [2, 3, 4, 5] yields (i32) returns (i32) {
        let _outer = D("outer");
        let a = yield_from!(ask(v("first", 10), D("one")));
        log("between");
        let b = yield_!(a) + yield_from!(ask(20, D("two")));
        a * 1000 + b
    }

    coroutine tail_delegation() takes (i32) [2, 3] yields (i32) returns (i32) {
        let _outer = D("outer");
        yield_from!(ask(1, D("inner")))
    }

    coroutine question_mark() takes (i32) [2, 30] yields (i32) returns (Result<i32, String>) {
        let _outer = D("outer");
        let n = yield_from!(fallible(10))?;
        let m = yield_from!(fallible(20))?;
        Ok(n + m)
    }

    coroutine operands_around() takes (i32) [2, 3, 4, 5] yields (i32) returns ((i32, i32, i32)) {
        let x = 7;
        (v("left", x), yield_from!(ask(x, D("inner"))), v("right", x + 1))
    }

    coroutine by_reference() takes (i32) [2, 3, 4] yields (i32) returns (i32) {
        let mut inner = Box::new(ask(5, D("inner")));
        let n = yield_from!(inner);
        n + yield_!(0)
    }

    coroutine while_delegating() takes (i32) [1, 2, 0, 4, 5] yields (i32) returns (i32) {
        let mut rounds = 0;
        while yield_from!(ask(rounds, D("inner"))) != 0 { rounds += 1; }
        rounds
    }
}

#[coro]
fn outer(inner: impl Coroutine<u8, Yield = char, Return = String>) -> impl Coroutine<u8, Yield = char, Return = usize> {
    yield_!('<');
    let text = yield_from!(inner);
    yield_!('>');
    text.len()
}

#[coro]
fn spell(text: &str) -> impl Coroutine<u8, Yield = char, Return = String> {
    let mut out = String::new();
    for c in text.chars() {
        let n = yield_!(c);
        for _ in 0..n {
            out.push(c);
        }
    }
    out
}

#[test]
fn inputs_reach_the_inner_coroutine() {
    let mut machine = outer(spell("ab"));
    assert_eq!(machine.start(), CoroutineState::Yielded('<'));
    assert_eq!(machine.resume(9), CoroutineState::Yielded('a'));
    assert_eq!(machine.resume(2), CoroutineState::Yielded('b'));
    assert_eq!(machine.resume(3), CoroutineState::Yielded('>'));
    assert_eq!(machine.resume(1), CoroutineState::Complete(5));
}

#[test]
fn boxed_inner_coroutine() {
    let inner: Box<dyn Coroutine<u8, Yield = char, Return = String>> = Box::new(spell("x"));
    let mut machine = outer(inner);
    assert_eq!(machine.start(), CoroutineState::Yielded('<'));
    assert_eq!(machine.resume(0), CoroutineState::Yielded('x'));
    assert_eq!(machine.resume(4), CoroutineState::Yielded('>'));
    assert_eq!(machine.resume(0), CoroutineState::Complete(4));
}

/// Tells where it is, when it is asked and when it drops, and panics at an item.
#[derive(Clone, Debug)]
struct Witness {
    left: u32,
    panics_at: u32,
}

impl Iterator for Witness {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        assert_ne!(self.left, self.panics_at, "asked for the last time");
        self.left = self.left.checked_sub(1)?;
        Some(std::ptr::from_ref(self).addr())
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        record("drop inner".to_owned());
    }
}

#[coro]
fn watched(panics_at: u32) -> impl Iterator<Item = usize> + Clone + Debug {
    let _first = D("first");
    yield_!(0);
    let _second = D("second");
    yield_from!(Witness { left: 3, panics_at });
    yield_from!(Witness { left: 1, panics_at });
    yield_!(1);
}

#[test]
fn the_inner_iterator_stays_where_it_is() {
    let places: Vec<_> = watched(9).collect();
    assert_eq!(places.len(), 6);
    assert!(places[1] == places[2] && places[2] == places[3], "{places:?}");
}

#[test]
fn a_panic_of_the_inner_iterator_ends_all() {
    let mut machine = watched(2);
    assert_eq!(machine.next(), Some(0));
    let mut copy = machine.clone();
    assert!(machine.next().is_some());
    take_log();
    assert!(panic_of(|| machine.next()).contains("the last time"));
    assert_eq!(take_log(), ["drop inner", "drop second", "drop first"]);
    assert_eq!((machine.next(), machine.next()), (None, None));
    assert_eq!(format!("{machine:?}"), "Done");
    drop(machine);
    assert!(take_log().is_empty());
    assert!(copy.next().is_some());
}

#[test]
fn items_are_coerced() {
    #[coro]
    fn texts(names: &[String]) -> impl Iterator<Item = &str> {
        yield_!("first");
        yield_from!(names.iter());
    }
    #[coro]
    fn shown() -> impl Iterator<Item = Box<dyn Debug>> {
        yield_from!([Box::new(1_u8)]);
        yield_from!([Box::new("two")]);
    }
    assert!(texts(&["second".to_owned()]).eq(["first", "second"]));
    assert_eq!(format!("{:?}", shown().collect::<Vec<_>>()), "[1, \"two\"]");
}

#[test]
fn ending_takes_no_room() {
    #[coro]
    fn passed_on<I: Iterator<Item = u64>>(inner: I) -> impl Iterator<Item = u64> {
        yield_from!(inner);
    }
    let once = passed_on(0..9);
    let thrice = passed_on(passed_on(passed_on(0..9)));
    assert!(size_of_val(&once) <= size_of::<std::ops::Range<u64>>() + 8);
    assert!(size_of_val(&thrice) <= size_of_val(&once) + 16);
}
