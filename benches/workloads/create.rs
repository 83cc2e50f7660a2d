//! What it costs to make a generator, take one item and drop it. [`fib`](crate::fib)'s generators, a thousand times.

use std::hint::black_box;

use crate::fib;
use crate::visit::{Dynamic, Inlined, Peer, Size};

const TIMES: u64 = 1_000;

/// `visit` is called anew for each generator, which is why these peers are not made by `peers!`.
macro_rules! created {
    ($($name:literal => $peer:ident,)*) => {
        pub const PEERS: &[Peer] = &[$(Peer {
            name: $name,
            inlined: || repeat(|| fib::$peer(Inlined { most: black_box(1) })),
            dynamic: || repeat(|| fib::$peer(Dynamic { most: black_box(1) })),
            size: || fib::$peer(Size),
            items: || TIMES,
        }),*];
    };
}

created! {
    "hand" => hand,
    "coro" => coro,
    "diapause" => diapause,
    "genawaiter stack" => genawaiter_stack,
    "genawaiter rc" => genawaiter_rc,
    "next-gen" => next_gen,
    "async-stream" => async_stream,
    "corosensei" => corosensei,
}

#[inline(always)]
fn repeat(create: impl Fn() -> u64) -> u64 {
    (0..TIMES).fold(0, |sum, _| sum.wrapping_add(create()))
}
