//! Names of the user that a machine might want for itself.

use crate::harness::{D, log, v};

differential! {
    #[Clone]
    iterator locals(state: i32, input: i32) yields (i32) with (1, 2) {
        let mut value = state + input;
        yield_!(value);
        value += 1;
        let (inner, iter, it, kept, position, nth, index, next) = (1, 2, 3, 4, 5, 6, 7, 8);
        for item in [state, value] {
            yield_!(item + inner + iter);
            yield_!(it + kept + position + nth + index + next);
        }
        let (tmp0, t0, temporary, operand, left, right, first, second) = (1, 2, 3, 4, 5, 6, 7, 8);
        yield_!(tmp0 + t0 + temporary + operand + left + right + first + second);
        let slot = state;
        let current = input;
        let machine = |n: i32| n + slot;
        yield_!(machine(current));
        yield_!(slot + state + input + value);
    }

    coroutine locals_among_operands() takes (i32) [3, 4] yields (i32) returns (i32) {
        let (value, value_0, value_1, operand, operand0, left, left0, state, input) = (1, 2, 3, 4, 5, 6, 7, 8, 9);
        fn sum(a: i32, b: i32, c: i32, d: i32) -> i32 { a * 1000 + b * 100 + c * 10 + d }
        let n = sum(v("a", value), yield_!(value_0), v("c", value_1), yield_!(operand + left + state + input));
        n + operand0 + left0
    }

    iterator kept_guards() yields (i32) {
        let kept_a = D("kept_a");
        let a = D("a");
        let _kept = D("_kept");
        log(a.name());
        yield_!(1);
        let kept_a = D("second kept_a");
        log(kept_a.name());
        yield_!(2);
    }

    iterator raw_identifiers(r#type: i32, r#match: D) yields (i32) with (5, D("match")) {
        let r#fn = r#type + 1;
        yield_!(r#fn);
        let r#loop = r#match;
        yield_!(r#type);
        log(format_args!("{type} {}", r#loop.name()));
    }

    iterator labels() yields (i32) {
        'machine: loop {
            'state: for i in 0..3 {
                yield_!(i);
                'step: loop { if i == 2 { break 'machine } if i == 1 { continue 'state } break 'step }
            }
        }
        yield_!(9);
    }

    iterator one_letter_and_unicode(größe: i32) yields (i32) with (4) {
        let (s, i, y, r, f, x) = (1, 2, 3, 4, 5, größe);
        yield_!(s + i + y + r + f + x);
        let été = größe * 2;
        yield_!(été);
        yield_!(x + été);
    }

    iterator items_in_the_body() yields (usize) {
        #[derive(Debug)]
        enum State { Start, Yield0, Done }
        struct Machine;
        enum CoroutineState { Yielded, Complete }
        fn machine(state: State) -> usize { match state { State::Start => 1, State::Yield0 => 2, State::Done => 3 } }
        fn take(n: usize) -> usize { n + 10 }
        fn put(n: usize) -> usize { n + 20 }
        fn received(n: usize) -> usize { n + 30 }
        fn hold(n: usize) -> usize { n + 40 }
        let all = [machine(State::Start), machine(State::Yield0), machine(State::Done)];
        let d = D("d");
        log(d.name());
        for n in all { yield_!(take(put(n))); yield_!(received(hold(n))); }
        let _ = (Machine, CoroutineState::Yielded, CoroutineState::Complete);
        yield_!(0);
    }
}

/// A module whose own items have the names of the runtime's and of the prelude's.
#[allow(dead_code, reason = "the names are the test")]
mod taken {
    use crate::harness::{D, log};

    #[derive(Debug, Clone, Copy, PartialEq)]
    pub enum State {
        Start,
        Done,
    }

    #[derive(Debug)]
    pub struct Yielded(pub i32);
    #[derive(Debug)]
    pub struct Complete<T>(pub T);
    pub struct Machine;

    #[derive(Debug)]
    pub enum Maybe {
        Some(i32),
        None,
    }

    pub use Maybe::{None, Some};

    pub fn take(n: i32) -> i32 {
        n + 1
    }

    pub fn put(n: i32) -> i32 {
        n + 2
    }

    pub fn machine(n: i32) -> i32 {
        n + 3
    }

    pub fn drop(d: D) {
        log("my own drop");
        let _dropped = d;
    }

    differential! {
        iterator functions() yields (i32) {
            yield_!(take(1));
            yield_!(put(1));
            yield_!(machine(1));
            drop(D("d"));
            yield_!(4);
        }

        iterator types_and_variants() yields (String) {
            let mut states = vec![State::Start, State::Done];
            yield_!(format!("{:?}", states.pop()));
            let y = Yielded(5);
            let c = Complete("done");
            yield_!(format!("{y:?}"));
            yield_!(format!("{c:?}"));
        }

        iterator shadowed_some_and_none() yields (i32) {
            for maybe in [Some(1), None] {
                match maybe { Some(n) => yield_!(n), None => yield_!(-1) }
            }
            let d = D("d");
            log(d.name());
            for n in 0..2 { yield_!(n); }
        }

        coroutine in_a_coroutine() takes (i32) [1, 2] yields (i32) returns (Maybe) {
            let n = yield_!(take(1));
            if n > 5 { return None }
            let m = yield_!(put(n));
            Some(machine(m))
        }
    }

    macro_rules! through_a_macro {
        (put $n:expr) => {
            put($n)
        };
        (take $n:expr) => {
            take($n)
        };
        (some $n:expr) => {
            Some($n)
        };
        (start) => {
            State::Start
        };
        (yielded) => {
            Yielded(3)
        };
    }

    differential! {
        iterator names_that_only_a_macro_mentions() yields (i32) {
            yield_!(through_a_macro!(put 1));
            let n = through_a_macro!(take 1);
            yield_!(n);
            let start = through_a_macro!(start);
            yield_!(start as i32 + 50);
        }

        iterator variants_that_only_a_macro_mentions() yields (String) {
            yield_!(format!("{:?}", through_a_macro!(some 1)));
            yield_!(format!("{:?}", through_a_macro!(yielded)));
        }
    }
}

/// Modules with the names of crates.
mod crates {
    pub mod core {}
    pub mod std {}
    pub mod alloc {}
    pub mod unawait {}
    pub mod machine {}

    differential! {
        #[Clone]
        iterator modules_named_like_crates() yields (u8) {
            let list = vec![1, 2];
            for n in list { yield_!(n); }
        }
    }
}

/// Types and traits with the names of the prelude's.
#[allow(dead_code, reason = "the names are the test")]
mod types {
    #[derive(Debug)]
    pub struct Option(pub u8);
    pub trait Iterator {}
    pub trait IntoIterator {}
    pub struct Box;
    type Result = u8;

    #[::unawait::coro]
    fn own_types() -> impl ::core::iter::Iterator<Item = Option> {
        let one: Result = 1;
        yield_!(Option(one));
        for n in 2..4 {
            yield_!(Option(n));
        }
        let _ = Box;
    }

    #[test]
    fn types_of_the_prelude_may_be_shadowed() {
        let bytes: Vec<u8> = own_types().map(|option| option.0).collect();
        assert_eq!(bytes, [1, 2, 3]);
    }
}

/// Methods that a blanket trait of the user gives to everything.
#[allow(dead_code, clippy::wrong_self_convention, reason = "the names are the test")]
mod blanket {
    use crate::harness::D;

    pub trait Everywhere {
        fn next(&mut self) -> u8 {
            7
        }
        fn kind(&self) -> u8 {
            8
        }
        fn step(&self) -> u8 {
            9
        }
        fn into_iter(&self) -> u8 {
            10
        }
        fn nth_of(&self) -> u8 {
            11
        }
    }

    impl<T> Everywhere for T {}

    #[::unawait::coro]
    pub fn machine() -> impl Iterator<Item = u8> {
        let guard = D("guard");
        let n = Everywhere::kind(&guard);
        yield_!(n);
        for i in [1, 2] {
            yield_!(i);
        }
        let list = vec![3, 4];
        for i in &list {
            yield_!(*i);
        }
        yield_!(list.step());
        yield_from!([5, 6]);
    }
}

#[test]
fn methods_of_a_blanket_trait() {
    assert_eq!(blanket::machine().collect::<Vec<_>>(), [8, 1, 2, 3, 4, 9, 5, 6]);
}
