//! Patterns of arrays that take some elements and leave others.

use super::harness::later;
use crate::harness::{D, log};

awaits! {
    ends([a, .., b]: [D; 3]) with ([D("a"), D("x"), D("b")]) {
        later("x", 1).await;
        drop(a);
        later("y", 1).await;
    }
    rest([a, rest @ .., b]: [D; 4]) with ([D("a"), D("x"), D("y"), D("b")]) -> usize {
        later("x", 1).await;
        drop(b);
        later("y", rest.len()).await
    }
    let_ends(n: u32) with (1) {
        let [a, .., b] = [D("a"), D("x"), D("b")];
        later("x", 1).await;
        drop(a);
        later("y", 1).await;
    }
    let_rest(n: u32) with (1) {
        let [a, rest @ .., b] = [D("a"), D("x"), D("b")];
        later("x", 1).await;
        drop(a);
        later("y", rest.len()).await;
    }
    let_local2(n: u32) with (1) {
        let list = [D("a"), D("x"), D("b")];
        let [a, rest @ ..] = list;
        later("x", 1).await;
        drop(a);
        later("y", rest.len()).await;
    }
    match_new(n: u32) with (1) {
        match [D("a"), D("x"), D("b")] {
            [a, .., b] => {
                later("x", 1).await;
                drop(a);
                later("y", 1).await;
            }
        }
        later("z", 1).await;
    }
    match_wild(n: u32) with (1) {
        match [D("a"), D("x"), D("b")] {
            [a, _, b] => {
                later("x", 1).await;
                drop(a);
                later("y", 1).await;
            }
        }
        later("z", 1).await;
    }
    arg_wild([a, _, b]: [D; 3], c: D) with ([D("a"), D("x"), D("b")], D("c")) {
        later("x", 1).await;
        drop(a);
        later("y", 1).await;
    }
    arg_one([first, ..]: [D; 3], c: D) with ([D("a"), D("x"), D("b")], D("c")) {
        later("x", 1).await;
        drop(first);
        later("y", 1).await;
    }
    nested((n, [first, ..]): (u32, [D; 3]), c: D) with ((1, [D("a"), D("x"), D("b")]), D("c")) {
        later("x", 1).await;
        drop(first);
        later("y", n).await;
    }
    call_gives(n: u32) with (1) {
        let [first, .., last] = {
            log("make");
            [D("a"), D("x"), D("b")]
        };
        later("x", 1).await;
        drop(last);
        later("y", n).await;
    }
    if_let(n: u32) with (1) {
        if let [first, .., last] = [D("a"), D("x"), D("b")] {
            later("x", 1).await;
            drop(last);
        }
        later("y", n).await;
    }
    loops(n: u32) with (1) {
        for [first, .., last] in [[D("a"), D("x"), D("b")], [D("c"), D("y"), D("d")]] {
            later("x", 1).await;
            drop(last);
            later("x", 1).await;
        }
        later("y", n).await;
    }
    refs(list: [D; 3]) with ([D("a"), D("x"), D("b")]) -> usize {
        let [first, .., last] = &list;
        later("x", 1).await;
        later("y", first.name().len() + last.name().len()).await
    }
    mutable(mut list: [D; 3]) with ([D("a"), D("x"), D("b")]) {
        let [first, rest @ ..] = &mut list;
        later("x", 1).await;
        std::mem::swap(first, &mut rest[1]);
        later("y", rest.len()).await;
    }
    vec_slice(list: Vec<D>) with (vec![D("a"), D("x"), D("b")]) {
        let [first, .., last] = list.as_slice() else {
            return;
        };
        later("x", 1).await;
        later("y", first.name().len() + last.name().len()).await;
    }
    vec_match(list: Vec<D>) with (vec![D("a"), D("x"), D("b")]) -> usize {
        match &list[..] {
            [] => later("a", 0).await,
            [one] => later("b", one.name().len()).await,
            [first, rest @ .., last] => later("c", rest.len()).await + last.name().len(),
        }
    }
    conv(list: Vec<D>) with (vec![D("a"), D("x"), D("b")]) {
        let Ok([a, .., b]) = <[D; 3]>::try_from(list) else {
            return;
        };
        later("x", 1).await;
        drop(b);
        later("y", 1).await;
    }
    conv2(list: Vec<D>) with (vec![D("a"), D("x"), D("b")]) {
        let [a, .., b]: [D; 3] = list.try_into().unwrap();
        later("x", 1).await;
        drop(b);
        later("y", 1).await;
    }
    copies([a, .., b]: [u32; 3]) with ([1, 2, 3]) -> u32 {
        later("x", 1).await;
        later("y", a).await + b
    }
}
