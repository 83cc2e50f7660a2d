//! What may stand in a signature: kinds, boxes, bounds, argument patterns, fragments of other macros.

use std::fmt::Debug;
use std::iter::FusedIterator;

use unawait::prelude::*;

#[coro]
fn boxed() -> Box<dyn Iterator<Item = u8>> {
    yield_!(1);
    yield_!(2);
}

#[coro]
fn boxed_with_bounds<'a>(text: &'a str) -> Box<dyn Iterator<Item = &'a str> + Send + 'a> {
    for word in text.split(' ') {
        yield_!(word);
    }
}

#[coro]
fn boxed_by_path() -> std::boxed::Box<dyn std::iter::Iterator<Item = u8>> {
    yield_!(3);
}

#[coro]
fn boxed_coroutine(start: u32) -> Box<dyn Coroutine<u32, Yield = u32, Return = String>> {
    let n = yield_!(start);
    format!("{start} {n}")
}

#[coro]
fn paths() -> impl core::iter::Iterator<Item = std::string::String> + std::marker::Send {
    yield_!(String::from("path"));
}

#[allow(clippy::implied_bounds_in_impls, reason = "the bounds are the test")]
#[coro]
fn every_bound<'a>(
    text: &'a str,
) -> impl Send + Iterator<Item = char> + Clone + Debug + Sync + Unpin + FusedIterator + 'a {
    for c in text.chars() {
        yield_!(c);
    }
}

#[coro]
fn precise_capture<'a, T: Clone>(text: &'a str, _value: T) -> impl Iterator<Item = usize> + use<'a, T> {
    yield_!(text.len());
}

#[coro]
fn patterns((a, mut b): (i32, i32), [c, ..]: [i32; 3], Wrapper(d): Wrapper, _: i32) -> impl Iterator<Item = i32> {
    b += 1;
    yield_!(a + b);
    yield_!(c + d);
}

struct Wrapper(i32);

#[coro]
fn no_input() -> impl Coroutine<Yield = u8, Return = &'static str> {
    yield_!(1);
    "done"
}

#[coro]
fn nothing() -> impl Iterator<Item = u8> {}

#[coro]
fn only_a_value() -> impl Coroutine<(), Yield = u8, Return = u8> {
    7
}

#[coro]
fn never_returns() -> impl Coroutine<u32, Yield = u32, Return = std::convert::Infallible> {
    let mut sum = 0;
    loop {
        sum += yield_!(sum);
    }
}

#[coro]
fn item_is_opaque() -> impl Iterator<Item = impl Iterator<Item = u32>> {
    for n in 1..3 {
        yield_!((0..n).map(move |m| n * 10 + m));
    }
}

#[coro]
fn item_is_a_machine() -> impl Iterator<Item = impl Iterator<Item = u8>> {
    yield_!(nested());
    yield_!(nested());
}

#[coro]
fn nested() -> impl Iterator<Item = u8> {
    yield_!(1);
    yield_!(2);
}

#[allow(unsafe_code, reason = "the function is the test")]
#[coro]
pub(crate) unsafe fn unsafe_function(pointer: *const u8) -> impl Iterator<Item = u8> {
    for i in 0..2 {
        // SAFETY: the caller gives a pointer to two bytes.
        yield_!(unsafe { *pointer.add(i) });
    }
}

macro_rules! generated {
    ($name:ident, $item:ty, $from:expr, $body:block, $bound:path) => {
        #[coro]
        fn $name(mut n: $item) -> impl Iterator<Item = $item> + $bound {
            yield_!($from);
            while n > 0 {
                yield_!(n);
                n -= 1;
                $body
            }
        }
    };
}

generated!(generated_by_a_macro, u32, 100, { yield_!(50) }, Clone);

macro_rules! generated_with_operators {
    ($name:ident, $sum:expr, $closure:expr) => {
        #[coro]
        fn $name() -> impl Iterator<Item = i32> {
            yield_!($sum * 10);
            let negative = -$sum;
            yield_!(negative);
            yield_!($closure(4));
        }
    };
}

generated_with_operators!(operators_keep_their_operands, 1 + 2, |n| n + 1);

macro_rules! generated_result {
    ($name:ident, $value:ty, $returned:ty, $parse:expr) => {
        #[coro]
        fn $name(text: &str) -> impl Coroutine<(), Yield = $value, Return = $returned> {
            let n: $value = $parse(text)?;
            yield_!(n);
            Ok(n)
        }
    };
}

generated_result!(generated_with_a_question, u8, Result<u8, std::num::ParseIntError>, str::parse);

#[test]
fn boxes() {
    assert_eq!(boxed().chain(boxed_by_path()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(boxed_with_bounds("a bc").collect::<Vec<_>>(), ["a", "bc"]);
    let mut machine = boxed_coroutine(4);
    assert_eq!(machine.start(), CoroutineState::Yielded(4));
    assert_eq!(machine.resume(5), CoroutineState::Complete("4 5".to_owned()));
}

#[test]
fn bounds() {
    assert_eq!(paths().collect::<String>(), "path");
    assert_eq!(every_bound("abc").collect::<String>(), "abc");
    let counts = precise_capture("four", String::new());
    assert_eq!(counts.collect::<Vec<_>>(), [4]);
}

#[test]
fn argument_patterns() {
    assert_eq!(patterns((1, 2), [3, 4, 5], Wrapper(6), 7).collect::<Vec<_>>(), [4, 9]);
}

#[test]
fn units_and_nothing() {
    let mut machine = no_input();
    assert_eq!(machine.resume(()), CoroutineState::Yielded(1));
    assert_eq!(machine.resume(()), CoroutineState::Complete("done"));
    assert_eq!(nothing().next(), None);
    assert_eq!(only_a_value().start(), CoroutineState::Complete(7));
}

#[test]
fn endless_coroutine() {
    let mut machine = never_returns();
    assert_eq!(machine.start(), CoroutineState::Yielded(0));
    assert_eq!(machine.resume(5), CoroutineState::Yielded(5));
    assert_eq!(machine.resume(6), CoroutineState::Yielded(11));
}

#[test]
fn opaque_items() {
    assert_eq!(item_is_opaque().flatten().collect::<Vec<_>>(), [10, 20, 21]);
    assert_eq!(item_is_a_machine().flatten().collect::<Vec<_>>(), [1, 2, 1, 2]);
}

#[test]
#[allow(unsafe_code, reason = "the function is the test")]
fn unsafe_functions() {
    let bytes = [5, 6];
    // SAFETY: two bytes.
    assert_eq!(unsafe { unsafe_function(bytes.as_ptr()) }.collect::<Vec<_>>(), bytes);
}

#[test]
fn fragments_of_other_macros() {
    assert_eq!(generated_by_a_macro(2).collect::<Vec<_>>(), [100, 2, 50, 1, 50]);
    assert_eq!(operators_keep_their_operands().collect::<Vec<_>>(), [30, -3, 5]);
    let mut machine = generated_with_a_question("7");
    assert_eq!(machine.start(), CoroutineState::Yielded(7));
    assert_eq!(machine.resume(()), CoroutineState::Complete(Ok(7)));
    assert!(matches!(
        generated_with_a_question("x").start(),
        CoroutineState::Complete(Err(_))
    ));
}
