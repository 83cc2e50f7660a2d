//! Twelve locals of mixed sizes, one of them with a destructor, across two suspensions in a loop.

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

struct Mixed {
    a: u8,
    b: u16,
    c: u32,
    d: u64,
    e: f64,
    f: bool,
    g: char,
    h: (u32, u64),
    i: [u16; 4],
    j: Option<u64>,
    k: u128,
    l: Vec<u64>,
    second: bool,
}

impl Iterator for Mixed {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        let Mixed {
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
            i,
            j,
            k,
            l,
            second,
        } = self;
        if !*second {
            *a = a.wrapping_add(1);
            *b ^= u16::from(*a) << 3;
            *d = d.wrapping_mul(5).wrapping_add(u64::from(*b));
            *j = j.filter(|old| old & 1 == 0).or(Some(*d));
            l[(*d >> 60) as usize / 2] ^= *d;
            *second = true;
            return Some(*d);
        }
        *c = c.wrapping_add(u32::from(i[*a as usize % 4]));
        *e += h.1 as f64;
        *f = !*f;
        *g = if *g == 'h' { 'g' } else { 'h' };
        *h = (h.0 ^ *c, h.1 + 1);
        i[*c as usize % 4] ^= *b;
        *second = false;
        Some(l[*a as usize % 8] ^ e.to_bits() ^ u64::from(*g) ^ u64::from(h.0) ^ j.unwrap_or(0) ^ *k as u64)
    }
}

fn hand(visit: impl Visit) -> u64 {
    visit.whole(Mixed {
        a: 1,
        b: 2,
        c: 3,
        d: 4,
        e: 5.0,
        f: false,
        g: 'h',
        h: (7, 8),
        i: [9; 4],
        j: None,
        k: 11,
        l: Vec::from([12; 8]),
        second: false,
    })
}

#[coro]
fn mixed() -> impl Iterator<Item = u64> {
    let (mut a, mut b, mut c, mut d) = (1u8, 2u16, 3u32, 4u64);
    let (mut e, mut f, mut g, mut h) = (5.0f64, false, 'h', (7u32, 8u64));
    let (mut i, mut j, k) = ([9u16; 4], None, 11u128);
    let mut l = Vec::from([12u64; 8]);
    loop {
        a = a.wrapping_add(1);
        b ^= u16::from(a) << 3;
        d = d.wrapping_mul(5).wrapping_add(u64::from(b));
        j = j.filter(|old| old & 1 == 0).or(Some(d));
        l[(d >> 60) as usize / 2] ^= d;
        yield_!(d);
        c = c.wrapping_add(u32::from(i[a as usize % 4]));
        e += h.1 as f64;
        f = !f;
        g = if g == 'h' { 'g' } else { 'h' };
        h = (h.0 ^ c, h.1 + 1);
        i[c as usize % 4] ^= b;
        yield_!(l[a as usize % 8] ^ e.to_bits() ^ u64::from(g) ^ u64::from(h.0) ^ j.unwrap_or(0) ^ k as u64);
    }
}

fn coro(visit: impl Visit) -> u64 {
    visit.whole(mixed())
}

#[diapause::coroutine(yield = u64)]
fn enumerated() {
    let mut a: u8 = 1;
    let mut b: u16 = 2;
    let mut c: u32 = 3;
    let mut d: u64 = 4;
    let mut e: f64 = 5.0;
    let mut f: bool = false;
    let mut g: char = 'h';
    let mut h: (u32, u64) = (7, 8);
    let mut i: [u16; 4] = [9; 4];
    let mut j: Option<u64> = None;
    let k: u128 = 11;
    let mut l: Vec<u64> = Vec::from([12; 8]);
    loop {
        a = a.wrapping_add(1);
        b ^= u16::from(a) << 3;
        d = d.wrapping_mul(5).wrapping_add(u64::from(b));
        j = j.filter(|old| old & 1 == 0).or(Some(d));
        l[(d >> 60) as usize / 2] ^= d;
        yield_!(d);
        c = c.wrapping_add(u32::from(i[a as usize % 4]));
        e += h.1 as f64;
        f = !f;
        g = if g == 'h' { 'g' } else { 'h' };
        h = (h.0 ^ c, h.1 + 1);
        i[c as usize % 4] ^= b;
        yield_!(l[a as usize % 8] ^ e.to_bits() ^ u64::from(g) ^ u64::from(h.0) ^ j.unwrap_or(0) ^ k as u64);
    }
}

fn diapause(visit: impl Visit) -> u64 {
    visit.whole(enumerated().into_iter())
}

fn genawaiter_stack(visit: impl Visit) -> u64 {
    genawaiter::stack::let_gen_using!(mixed, |co| async move {
        let (mut a, mut b, mut c, mut d) = (1u8, 2u16, 3u32, 4u64);
        let (mut e, mut f, mut g, mut h) = (5.0f64, false, 'h', (7u32, 8u64));
        let (mut i, mut j, k) = ([9u16; 4], None, 11u128);
        let mut l = Vec::from([12u64; 8]);
        loop {
            a = a.wrapping_add(1);
            b ^= u16::from(a) << 3;
            d = d.wrapping_mul(5).wrapping_add(u64::from(b));
            j = j.filter(|old| old & 1 == 0).or(Some(d));
            l[(d >> 60) as usize / 2] ^= d;
            co.yield_(d).await;
            c = c.wrapping_add(u32::from(i[a as usize % 4]));
            e += h.1 as f64;
            f = !f;
            g = if g == 'h' { 'g' } else { 'h' };
            h = (h.0 ^ c, h.1 + 1);
            i[c as usize % 4] ^= b;
            co.yield_(l[a as usize % 8] ^ e.to_bits() ^ u64::from(g) ^ u64::from(h.0) ^ j.unwrap_or(0) ^ k as u64)
                .await;
        }
    });
    visit.whole(mixed.into_iter())
}

