//! `yield_from!` of streams, and streams that read others.

use std::marker::PhantomPinned;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::StreamExt;
use pin_project_lite::pin_project;
use unawait::prelude::*;

use crate::awaits::harness::{Later, later};
use crate::harness::{D, log, record, v};

pin_project! {
    /// A stream by hand, which has to stay where it is: it waits before each item and before its end.
    struct Numbers {
        name: &'static str,
        left: u32,
        #[pin]
        wait: Later<()>,
        #[pin]
        pinned: PhantomPinned,
    }

    impl PinnedDrop for Numbers {
        fn drop(this: Pin<&mut Self>) {
            record(format!("drop {}", this.name));
        }
    }
}

fn numbers(name: &'static str, left: u32) -> Numbers {
    Numbers {
        name,
        left,
        wait: later("number", ()),
        pinned: PhantomPinned,
    }
}

impl Stream for Numbers {
    type Item = u32;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<u32>> {
        let mut this = self.project();
        log(format!("next of {}", this.name));
        ready!(this.wait.as_mut().poll(context));
        if *this.left == 0 {
            return Poll::Ready(None);
        }
        *this.left -= 1;
        this.wait.set(later("number", ()));
        Poll::Ready(Some(*this.left))
    }
}

/// One that may move.
struct Ready(D, u32);

impl Stream for Ready {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        log(format!("next of {}", self.0.name()));
        self.1 += 1;
        Poll::Ready((self.1 < 3).then_some(self.1))
    }
}

/// One of ours.
#[coro]
fn ours(name: &'static str, upto: u32) -> impl Stream<Item = u32> {
    let _guard = D(name);
    for n in 0..upto {
        yield_!(later("ours", n).await);
    }
    log("end of ours");
}

streams! {
    one() -> u32 { yield_from!(numbers("a", 2)); }
    empty() -> u32 {
        yield_from!(numbers("a", 0));
        yield_from!(ours("b", 0));
    }
    no_pin() -> u32 { yield_from!(Ready(D("a"), 0)); }
    between_items(guard: D) with (D("guard")) -> u32 {
        yield_!(v("first", 10));
        yield_from!(numbers("a", 2));
        let _local = D("local");
        yield_!(later("x", 11).await);
        yield_from!(Ready(D("b"), 0));
        log("end");
    }
    three() -> u32 {
        let _guard = D("guard");
        yield_from!(numbers("a", 1));
        yield_from!(ours("b", 2));
        yield_from!(numbers("c", 2));
    }
    the_value_is_a_unit() -> u32 {
        let () = yield_from!(Ready(D("a"), 1));
        log("after");
    }
    in_a_loop() -> u32 {
        for n in 0..3 {
            let _round = D("round");
            yield_from!(numbers("a", n));
            if later("stop", n == 1).await { break; }
        }
    }
    of_an_argument(inner: Ready, guard: D) with (Ready(D("inner"), 0), D("guard")) -> u32 {
        yield_!(9);
        yield_from!(inner);
        log("end");
    }
    of_a_box() -> u32 {
        let inner: Pin<Box<dyn Stream<Item = u32>>> = Box::pin(numbers("a", 2));
        let _guard = D("guard");
        yield_from!(inner);
        yield_!(5);
    }
    of_what_is_awaited() -> u32 {
        yield_from!(later("make", Ready(D("a"), 0)).await);
    }
    in_a_branch(c: bool) with (true) -> u32 {
        if later("c", c).await {
            let _then = D("then");
            yield_from!(numbers("a", 1));
        } else {
            yield_from!(ours("b", 1));
        }
        yield_!(7);
    }
    in_match_arms() -> u32 {
        for n in 0..3 {
            match n {
                0 => yield_from!(numbers("a", 1)),
                1 => yield_!(later("x", 5).await),
                _ => yield_from!(ours("b", 1)),
            }
        }
    }
    reads_another() -> u32 {
        let mut inner = Box::pin(numbers("a", 3));
        let _guard = D("guard");
        while let Some(n) = inner.next().await {
            yield_!(n * 10);
        }
        log("end");
    }
    reads_and_delegates() -> u32 {
        let mut inner = Box::pin(numbers("a", 3));
        if let Some(n) = inner.next().await {
            yield_!(n * 10);
        }
        yield_from!(inner);
    }
    boxed down(n: u32) with (3) -> u32 {
        let _guard = D("guard");
        yield_!(later("n", n).await);
        if n > 0 {
            yield_from!(down(n - 1));
        }
        log("up");
    }
    boxed branches(from: u32, upto: u32) with (0, 4) -> u32 {
        if from + 1 < upto {
            let middle = later("middle", (from + upto) / 2).await;
            yield_from!(branches(from, middle));
            let _guard = D("between");
            yield_from!(branches(middle, upto));
        } else {
            yield_!(from);
        }
    }
}
