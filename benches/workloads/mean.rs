//! The mean of the numbers so far: each resume brings an input.
//!
//! A stream takes no input, so async-stream is missing. Each machine is brought to its first yield before it is given
//! to the consumer.

use std::hint::black_box;

use corosensei::{Coroutine as Stackful, CoroutineResult, Yielder};
use unawait::prelude::*;

use crate::visit::Peer;

const INPUTS: u64 = 100_000;

/// What is done with a machine; `push` resumes it with a number and returns the mean that it yields.
trait Visit {
    fn visit<M>(self, machine: M, size: usize, push: impl Fn(&mut M, f64) -> f64) -> u64;
}

/// The loop, the same for all.
#[inline(always)]
fn feed(push: &mut (impl FnMut(f64) -> f64 + ?Sized)) -> u64 {
    let (mut sum, mut x) = (0u64, 0.0);
    for _ in 0..INPUTS {
        x += 1.5;
        let mean = push(black_box(x));
        sum = sum.rotate_left(1) ^ black_box(mean.to_bits());
    }
    sum
}

struct Inlined;

impl Visit for Inlined {
    #[inline(always)]
    fn visit<M>(self, mut machine: M, _: usize, push: impl Fn(&mut M, f64) -> f64) -> u64 {
        feed(&mut |x| push(&mut machine, x))
    }
}

struct Dynamic;

impl Visit for Dynamic {
    #[inline(always)]
    fn visit<M>(self, mut machine: M, _: usize, push: impl Fn(&mut M, f64) -> f64) -> u64 {
        let push: &mut dyn FnMut(f64) -> f64 = &mut |x| push(&mut machine, x);
        feed(black_box(push))
    }
}

struct Size;

impl Visit for Size {
    fn visit<M>(self, _: M, size: usize, _: impl Fn(&mut M, f64) -> f64) -> u64 {
        size as u64
    }
}

macro_rules! peers {
    ($($name:literal => $peer:ident,)*) => {
        pub const PEERS: &[Peer] = &[$(Peer {
            name: $name,
            inlined: || $peer(Inlined),
            dynamic: || $peer(Dynamic),
            size: || $peer(Size),
            items: || INPUTS,
        }),*];
    };
}

peers! {
    "hand" => hand,
    "coro" => coro,
    "diapause" => diapause,
    "genawaiter stack" => genawaiter_stack,
    "genawaiter rc" => genawaiter_rc,
    "next-gen" => next_gen,
    "corosensei" => corosensei,
}

struct Mean {
    total: f64,
    count: f64,
}

impl Mean {
    #[inline]
    fn push(&mut self, x: f64) -> f64 {
        self.total += x;
        self.count += 1.0;
        self.total / self.count
    }
}

fn hand(visit: impl Visit) -> u64 {
    let machine = Mean { total: 0.0, count: 0.0 };
    visit.visit(machine, size_of::<Mean>(), Mean::push)
}

#[coro]
fn mean() -> impl Coroutine<f64, Yield = f64, Return = ()> {
    let (mut total, mut count) = (0.0, 0.0);
    let mut x = yield_!(0.0);
    loop {
        total += x;
        count += 1.0;
        x = yield_!(total / count);
    }
}

fn coro(visit: impl Visit) -> u64 {
    let mut machine = mean();
    _ = machine.start();
    let size = size_of_val(&machine);
    visit.visit(machine, size, |machine, x| match machine.resume(x) {
        CoroutineState::Yielded(mean) => mean,
        CoroutineState::Complete(()) => f64::NAN,
    })
}

#[diapause::coroutine(yield = f64, resume = f64)]
fn enumerated() {
    let mut total: f64 = 0.0;
    let mut count: f64 = 0.0;
    let mut x: f64 = yield_!(0.0);
    loop {
        total += x;
        count += 1.0;
        x = yield_!(total / count);
    }
}

fn diapause(visit: impl Visit) -> u64 {
    use diapause::{Coroutine, CoroutineState};

    let mut machine = enumerated();
    _ = machine.start();
    let size = size_of_val(&machine);
    visit.visit(machine, size, |machine, x| match machine.resume(x) {
        CoroutineState::Yielded(mean) => mean,
        CoroutineState::Complete(()) => f64::NAN,
    })
}

fn genawaiter_stack(visit: impl Visit) -> u64 {
    use genawaiter::GeneratorState;

    genawaiter::stack::let_gen_using!(machine, |co| async move {
        let (mut total, mut count) = (0.0, 0.0);
        let mut x = co.yield_(0.0).await;
        loop {
            total += x;
            count += 1.0;
            x = co.yield_(total / count).await;
        }
    });
    _ = machine.resume_with(0.0);
    let size = size_of_val(machine);
    visit.visit(machine, size, |machine, x| match machine.resume_with(x) {
        GeneratorState::Yielded(mean) => mean,
        GeneratorState::Complete(()) => f64::NAN,
    })
}

fn genawaiter_rc(visit: impl Visit) -> u64 {
    use genawaiter::GeneratorState;

    let mut machine = genawaiter::rc::Gen::new(|co| async move {
        let (mut total, mut count) = (0.0, 0.0);
        let mut x = co.yield_(0.0).await;
        loop {
            total += x;
            count += 1.0;
            x = co.yield_(total / count).await;
        }
    });
    _ = machine.resume_with(0.0);
    let size = size_of_val(&machine);
    visit.visit(machine, size, |machine, x| match machine.resume_with(x) {
        GeneratorState::Yielded(mean) => mean,
        GeneratorState::Complete(()) => f64::NAN,
    })
}

#[next_gen::generator(yield(f64), resume(f64))]
fn pinned() {
    let (mut total, mut count) = (0.0, 0.0);
    let mut x = yield_!(0.0);
    loop {
        total += x;
        count += 1.0;
        x = yield_!(total / count);
    }
}

fn next_gen(visit: impl Visit) -> u64 {
    use next_gen::generator::GeneratorState;

    next_gen::mk_gen!(let mut machine = pinned());
    _ = machine.as_mut().resume(0.0);
    let size = size_of_val(&*machine);
    visit.visit(machine, size, |machine, x| match machine.as_mut().resume(x) {
        GeneratorState::Yielded(mean) => mean,
        GeneratorState::Returned(()) => f64::NAN,
    })
}

fn corosensei(visit: impl Visit) -> u64 {
    let mut machine = Stackful::new(|yielder: &Yielder<f64, f64>, _: f64| {
        let (mut total, mut count) = (0.0, 0.0);
        let mut x = yielder.suspend(0.0);
        loop {
            total += x;
            count += 1.0;
            x = yielder.suspend(total / count);
        }
    });
    _ = machine.resume(0.0);
    let size = size_of_val(&machine);
    visit.visit(machine, size, |machine, x| match machine.resume(x) {
        CoroutineResult::Yield(mean) => mean,
        CoroutineResult::Return(()) => f64::NAN,
    })
}