fn genawaiter_rc(visit: impl Visit) -> u64 {
    let mixed = genawaiter::rc::Gen::new(|co| async move {
        let (mut a, mut b, mut c, mut d) = (1u8, 2u16, 3u32, 4u64);
        let (mut e, mut f, mut g, mut h) = (5.0f64, false, 'h', (7u32, 8u64));
        let (mut i, mut j, k) = ([9u16; 4], None, 11u128);
        let mut l = Vec::from([12u64; 8]);
        loop {
            a = a.wrapping_add(1);
            b ^= u16::from(a) << 3;
            d = d.wrapping_mul(5).wrapping_add(u64::from(b));
            j = j.filter(|old| old & 1 == 0).or(Some(d));
            l[(d >> 60) as usize / 2] ^= d;
            co.yield_(d).await;
            c = c.wrapping_add(u32::from(i[a as usize % 4]));
            e += h.1 as f64;
            f = !f;
            g = if g == 'h' { 'g' } else { 'h' };
            h = (h.0 ^ c, h.1 + 1);
            i[c as usize % 4] ^= b;
            co.yield_(l[a as usize % 8] ^ e.to_bits() ^ u64::from(g) ^ u64::from(h.0) ^ j.unwrap_or(0) ^ k as u64)
                .await;
        }
    });
    visit.whole(mixed.into_iter())
}

#[next_gen::generator(yield(u64))]
fn pinned() {
    let (mut a, mut b, mut c, mut d) = (1u8, 2u16, 3u32, 4u64);
    let (mut e, mut f, mut g, mut h) = (5.0f64, false, 'h', (7u32, 8u64));
    let (mut i, mut j, k) = ([9u16; 4], None, 11u128);
    let mut l = Vec::from([12u64; 8]);
    loop {
        a = a.wrapping_add(1);
        b ^= u16::from(a) << 3;
        d = d.wrapping_mul(5).wrapping_add(u64::from(b));
        j = j.filter(|old| old & 1 == 0).or(Some(d));
        l[(d >> 60) as usize / 2] ^= d;
        yield_!(d);
        c = c.wrapping_add(u32::from(i[a as usize % 4]));
        e += h.1 as f64;
        f = !f;
        g = if g == 'h' { 'g' } else { 'h' };
        h = (h.0 ^ c, h.1 + 1);
        i[c as usize % 4] ^= b;
        yield_!(l[a as usize % 8] ^ e.to_bits() ^ u64::from(g) ^ u64::from(h.0) ^ j.unwrap_or(0) ^ k as u64);
    }
}

fn next_gen(visit: impl Visit) -> u64 {
    next_gen::mk_gen!(let mixed = pinned());
    let size = size_of_val(&*mixed);
    visit.visit(mixed.into_iter(), size)
}

fn async_stream(visit: impl Visit) -> u64 {
    let mixed = pin!(async_stream::stream! {
        let (mut a, mut b, mut c, mut d) = (1u8, 2u16, 3u32, 4u64);
        let (mut e, mut f, mut g, mut h) = (5.0f64, false, 'h', (7u32, 8u64));
        let (mut i, mut j, k) = ([9u16; 4], None, 11u128);
        let mut l = Vec::from([12u64; 8]);
        loop {
            a = a.wrapping_add(1);
            b ^= u16::from(a) << 3;
            d = d.wrapping_mul(5).wrapping_add(u64::from(b));
            j = j.filter(|old| old & 1 == 0).or(Some(d));
            l[(d >> 60) as usize / 2] ^= d;
            yield d;
            c = c.wrapping_add(u32::from(i[a as usize % 4]));
            e += h.1 as f64;
            f = !f;
            g = if g == 'h' { 'g' } else { 'h' };
            h = (h.0 ^ c, h.1 + 1);
            i[c as usize % 4] ^= b;
            yield l[a as usize % 8] ^ e.to_bits() ^ u64::from(g) ^ u64::from(h.0) ^ j.unwrap_or(0) ^ k as u64;
        }
    });
    let size = size_of_val(&*mixed);
    visit.visit(Polled(mixed), size)
}

fn corosensei(visit: impl Visit) -> u64 {
    visit.whole(Stackful::new(|yielder| {
        let (mut a, mut b, mut c, mut d) = (1u8, 2u16, 3u32, 4u64);
        let (mut e, mut f, mut g, mut h) = (5.0f64, false, 'h', (7u32, 8u64));
        let (mut i, mut j, k) = ([9u16; 4], None, 11u128);
        let mut l = Vec::from([12u64; 8]);
        loop {
            a = a.wrapping_add(1);
            b ^= u16::from(a) << 3;
            d = d.wrapping_mul(5).wrapping_add(u64::from(b));
            j = j.filter(|old| old & 1 == 0).or(Some(d));
            l[(d >> 60) as usize / 2] ^= d;
            yielder.suspend(d);
            c = c.wrapping_add(u32::from(i[a as usize % 4]));
            e += h.1 as f64;
            f = !f;
            g = if g == 'h' { 'g' } else { 'h' };
            h = (h.0 ^ c, h.1 + 1);
            i[c as usize % 4] ^= b;
            yielder
                .suspend(l[a as usize % 8] ^ e.to_bits() ^ u64::from(g) ^ u64::from(h.0) ^ j.unwrap_or(0) ^ k as u64);
        }
    }))
}
