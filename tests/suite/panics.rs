//! Panics in a step: locals drop once, the machine is finished. (Every other body panics at each of its evaluations
//! as well; here are those that panic by themselves.)

use unawait::{Coroutine, CoroutineState, coro};

use crate::harness::{D, catch_quietly, panic_of, take_log};

differential! {
    iterator explicit_panic() yields (i32) {
        let _a = D("a");
        for i in 0.. {
            let _b = D("b");
            yield_!(i);
            let _c = D("c");
            if i == 2 { panic!("at {i}") }
        }
    }

    coroutine failing_operations() takes (usize) [1, 0, 7] yields (usize) returns (usize) {
        let _guard = D("guard");
        let list = vec![1, 2, 3];
        let mut sum = 0;
        loop {
            let n = yield_!(sum);
            sum += list[n] + 6 / list[n];
        }
    }

    coroutine panic_among_operands() takes (Option<i32>) [Some(1), None] yields (i32) returns (i32) {
        fn three(a: D, b: i32, c: D) -> i32 { b }
        let mut sum = 0;
        loop {
            sum += three(D("a"), yield_!(sum).expect("an input"), D("c"));
        }
    }

    iterator panic_before_the_first_suspension(a: D, _b: D) yields (i32) with (D("a"), D("b")) {
        let _c = D("c");
        let n: i32 = "x".parse().expect("a number");
        yield_!(n);
    }

    iterator panic_in_a_drop() yields (i32) {
        struct Bomb(bool);
        impl Drop for Bomb { fn drop(&mut self) { if self.0 { panic!("in drop") } } }
        let _a = D("a");
        {
            let _b = D("b");
            let mut bomb = Bomb(false);
            let _c = D("c");
            yield_!(1);
            bomb.0 = true;
        }
        yield_!(2);
    }

    iterator panic_in_the_iterator() yields (i32) {
        let _a = D("a");
        let numbers = (0..5).map(|n| { if n == 2 { panic!("two") } n });
        for n in numbers {
            let _b = D("b");
            yield_!(n);
        }
    }

    iterator caught_inside() yields (i32) {
        let result = std::panic::catch_unwind(|| { if true { panic!("inside") } 1 });
        yield_!(result.is_err() as i32);
        yield_!(result.unwrap_or(7));
    }
}

#[coro]
fn ends_badly(_guard: D) -> impl Iterator<Item = i32> {
    yield_!(1);
    panic!("the end");
}

#[coro]
fn protocol(_guard: D) -> impl Coroutine<i32, Yield = i32, Return = i32> {
    let n = yield_!(1);
    assert!(n < 10, "too large");
    n
}

#[test]
fn panicked_iterator_is_finished() {
    let mut machine = ends_badly(D("guard"));
    assert_eq!(machine.next(), Some(1));
    take_log();
    assert_eq!(panic_of(|| machine.next()), "the end");
    assert_eq!(take_log(), ["drop guard"]);
    assert_eq!(machine.next(), None);
    assert_eq!(machine.next(), None);
}

#[test]
fn resuming_a_panicked_coroutine_names_the_function() {
    let mut machine = protocol(D("guard"));
    assert_eq!(machine.start(), CoroutineState::Yielded(1));
    assert_eq!(panic_of(|| machine.resume(10)), "too large");
    for _ in 0..2 {
        let text = panic_of(|| machine.resume(1));
        assert!(text.contains("`protocol`") && text.contains("resumed after"), "{text}");
    }
    take_log();
    drop(machine);
    assert!(take_log().is_empty());
}

#[test]
fn resuming_a_completed_coroutine_names_the_function() {
    let mut machine = protocol(D("guard"));
    machine.start();
    assert_eq!(machine.resume(3), CoroutineState::Complete(3));
    let text = panic_of(|| machine.resume(1));
    assert!(text.contains("`protocol`") && text.contains("resumed after"), "{text}");
    let text = panic_of(|| machine.start());
    assert!(text.contains("`protocol`"), "{text}");
}

#[test]
fn starting_a_started_coroutine_panics() {
    let mut machine = protocol(D("guard"));
    machine.start();
    assert!(catch_quietly(|| machine.start()).is_err());
}
