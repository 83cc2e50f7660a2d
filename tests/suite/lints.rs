//! An expansion is clean under every lint, and does not silence the user's own.

#![deny(
    warnings,
    missing_docs,
    unused,
    unreachable_pub,
    unused_qualifications,
    unused_results,
    let_underscore_drop
)]
#![deny(
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    single_use_lifetimes,
    trivial_casts
)]
#![deny(
    variant_size_differences,
    missing_debug_implementations,
    unused_lifetimes,
    redundant_lifetimes
)]
#![deny(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::panic,
    clippy::unreachable,
    clippy::wildcard_imports
)]
#![forbid(unsafe_code)]

use unawait::prelude::{Coroutine, CoroutineState, coro};

use crate::harness::D;

#[coro]
fn fibonacci(limit: u64) -> impl Iterator<Item = u64> + Clone + core::fmt::Debug {
    let (mut a, mut b) = (0, 1);
    while a <= limit {
        yield_!(a);
        (a, b) = (b, a + b);
    }
}

#[coro]
fn words<'a>(text: &'a str, skip: &str) -> impl Iterator<Item = &'a str> {
    for word in text.split_whitespace() {
        if word == skip {
            continue;
        }
        yield_!(word);
    }
}

#[coro]
fn table(rows: Vec<Vec<u32>>) -> impl Iterator<Item = (usize, u32)> {
    'rows: for (index, row) in rows.into_iter().enumerate() {
        for cell in row {
            if cell == 0 {
                continue 'rows;
            }
            if cell > 9 {
                break 'rows;
            }
            yield_!((index, cell));
        }
    }
}

#[coro]
fn average() -> impl Coroutine<f64, Yield = Option<f64>, Return = Result<f64, String>> {
    let mut sum = 0.0;
    let mut count = 0.0;
    let mut mean = None;
    loop {
        let sample = yield_!(mean);
        if sample.is_nan() {
            return mean.ok_or_else(|| String::from("no samples"));
        }
        if sample < 0.0 {
            Err(format!("{sample} is negative"))?;
        }
        sum += sample;
        count += 1.0;
        mean = Some(sum / count);
    }
}

#[coro]
fn choices(first: Option<u8>) -> impl Coroutine<bool, Yield = u8, Return = u8> {
    let guard = D("guard");
    let start = if let Some(n) = first { n } else { return 0 };
    let n = if yield_!(start) {
        yield_!(start + 1);
        start + 2
    } else {
        match start {
            0 => 1,
            1 if yield_!(10) => 2,
            n => n * 2,
        }
    };
    let Some(more) = n.checked_add(1) else {
        yield_!(255);
        return n;
    };
    let again = yield_!(more) && yield_!(more + 1);
    drop(guard);
    more + u8::from(again)
}

#[coro]
fn borrows(mut list: Vec<String>) -> impl Iterator<Item = usize> {
    let first = &list[0];
    yield_!(first.len());
    yield_!(first.capacity().min(first.len()));
    for item in &mut list {
        item.push('!');
        yield_!(item.len());
    }
    let name = String::from("name");
    let length = || name.len();
    yield_!(length());
    yield_!(length() + 1);
}

#[coro]
fn delegates(n: u8) -> impl Iterator<Item = u8> {
    yield_from!(0..n);
    yield_from!(inner(n));
}

#[coro]
fn inner(n: u8) -> Box<dyn Iterator<Item = u8>> {
    let _unmentioned = D("unmentioned");
    if n > 0 {
        yield_!(n);
        yield_from!(inner(n - 1));
    }
}

#[coro]
fn operands() -> impl Coroutine<u32, Yield = u32, Return = Vec<u32>> {
    let mut list = vec![yield_!(1), 5, yield_!(2)];
    list.push(yield_!(3) + list[0]);
    list[1] += yield_!(4);
    list
}

