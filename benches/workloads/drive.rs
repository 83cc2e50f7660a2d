//! What is done with a future: it is polled until it is ready, or weighed.
//!
//! The function that makes it stands once in the source, and [`both!`] gives it twice: as rustc compiles it, and as
//! `#[coro]` does.

use std::future::Future;
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// `both! { async fn f(..) { .. } }`: the modules `rustc` and `coro` with one function of that body each.
macro_rules! both {
    ($($function:tt)*) => {
        pub mod rustc {
            #[allow(unused_imports)]
            use super::*;
            $($function)*
        }

        pub mod coro {
            #[allow(unused_imports)]
            use super::*;
            #[::unawait::coro]
            $($function)*
        }
    };
}
pub(crate) use both;

/// `futures! { times x awaits; call }`: the peers of a workload, each of which calls the function of its module so many
/// times.
macro_rules! futures {
    ($times:expr, $awaits:expr; $($call:tt)*) => {
        pub const PEERS: &[$crate::visit::Peer] = &[
            $crate::drive::futures!(@ "rustc" rustc $times, $awaits; $($call)*),
            $crate::drive::futures!(@ "coro" coro $times, $awaits; $($call)*),
        ];
    };
    (@ $name:literal $module:ident $times:expr, $awaits:expr; $($call:tt)*) => {
        $crate::visit::Peer {
            name: $name,
            inlined: || $crate::drive::inlined($times, || $module::$($call)*),
            dynamic: || $crate::drive::dynamic($times, || $module::$($call)*),
            size: || size_of_val(&$module::$($call)*) as u64,
            items: || $times * $awaits,
        }
    };
}
pub(crate) use futures;

/// The loop of this executor: it has one future, and polls it again at once.
#[inline(always)]
fn block_on<F: Future<Output = u64> + ?Sized>(mut future: Pin<&mut F>) -> u64 {
    let context = &mut Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return output;
        }
    }
}

/// The executor sees the type of the future, and can inline it.
#[inline(always)]
pub fn inlined<F: Future<Output = u64>>(times: u64, create: impl Fn() -> F) -> u64 {
    (0..times).fold(0, |sum: u64, _| {
        sum.rotate_left(1) ^ black_box(block_on(pin!(create())))
    })
}

/// The executor has a trait object, as every real one: one call for each poll, and the future in memory.
#[inline(always)]
pub fn dynamic<F: Future<Output = u64>>(times: u64, create: impl Fn() -> F) -> u64 {
    let run = || {
        let future: Pin<&mut dyn Future<Output = u64>> = pin!(create());
        block_on(black_box(future))
    };
    (0..times).fold(0, |sum: u64, _| sum.rotate_left(1) ^ black_box(run()))
}

/// A future that is pending so many times, and then gives its number. The optimizer does not see which.
pub struct Leaf {
    pending: u64,
    number: u64,
}

#[inline]
pub fn leaf(pending: u64, number: u64) -> Leaf {
    Leaf { pending, number }
}

impl Future for Leaf {
    type Output = u64;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        if black_box(self.pending) == 0 {
            return Poll::Ready(black_box(self.number));
        }
        self.pending -= 1;
        Poll::Pending
    }
}
