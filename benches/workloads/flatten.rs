//! Two nested loops over borrowed lists: the iterators of the loops are the state.

use std::pin::pin;
use std::slice;
use std::sync::LazyLock;

use unawait::prelude::*;

use crate::adapters::{Polled, Stackful};
use crate::visit::{Visit, peers};

peers! { u64::MAX;
    "hand" => hand,
    "std flatten" => std_flatten,
    "coro" => coro,
    "diapause" => diapause,
    "genawaiter stack" => genawaiter_stack,
    "genawaiter rc" => genawaiter_rc,
    "next-gen" => next_gen,
    "async-stream" => async_stream,
    "corosensei" => corosensei,
}

/// Lists of 0 to 16 numbers, 8 on average.
static LISTS: LazyLock<Vec<Vec<u32>>> = LazyLock::new(|| (0..10_000).map(|n| (n..n + n * 7 % 17).collect()).collect());

struct Flatten<'a> {
    lists: slice::Iter<'a, Vec<u32>>,
    list: slice::Iter<'a, u32>,
}

impl Iterator for Flatten<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        loop {
            if let Some(item) = self.list.next() {
                return Some(*item);
            }
            self.list = self.lists.next()?.iter();
        }
    }
}

fn hand(visit: impl Visit) -> u64 {
    visit.whole(Flatten {
        lists: LISTS.iter(),
        list: [].iter(),
    })
}

fn std_flatten(visit: impl Visit) -> u64 {
    visit.whole(LISTS.iter().flatten().copied())
}

#[coro]
fn flatten(lists: &[Vec<u32>]) -> impl Iterator<Item = u32> {
    for list in lists {
        for item in list {
            yield_!(*item);
        }
    }
}

fn coro(visit: impl Visit) -> u64 {
    visit.whole(flatten(&LISTS))
}

#[diapause::coroutine(yield = u32)]
fn enumerated<'a>(lists: &'a [Vec<u32>]) {
    for list in lists {
        let list: &'a [u32] = list;
        for item in list {
            yield_!(*item);
        }
    }
}

fn diapause(visit: impl Visit) -> u64 {
    visit.whole(enumerated(&LISTS).into_iter())
}

fn genawaiter_stack(visit: impl Visit) -> u64 {
    genawaiter::stack::let_gen_using!(items, |co| async move {
        for list in LISTS.iter() {
            for item in list {
                co.yield_(*item).await;
            }
        }
    });
    visit.whole(items.into_iter())
}

fn genawaiter_rc(visit: impl Visit) -> u64 {
    let items = genawaiter::rc::Gen::new(|co| async move {
        for list in LISTS.iter() {
            for item in list {
                co.yield_(*item).await;
            }
        }
    });
    visit.whole(items.into_iter())
}

#[next_gen::generator(yield(u32))]
fn pinned(lists: &[Vec<u32>]) {
    for list in lists {
        for item in list {
            yield_!(*item);
        }
    }
}

fn next_gen(visit: impl Visit) -> u64 {
    next_gen::mk_gen!(let items = pinned(&LISTS));
    let size = size_of_val(&*items);
    visit.visit(items.into_iter(), size)
}

fn async_stream(visit: impl Visit) -> u64 {
    let items = pin!(async_stream::stream! {
        for list in LISTS.iter() {
            for item in list {
                yield *item;
            }
        }
    });
    let size = size_of_val(&*items);
    visit.visit(Polled(items), size)
}

fn corosensei(visit: impl Visit) -> u64 {
    visit.whole(Stackful::new(|yielder| {
        for list in LISTS.iter() {
            for item in list {
                yielder.suspend(*item);
            }
        }
    }))
}
