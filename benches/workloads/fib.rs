//! Fibonacci's numbers without an end: two words of state and nothing to do, so that only the resume counts.

use std::pin::pin;

use unawait::prelude::*;

use crate::adapters::{Polled, Stackful};
use crate::visit::{Visit, peers};

peers! { 100_000;
    "hand" => hand,
    "coro" => coro,
    "diapause" => diapause,
    "genawaiter stack" => genawaiter_stack,
    "genawaiter rc" => genawaiter_rc,
    "next-gen" => next_gen,
    "async-stream" => async_stream,
    "corosensei" => corosensei,
}

pub struct Fib {
    a: u64,
    b: u64,
}

impl Iterator for Fib {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        let item = self.a;
        (self.a, self.b) = (self.b, self.a.wrapping_add(self.b));
        Some(item)
    }
}

pub fn hand(visit: impl Visit) -> u64 {
    visit.whole(Fib { a: 0, b: 1 })
}

#[coro]
pub fn fib() -> impl Iterator<Item = u64> {
    let (mut a, mut b) = (0u64, 1u64);
    loop {
        yield_!(a);
        (a, b) = (b, a.wrapping_add(b));
    }
}

pub fn coro(visit: impl Visit) -> u64 {
    visit.whole(fib())
}

#[diapause::coroutine(yield = u64)]
fn enumerated() {
    let mut a: u64 = 0;
    let mut b: u64 = 1;
    loop {
        yield_!(a);
        let next: u64 = a.wrapping_add(b);
        a = b;
        b = next;
    }
}

pub fn diapause(visit: impl Visit) -> u64 {
    visit.whole(enumerated().into_iter())
}

pub fn genawaiter_stack(visit: impl Visit) -> u64 {
    genawaiter::stack::let_gen_using!(numbers, |co| async move {
        let (mut a, mut b) = (0u64, 1u64);
        loop {
            co.yield_(a).await;
            (a, b) = (b, a.wrapping_add(b));
        }
    });
    visit.whole(numbers.into_iter())
}

pub fn genawaiter_rc(visit: impl Visit) -> u64 {
    let numbers = genawaiter::rc::Gen::new(|co| async move {
        let (mut a, mut b) = (0u64, 1u64);
        loop {
            co.yield_(a).await;
            (a, b) = (b, a.wrapping_add(b));
        }
    });
    visit.whole(numbers.into_iter())
}

#[next_gen::generator(yield(u64))]
fn pinned() {
    let (mut a, mut b) = (0u64, 1u64);
    loop {
        yield_!(a);
        (a, b) = (b, a.wrapping_add(b));
    }
}

pub fn next_gen(visit: impl Visit) -> u64 {
    next_gen::mk_gen!(let numbers = pinned());
    let size = size_of_val(&*numbers);
    visit.visit(numbers.into_iter(), size)
}

pub fn async_stream(visit: impl Visit) -> u64 {
    let numbers = pin!(async_stream::stream! {
        let (mut a, mut b) = (0u64, 1u64);
        loop {
            yield a;
            (a, b) = (b, a.wrapping_add(b));
        }
    });
    let size = size_of_val(&*numbers);
    visit.visit(Polled(numbers), size)
}

pub fn corosensei(visit: impl Visit) -> u64 {
    visit.whole(Stackful::new(|yielder| {
        let (mut a, mut b) = (0u64, 1u64);
        loop {
            yielder.suspend(a);
            (a, b) = (b, a.wrapping_add(b));
        }
    }))
}
