//! Operands that are given away before an await, beside temporaries: in which order they drop.

use super::harness::later;
use crate::harness::{D, log, v};

fn make(name: &'static str) -> D {
    v(name, D(name))
}

fn join(given: D, borrowed: &D, n: u32) -> u32 {
    log(format!("join {} {}", given.0, borrowed.0));
    n
}

fn mix(a: D, n: u32, b: D) -> u32 {
    log(format!("mix {} {}", a.0, b.0));
    n
}

/// Taken by value by methods whose names do not say so.
struct Builder(D);

impl Builder {
    fn part(self, part: &D) -> Builder {
        log(format!("part {}", part.0));
        Builder(D("built"))
    }

    async fn send(self) -> usize {
        later("send", self.0.0.len()).await
    }
}

fn builder() -> Builder {
    Builder(make("builder"))
}

awaits! {
    given_then_borrowed() -> u32 {
        let n = join(make("given"), &make("borrowed"), later("work", 3).await);
        n + v("after", 1)
    }
    given_then_temporary_of_the_operand() -> u32 {
        let n = mix(make("first"), later("work", make("receiver").0.len() as u32).await, make("last"));
        n + v("after", 1)
    }
    given_in_turn() -> u32 {
        let n = mix(make("a"), join(make("b"), &make("c"), later("work", 3).await), make("d"));
        let list = [make("e"), v("f", D(make("g").0)), later("more", D("h")).await];
        n + list.len() as u32
    }
    receiver_given_by_a_block() -> usize {
        let built = { builder() }.part(&later("part", make("argument")).await);
        log("after");
        { built }.send().await
    }
    chain_given_by_a_block() -> usize {
        let n = { builder().part(&make("first")) }.part(&later("part", make("argument")).await).send().await;
        n + v("after", 1)
    }
}
