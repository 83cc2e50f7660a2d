//! Each generator twice, from the same tokens: as `#[coro]`, and as a `gen` block of rustc's. Prints a table of ratios.
//!
//!     cd benches/nightly && cargo +nightly run --release
//!
//! *dyn*: behind `&mut dyn Iterator`. A time is the least of all rounds, for one item. What rustc does not take in a `gen`
//! block (a borrow across a `yield`) is in no body.

#![feature(gen_blocks)]

mod bodies;
#[path = "../../workloads/lagged.rs"]
mod lagged;

use std::{hint::black_box, time::Instant};

use bodies::{coro, native};

const ROUNDS: u32 = 30;
const ITEMS: u32 = 100_000;

/// Nanoseconds for one item.
fn timed(items: impl Iterator<Item = u64>) -> f64 {
    let (start, mut count, mut sum) = (Instant::now(), 0, 0_u64);
    for item in items.take(ITEMS as usize) {
        sum = sum.wrapping_add(black_box(item));
        count += 1;
    }
    black_box(sum);
    start.elapsed().as_secs_f64() * 1e9 / f64::from(count)
}

#[inline(never)]
fn timed_dyn(items: &mut dyn Iterator<Item = u64>) -> f64 {
    timed(items)
}

/// What was measured of one form of a body.
struct Measured {
    inlined: f64,
    behind_dyn: f64,
    bytes: usize,
}

impl Measured {
    fn nothing() -> Self {
        Measured {
            inlined: f64::MAX,
            behind_dyn: f64::MAX,
            bytes: 0,
        }
    }

    fn round<I: Iterator<Item = u64>>(&mut self, make: impl Fn() -> I) {
        self.inlined = self.inlined.min(timed(make()));
        self.behind_dyn = self.behind_dyn.min(timed_dyn(black_box(&mut make())));
        self.bytes = size_of::<I>();
    }
}

/// The two in turns, so that what the machine does meanwhile meets both.
fn compare<C: Iterator<Item = u64>, N: Iterator<Item = u64>>(name: &str, coro: impl Fn() -> C, native: impl Fn() -> N) {
    assert!(coro().take(1_000).eq(native().take(1_000)), "{name} differs");
    let (mut ours, mut theirs) = (Measured::nothing(), Measured::nothing());
    for _ in 0..ROUNDS {
        ours.round(&coro);
        theirs.round(&native);
    }
    println!(
        "| {name} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {} | {} | {:.2} |",
        ours.inlined,
        theirs.inlined,
        ours.inlined / theirs.inlined,
        ours.behind_dyn,
        theirs.behind_dyn,
        ours.behind_dyn / theirs.behind_dyn,
        ours.bytes,
        theirs.bytes,
        ours.bytes as f64 / theirs.bytes as f64,
    );
}

fn main() {
    println!(
        "| generator | coro ns | gen ns | ratio | coro dyn ns | gen dyn ns | ratio | coro bytes | gen bytes | ratio |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let lists: &'static [Vec<u64>] = vec![(0..8).collect(); 20_000].leak();
    let text: &'static [u8] = "number,\"a name\",some more text\n".repeat(4_000).leak().as_bytes();
    compare("fib", coro::fib, native::fib);
    compare("flatten", || coro::flatten(lists), || native::flatten(lists));
    compare("csv", || coro::fields(text), || native::fields(text));
    compare(
        "merge",
        || coro::merge(0..70_000, 5..70_005),
        || native::merge(0..70_000, 5..70_005),
    );
    compare("twelve locals", coro::locals, native::locals);
    compare("4 KiB array", coro::buffer, native::buffer);
    compare(
        "300 bytes, delegated 3 times",
        || bodies::delegated!(coro),
        || bodies::delegated!(native),
    );
    compare("nested 8 times", || bodies::nested!(coro), || bodies::nested!(native));
    compare("tree in boxes", || coro::walk(12), || native::walk(12));
}
