//! Operands that are given away before an await, beside temporaries: in which order they drop.

use std::fmt::Debug;

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

fn first(a: D, b: D) -> D {
    log(format!("first {}", b.0));
    a
}

async fn look<T: Debug>(value: &T) -> u32 {
    later("look", ()).await;
    log(format!("{value:?}"));
    1
}

trait Shown: Debug {
    fn shown(&self) -> u32 {
        log(format!("shown {self:?}"));
        1
    }

    fn part(&self) -> &Self {
        log(format!("part {self:?}"));
        self
    }
}

impl Shown for D {}

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

    given_then_what_an_await_gave_is_lent() -> u32 {
        let n = look(&(make("given"), look(&later("work", D("lent")).await).await)).await;
        n + v("after", 1)
    }
    given_then_lent_twice() -> u32 {
        let list = (make("a"), (make("b"), look(&later("work", D("c")).await).await), look(&later("more", D("d")).await).await, make("e"));
        v("after", list.1.1 + list.2)
    }
    given_in_a_tuple_then_lent() {
        let _one = first(make("a"), (make("b"), look(&later("work", D("c")).await).await).0);
        v("after", 1);
    }
    given_then_called_on_what_an_await_gave() -> u32 {
        let n = mix(make("given"), later("work", D("receiver")).await.shown() + later("more", 2).await, make("last"));
        n + v("after", 1)
    }
    given_then_called_and_lent() -> u32 {
        let n = mix(make("given"), look(later("work", D("receiver")).await.part()).await, later("more", D("last")).await);
        n + v("after", 1)
    }
    given_then_an_awaited_value_is_matched(c: bool) with (true) -> u32 {
        let two = (make("a"), make("b"));
        let n = mix(make("given"), match later("pair", two).await {
            (_a, _b) if later("guard", v("guard", c)).await => later("work", 1).await,
            _ => v("other", 3),
        }, make("last"));
        n + v("after", 1)
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
    a_matched_value_in_parentheses_is_whole() -> u32 {
        later("outer", match (later("pair", make("a")).await) { _ => v("arm", 1) }).await
    }
}