/// What only a guard uses, arms that never end with a value, a `let` of a chain that always matches.
#[coro]
fn ladder(entry: Option<(u32, String)>) -> impl Coroutine<bool, Yield = u32, Return = String> {
    let name = match entry {
        Some((number @ 1..=9, ref name)) if yield_!(number) => format!("{name}!"),
        Some((_, ref name)) if yield_!(0) => name.clone(),
        Some(_) => panic!("neither"),
        None => unreachable!(),
    };
    if yield_!(1)
        && let length = name.len()
        && yield_!(2)
        && length > 1
    {
        return name;
    }
    String::new()
}

#[test]
fn clean() {
    let mut machine = ladder(Some((3, "n".to_owned())));
    assert_eq!(machine.start(), CoroutineState::Yielded(3));
    for expected in [1, 2] {
        assert_eq!(machine.resume(true), CoroutineState::Yielded(expected));
    }
    assert_eq!(machine.resume(true), CoroutineState::Complete("n!".to_owned()));
    assert_eq!(fibonacci(8).collect::<Vec<_>>(), [0, 1, 1, 2, 3, 5, 8]);
    assert_eq!(words("a b a", "b").collect::<String>(), "aa");
    assert_eq!(
        table(vec![vec![1, 0, 2], vec![3, 10]]).collect::<Vec<_>>(),
        [(0, 1), (1, 3)]
    );
    assert_eq!(borrows(vec!["ab".to_owned()]).collect::<Vec<_>>(), [2, 2, 3, 4, 5]);
    assert_eq!(delegates(2).collect::<Vec<_>>(), [0, 1, 2, 1]);
    let mut machine = average();
    assert_eq!(machine.start(), CoroutineState::Yielded(None));
    assert_eq!(machine.resume(3.0), CoroutineState::Yielded(Some(3.0)));
    assert_eq!(machine.resume(f64::NAN), CoroutineState::Complete(Ok(3.0)));
    let mut machine = choices(Some(1));
    assert_eq!(machine.start(), CoroutineState::Yielded(1));
    assert_eq!(machine.resume(false), CoroutineState::Yielded(10));
    assert_eq!(machine.resume(true), CoroutineState::Yielded(3));
    assert_eq!(machine.resume(false), CoroutineState::Complete(3));
    let mut machine = operands();
    assert_eq!(machine.start(), CoroutineState::Yielded(1));
    let mut last = machine.resume(0);
    for n in [10, 20, 30] {
        last = machine.resume(n);
    }
    assert_eq!(last, CoroutineState::Complete(vec![0, 35, 10, 20]));
}

/// What rustc would say about the function as written, it still says.
mod kept {
    use super::coro;
    use crate::harness::D;

    #[expect(unused_variables, reason = "the lint is the test")]
    #[coro]
    fn unused_local() -> impl Iterator<Item = u8> {
        let unused = 5;
        yield_!(1);
    }

    #[expect(unused_variables, reason = "the lint is the test")]
    #[coro]
    fn unused_argument(argument: u8) -> impl Iterator<Item = u8> {
        yield_!(1);
    }

    #[expect(dead_code, reason = "the lint is the test")]
    #[coro]
    fn never_called() -> impl Iterator<Item = u8> {
        let _guard = D("guard");
        yield_!(1);
    }

    #[expect(unused_must_use, reason = "the lint is the test")]
    #[coro]
    fn unused_result() -> impl Iterator<Item = u8> {
        "5".parse::<u8>();
        yield_!(1);
    }

    #[expect(non_snake_case, reason = "the lint is the test")]
    #[coro]
    fn style() -> impl Iterator<Item = u8> {
        let Value = 5;
        yield_!(Value);
    }

    #[test]
    fn called() {
        assert_eq!(
            unused_local()
                .chain(unused_argument(1))
                .chain(unused_result())
                .chain(style())
                .collect::<Vec<_>>(),
            [1, 1, 1, 5]
        );
    }
}
