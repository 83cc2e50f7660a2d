//! Number sequences and combinatorics.

use std::collections::HashMap;

use unawait::prelude::*;

#[coro]
fn fib() -> impl Iterator<Item = u64> {
    let (mut a, mut b) = (0, 1);
    loop {
        yield_!(a);
        (a, b) = (b, a + b);
    }
}

/// The incremental sieve: each composite waits under its next multiple.
#[coro]
fn primes() -> impl Iterator<Item = u32> {
    let mut composites: HashMap<u32, Vec<u32>> = HashMap::new();
    for candidate in 2.. {
        match composites.remove(&candidate) {
            None => {
                composites.insert(candidate * candidate, vec![candidate]);
                yield_!(candidate);
            }
            Some(factors) => {
                for factor in factors {
                    composites.entry(candidate + factor).or_default().push(factor);
                }
            }
        }
    }
}

#[coro]
fn primes_by_division(limit: u32) -> impl Iterator<Item = u32> {
    let mut found = Vec::new();
    'candidates: for n in 2..limit {
        for p in &found {
            if n % p == 0 {
                continue 'candidates;
            }
        }
        found.push(n);
        yield_!(n);
    }
}

#[coro]
fn collatz(mut n: u64) -> impl Iterator<Item = u64> + Clone {
    yield_!(n);
    while n != 1 {
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
        yield_!(n);
    }
}

#[coro]
fn digits(mut n: u32, base: u32) -> impl Iterator<Item = u32> {
    loop {
        yield_!(n % base);
        n /= base;
        if n == 0 {
            break;
        }
    }
}

#[coro]
fn prime_factors(mut n: u64) -> impl Iterator<Item = (u64, u32)> {
    let mut factor = 2;
    while factor * factor <= n {
        let mut power = 0;
        while n % factor == 0 {
            n /= factor;
            power += 1;
        }
        if power > 0 {
            yield_!((factor, power));
        }
        factor += 1;
    }
    if n > 1 {
        yield_!((n, 1));
    }
}

/// Heap's algorithm, iteratively.
#[coro]
fn permutations<T: Clone>(mut items: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut counters = vec![0; items.len()];
    yield_!(items.clone());
    let mut i = 1;
    while i < items.len() {
        if counters[i] < i {
            let j = if i % 2 == 0 { 0 } else { counters[i] };
            items.swap(j, i);
            yield_!(items.clone());
            counters[i] += 1;
            i = 1;
        } else {
            counters[i] = 0;
            i += 1;
        }
    }
}

#[coro]
fn permutations_recursively(items: Vec<u8>) -> Box<dyn Iterator<Item = Vec<u8>>> {
    if items.is_empty() {
        yield_!(vec![]);
        return;
    }
    for i in 0..items.len() {
        let mut rest = items.clone();
        let picked = rest.remove(i);
        for mut tail in permutations_recursively(rest) {
            tail.insert(0, picked);
            yield_!(tail);
        }
    }
}

#[coro]
fn combinations<'a, T>(items: &'a [T], size: usize) -> impl Iterator<Item = Vec<&'a T>> {
    let mut picks: Vec<usize> = (0..size).collect();
    if size > items.len() {
        return;
    }
    loop {
        yield_!(picks.iter().map(|i| &items[*i]).collect());
        let Some(moving) = (0..size).rev().find(|i| picks[*i] < items.len() - size + i) else {
            break;
        };
        picks[moving] += 1;
        for i in moving + 1..size {
            picks[i] = picks[i - 1] + 1;
        }
    }
}

#[coro]
fn queens(size: usize) -> impl Iterator<Item = Vec<usize>> {
    let mut columns = Vec::new();
    let mut column = 0;
    loop {
        if columns.len() == size {
            yield_!(columns.clone());
        }
        let safe = |column: usize| {
            let row = columns.len();
            columns
                .iter()
                .enumerate()
                .all(|(r, &c): (usize, &usize)| c != column && row - r != c.abs_diff(column))
        };
        match (column..size).find(|column| columns.len() < size && safe(*column)) {
            Some(found) => {
                columns.push(found);
                column = 0;
            }
            None => match columns.pop() {
                Some(last) => column = last + 1,
                None => return,
            },
        }
    }
}

/// Linear congruences, reproducible.
#[coro]
fn random(seed: u64) -> impl Iterator<Item = f64> + Clone {
    let mut state = seed;
    loop {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        yield_!((state >> 11) as f64 / (1u64 << 53) as f64);
    }
}

#[coro]
fn running_mean() -> impl Coroutine<f64, Yield = f64, Return = ()> {
    let mut total = 0.0;
    let mut count = 0;
    loop {
        let sample = yield_!(if count == 0 { 0.0 } else { total / f64::from(count) });
        total += sample;
        count += 1;
    }
}

#[test]
fn sequences() {
    assert_eq!(fib().take(10).collect::<Vec<_>>(), [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]);
    let first = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];
    assert_eq!(primes().take(10).collect::<Vec<_>>(), first);
    assert_eq!(primes_by_division(30).collect::<Vec<_>>(), first);
    assert_eq!(collatz(6).collect::<Vec<_>>(), [6, 3, 10, 5, 16, 8, 4, 2, 1]);
    assert_eq!(digits(2025, 10).collect::<Vec<_>>(), [5, 2, 0, 2]);
    assert_eq!(digits(0, 2).collect::<Vec<_>>(), [0]);
    assert_eq!(prime_factors(360).collect::<Vec<_>>(), [(2, 3), (3, 2), (5, 1)]);
    assert_eq!(prime_factors(97).collect::<Vec<_>>(), [(97, 1)]);
    let numbers: Vec<f64> = random(7).take(3).collect();
    assert_eq!(numbers, random(7).take(3).collect::<Vec<_>>());
    assert!(numbers.iter().all(|n| (0.0..1.0).contains(n)) && numbers[0] != numbers[1]);
}

#[test]
fn orders() {
    let mut all: Vec<_> = permutations(vec![1, 2, 3, 4]).collect();
    assert_eq!(all.len(), 24);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 24);
    let recursive: Vec<_> = permutations_recursively(vec![1, 2, 3, 4]).collect();
    assert_eq!(recursive, all);
    assert_eq!(
        combinations(&['a', 'b', 'c'], 2).collect::<Vec<_>>(),
        [[&'a', &'b'], [&'a', &'c'], [&'b', &'c']]
    );
    assert_eq!(combinations(&[1], 2).count(), 0);
    assert_eq!(
        queens(6).collect::<Vec<_>>(),
        [
            [1, 3, 5, 0, 2, 4],
            [2, 5, 1, 4, 0, 3],
            [3, 0, 4, 1, 5, 2],
            [4, 2, 0, 5, 3, 1]
        ]
    );
    assert_eq!(queens(3).count(), 0);
}

#[test]
fn means() {
    let mut machine = running_mean();
    machine.start();
    let means: Vec<_> = [2.0, 4.0, 9.0].map(|sample| machine.resume(sample)).into();
    assert_eq!(means, [2.0, 3.0, 5.0].map(CoroutineState::Yielded));
}
