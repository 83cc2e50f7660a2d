//! Inputs: owned, ignored, destructured, of late type.

use std::collections::HashMap;

use unawait::prelude::*;

use crate::harness::{D, log};

differential! {
    coroutine patterns() takes ((i32, Option<&'static str>)) [(1, Some("a")), (2, None), (3, Some("c"))] yields (i32)
        returns (String)
    {
        let mut text = String::new();
        let (n, Some(name)) = yield_!(0) else { return text };
        text.push_str(name);
        let (m, _) = yield_!(n);
        if let (_, Some(name)) = yield_!(m) { text.push_str(name) }
        text
    }

    coroutine owned_inputs_kept_and_dropped() takes (Vec<D>) [vec![D("a"), D("b")], vec![], vec![D("c")]]
        yields (usize) returns (Option<D>)
    {
        let mut all = vec![];
        for _ in 0..3 {
            all.append(&mut yield_!(all.len()));
        }
        yield_!(all.len());
        all.pop()
    }

    coroutine used_some_times() takes (D) [D("one"), D("two"), D("three")] yields (i32) returns (D) {
        yield_!(1);
        let kept = yield_!(2);
        log("kept");
        yield_!(3);
        log("ignored");
        kept
    }

    coroutine input_moves_straight_to_a_call() takes (D) [D("one"), D("two")] yields (i32) returns (usize) {
        fn eat(d: D) -> usize { log(d.name()); d.name().len() }
        eat(yield_!(1)) + eat(yield_!(2))
    }

    coroutine type_of_the_input_is_inferred() takes (Option<u64>) [Some(3), None] yields (u8) returns (u64) {
        let mut last = None;
        let mut rounds = 0;
        loop {
            let next = yield_!(rounds);
            rounds += 1;
            if next.is_none() { break }
            last = next;
        }
        last.unwrap_or_default()
    }

    coroutine mutable_input_binding() takes (String) ["ab".to_owned(), "c".to_owned()] yields (usize) returns (String) {
        let mut text = yield_!(0);
        text.push('!');
        let more = yield_!(text.len());
        text += &more;
        text
    }

    coroutine static_inputs() takes (&'static str) ["get", "put", "get", "quit"] yields (Result<i32, &'static str>)
        returns (HashMap<&'static str, i32>)
    {
        let mut counts = HashMap::new();
        let mut reply = Ok(0);
        loop {
            match yield_!(reply) {
                "quit" => return counts.into_iter().filter(|(_, count)| *count > 1).collect(),
                word => { let count = counts.entry(word).or_insert(0); *count += 1; reply = Ok(*count); }
            }
        }
    }

    coroutine exclusive_input() takes (Option<u8>) [None, Some(1)] yields (&'static str) returns (u8) {
        loop {
            if let Some(n) = yield_!("more") { break n }
        }
    }
}

/// What is lent for one step comes back with the yield.
#[coro]
fn echoes() -> impl Coroutine<Vec<u8>, Yield = Vec<u8>, Return = ()> {
    let mut buffer = Vec::new();
    loop {
        let mut input = yield_!(buffer);
        if input.is_empty() {
            return;
        }
        input.reverse();
        buffer = input;
    }
}

#[test]
fn buffers_go_back_and_forth() {
    let mut machine = echoes();
    assert_eq!(machine.start(), CoroutineState::Yielded(vec![]));
    assert_eq!(machine.resume(vec![1, 2]), CoroutineState::Yielded(vec![2, 1]));
    assert_eq!(machine.resume(vec![]), CoroutineState::Complete(()));
}

#[test]
fn units_become_an_iterator() {
    #[coro]
    fn counts() -> impl Coroutine<(), Yield = u8, Return = ()> {
        for n in 0..3 {
            let () = yield_!(n);
        }
    }
    assert_eq!(counts().into_iter().collect::<Vec<_>>(), [0, 1, 2]);
    let mut machine = counts();
    assert_eq!(machine.by_ref().into_iter().next(), Some(0));
    assert_eq!(machine.resume(()), CoroutineState::Yielded(1));
}
