//! `+ Clone` and `+ Debug`: machines as data. (Every `#[Clone]` body of the other modules is cloned at each suspension.)

use std::cell::Cell;
use std::fmt::Debug;
use std::rc::Rc;

use unawait::prelude::*;

#[coro]
fn cloned(limit: u32, names: Vec<String>) -> impl Iterator<Item = String> + Clone + Debug {
    let mut count = 0;
    for name in names {
        count += 1;
        if count > limit {
            return;
        }
        yield_!(format!("{name}{count}"));
    }
}

#[coro]
fn nested(start: u32) -> impl Iterator<Item = u32> + Clone + Debug {
    yield_from!(start..start + 2);
    yield_from!(inner(start));
}

#[coro]
fn inner(start: u32) -> impl Iterator<Item = u32> + Clone + Debug {
    yield_!(start * 10);
    yield_!(start * 100);
}

#[coro]
fn game(from: u32) -> impl Coroutine<bool, Yield = u32, Return = u32> + Clone + Debug {
    let mut guess = from;
    let mut step = guess / 2;
    while step > 0 {
        if yield_!(guess) {
            guess += step;
        } else {
            guess -= step;
        }
        step /= 2;
    }
    guess
}

#[coro]
fn shares(counter: Rc<Cell<u32>>) -> impl Iterator<Item = u32> + Clone {
    loop {
        counter.set(counter.get() + 1);
        yield_!(counter.get());
    }
}

#[coro]
fn borrowing(text: &str) -> impl Iterator<Item = char> + Clone + Debug {
    for c in text.chars() {
        yield_!(c);
        yield_!('-');
    }
}

#[coro]
fn array_by_value() -> impl Iterator<Item = u8> + Clone + Debug {
    let table = [1; 64];
    for n in table {
        yield_!(n);
    }
}

#[test]
fn clones_go_their_own_way() {
    let names = vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
    let mut machine = cloned(2, names);
    let fresh = machine.clone();
    assert_eq!(machine.next().as_deref(), Some("a1"));
    let mut second = machine.clone();
    assert_eq!(second.next().as_deref(), Some("b2"));
    assert_eq!(second.next(), None);
    assert_eq!(machine.collect::<Vec<_>>(), ["b2"]);
    assert_eq!(fresh.collect::<Vec<_>>(), ["a1", "b2"]);
    assert_eq!(second.clone().next(), None);
}

#[test]
fn delegates_are_cloned() {
    let mut machine = nested(3);
    let mut rest = vec![3, 4, 30, 300];
    while !rest.is_empty() {
        assert_eq!(machine.clone().collect::<Vec<_>>(), rest);
        assert_eq!(machine.next(), Some(rest.remove(0)));
    }
    assert_eq!(machine.clone().next(), None);
}

/// Every answer that the other side could give, from one suspended machine.
#[test]
fn both_futures_of_a_coroutine() {
    fn explore(mut machine: impl Coroutine<bool, Yield = u32, Return = u32> + Clone, answer: bool, all: &mut Vec<u32>) {
        match machine.resume(answer) {
            CoroutineState::Complete(n) => all.push(n),
            CoroutineState::Yielded(_) => {
                explore(machine.clone(), false, all);
                explore(machine, true, all);
            }
        }
    }
    let mut machine = game(4);
    assert_eq!(machine.start(), CoroutineState::Yielded(4));
    let mut all = Vec::new();
    explore(machine.clone(), false, &mut all);
    explore(machine, true, &mut all);
    assert_eq!(all, [1, 3, 5, 7]);
}

#[test]
fn shared_locals_stay_shared() {
    let mut machine = shares(Rc::default());
    assert_eq!(machine.next(), Some(1));
    let mut second = machine.clone();
    assert_eq!(second.next(), Some(2));
    assert_eq!(machine.next(), Some(3));
}

#[test]
fn borrowed_and_large_locals() {
    let mut machine = borrowing("ab");
    machine.next();
    assert_eq!(machine.clone().collect::<String>(), "-b-");
    assert_eq!(machine.collect::<String>(), "-b-");
    let mut machine = array_by_value();
    machine.nth(9);
    assert_eq!(machine.clone().count(), 54);
    assert_eq!(machine.count(), 54);
}

#[test]
fn printed() {
    let mut machine = cloned(2, vec!["first name".to_owned(), "second name".to_owned()]);
    let start = format!("{machine:?}");
    assert!(start.contains("Start") && start.contains("limit: 2"), "{start}");
    machine.next();
    let suspended = format!("{machine:?}");
    assert!(
        suspended.contains("second name") && suspended.contains("count: 1"),
        "{suspended}"
    );
    machine.by_ref().for_each(drop);
    let done = format!("{machine:?}");
    assert!(done.contains("Done") && !done.contains("count"), "{done}");
    let mut machine = game(9);
    machine.start();
    let text = format!("{machine:#?}");
    assert!(text.contains("guess: 9") && text.contains("step: 4"), "{text}");
}
