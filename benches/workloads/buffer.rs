//! An array of 4 KiB across two suspensions in a loop: a machine that moves its state pays for it at each resume.

use std::pin::pin;

use unawait::prelude::*;

use crate::adapters::{Polled, Stackful};
use crate::visit::{Visit, peers};

peers! { 10_000;
    "hand" => hand,
    "coro" => coro,
    "diapause" => diapause,
    "genawaiter stack" => genawaiter_stack,
    "genawaiter rc" => genawaiter_rc,
    "next-gen" => next_gen,
    "async-stream" => async_stream,
    "corosensei" => corosensei,
}

const LENGTH: usize = 4096;

struct Noise {
    buffer: [u8; LENGTH],
    n: usize,
    second: bool,
}

impl Iterator for Noise {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        if self.second {
            let item = self.buffer[self.n * 7 % LENGTH];
            (self.n, self.second) = (self.n + 1, false);
            return Some(u64::from(item));
        }
        self.buffer[self.n % LENGTH] |= self.n as u8 | 1;
        self.second = true;
        Some(self.n as u64)
    }
}

fn hand(visit: impl Visit) -> u64 {
    let buffer = [0; LENGTH];
    visit.whole(Noise {
        buffer,
        n: 0,
        second: false,
    })
}

#[coro]
fn noise() -> impl Iterator<Item = u64> {
    let mut buffer = [0u8; LENGTH];
    let mut n = 0usize;
    loop {
        buffer[n % LENGTH] |= n as u8 | 1;
        yield_!(n as u64);
        yield_!(u64::from(buffer[n * 7 % LENGTH]));
        n += 1;
    }
}

fn coro(visit: impl Visit) -> u64 {
    visit.whole(noise())
}

#[diapause::coroutine(yield = u64)]
fn enumerated() {
    let mut buffer: [u8; LENGTH] = [0; LENGTH];
    let mut n: usize = 0;
    loop {
        buffer[n % LENGTH] |= n as u8 | 1;
        yield_!(n as u64);
        yield_!(u64::from(buffer[n * 7 % LENGTH]));
        n += 1;
    }
}

fn diapause(visit: impl Visit) -> u64 {
    visit.whole(enumerated().into_iter())
}

fn genawaiter_stack(visit: impl Visit) -> u64 {
    genawaiter::stack::let_gen_using!(noise, |co| async move {
        let mut buffer = [0u8; LENGTH];
        let mut n = 0usize;
        loop {
            buffer[n % LENGTH] |= n as u8 | 1;
            co.yield_(n as u64).await;
            co.yield_(u64::from(buffer[n * 7 % LENGTH])).await;
            n += 1;
        }
    });
    visit.whole(noise.into_iter())
}

fn genawaiter_rc(visit: impl Visit) -> u64 {
    let noise = genawaiter::rc::Gen::new(|co| async move {
        let mut buffer = [0u8; LENGTH];
        let mut n = 0usize;
        loop {
            buffer[n % LENGTH] |= n as u8 | 1;
            co.yield_(n as u64).await;
            co.yield_(u64::from(buffer[n * 7 % LENGTH])).await;
            n += 1;
        }
    });
    visit.whole(noise.into_iter())
}

#[next_gen::generator(yield(u64))]
fn pinned() {
    let mut buffer = [0u8; LENGTH];
    let mut n = 0usize;
    loop {
        buffer[n % LENGTH] |= n as u8 | 1;
        yield_!(n as u64);
        yield_!(u64::from(buffer[n * 7 % LENGTH]));
        n += 1;
    }
}

fn next_gen(visit: impl Visit) -> u64 {
    next_gen::mk_gen!(let noise = pinned());
    let size = size_of_val(&*noise);
    visit.visit(noise.into_iter(), size)
}

fn async_stream(visit: impl Visit) -> u64 {
    let noise = pin!(async_stream::stream! {
        let mut buffer = [0u8; LENGTH];
        let mut n = 0usize;
        loop {
            buffer[n % LENGTH] |= n as u8 | 1;
            yield n as u64;
            yield u64::from(buffer[n * 7 % LENGTH]);
            n += 1;
        }
    });
    let size = size_of_val(&*noise);
    visit.visit(Polled(noise), size)
}

fn corosensei(visit: impl Visit) -> u64 {
    visit.whole(Stackful::new(|yielder| {
        let mut buffer = [0u8; LENGTH];
        let mut n = 0usize;
        loop {
            buffer[n % LENGTH] |= n as u8 | 1;
            yielder.suspend(n as u64);
            yielder.suspend(u64::from(buffer[n * 7 % LENGTH]));
            n += 1;
        }
    }))
}
