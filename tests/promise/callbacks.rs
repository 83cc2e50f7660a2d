//! `then`, `catch`, `finally`: what they give, and what their callbacks may do.

use std::cell::RefCell;
use std::rc::Rc;

use unawait::promise::{Promise, queue_microtask};

use crate::{Log, PANICKED, Text, poll, result, run_microtasks};

#[test]
fn a_value_goes_through_then() {
    let promise = Text::resolve(1).then(|n| Ok(n + 1)).then(|n| Ok(n.to_string()));
    assert_eq!(result(promise), Ok("2".to_owned()));
}

#[test]
fn an_error_of_then_is_a_rejection() {
    let promise = Text::resolve("x").then(|text| text.parse::<u32>().map_err(|error| error.to_string()));
    assert_eq!(result(promise), Err("invalid digit found in string".to_owned()));
}

#[test]
fn a_rejection_passes_then_by() {
    let log = Log::default();
    let promise = Text::<u32>::reject("no").then(log.adder("then"));
    assert_eq!(result(promise), Err("no".to_owned()));
    assert_eq!(log.take(), "");
}

#[test]
fn a_value_passes_catch_by() {
    let promise = Text::resolve(1).catch(|_| -> Result<u32, String> { unreachable!() });
    assert_eq!(result(promise), Ok(1));
}

#[test]
fn catch_gives_a_value_or_another_reason() {
    let promise = Text::reject("no").catch(|reason| Ok(reason.len()));
    assert_eq!(result(promise), Ok(2));
    let promise = Text::<u32>::reject("no").catch(|reason| Err(reason + "!"));
    assert_eq!(result(promise), Err("no!".to_owned()));
}

#[test]
fn callbacks_give_promises() {
    let (inner, resolver) = Text::with_resolvers();
    let mut promise = Text::resolve(1).then(|_| inner);
    assert!(poll(&mut promise).is_pending());
    resolver.resolve(2);
    assert_eq!(result(promise), Ok(2));

    let promise = Text::<u32>::reject("no").catch(|_| Promise::resolve(3));
    assert_eq!(result(promise), Ok(3));
}

#[test]
fn callbacks_give_nothing() {
    let log = Log::default();
    let promise = Text::resolve(1).then(log.adder("one")).then(log.adder("two"));
    assert_eq!(result(promise), Ok(()));
    assert_eq!(log.take(), "one two");
}

#[test]
fn finally_keeps_the_result() {
    let log = Log::default();
    let (value, reason) = (log.clone(), log.clone());
    let promise = Text::resolve(1).finally(move || value.add("value"));
    assert_eq!(result(promise), Ok(1));
    let promise = Text::<u32>::reject("no").finally(move || reason.add("reason"));
    assert_eq!(result(promise), Err("no".to_owned()));
    assert_eq!(log.take(), "value reason");
}

#[test]
fn an_error_of_finally_is_the_reason() {
    let promise = Text::resolve(1).finally(|| Err("no".to_owned()));
    assert_eq!(result(promise), Err("no".to_owned()));
    let promise = Text::<u32>::reject("first").finally(|| Err("second".to_owned()));
    assert_eq!(result(promise), Err("second".to_owned()));
}

#[test]
fn finally_waits_for_its_promise() {
    let (closing, resolver) = Text::with_resolvers();
    let mut promise = Text::resolve(1).finally(|| closing);
    assert!(poll(&mut promise).is_pending());
    resolver.resolve(());
    assert_eq!(result(promise), Ok(1));
}

#[test]
fn every_clone_has_its_callbacks() {
    let log = Log::default();
    let (promise, resolver) = Text::with_resolvers();
    for name in ["a", "b"] {
        let log = log.clone();
        promise.clone().then(move |value: String| log.add(value + name));
    }
    let log_last = log.clone();
    promise.then(move |value| log_last.add(value + "c"));
    resolver.resolve("v".to_owned());
    run_microtasks();
    assert_eq!(log.take(), "va vb vc");
}

#[test]
fn a_panic_breaks_the_promise_alone() {
    let log = Log::default();
    let (promise, resolver) = Text::with_resolvers();
    let panics = promise
        .clone()
        .then(|()| -> Result<u32, String> { panic!("of a callback") });
    promise.then(log.adder("next"));
    queue_microtask(|| panic!("of a microtask"));
    queue_microtask({
        let log = log.clone();
        move || log.add("first")
    });
    resolver.resolve(());
    run_microtasks();
    assert_eq!(log.take(), "first next");
    assert_eq!(result(panics), Err(PANICKED.to_owned()));

    let panics = Text::<u32>::reject("no").catch(|_| -> Result<u32, String> { panic!("of a callback") });
    assert_eq!(result(panics), Err(PANICKED.to_owned()));
    let panics = Text::resolve(1).finally(|| -> Result<(), String> { panic!("of a callback") });
    assert_eq!(result(panics), Err(PANICKED.to_owned()));
}

#[test]
fn a_panic_can_be_caught() {
    let promise = Text::resolve(1)
        .then(|_| -> Result<u32, String> { panic!("of a callback") })
        .catch(|_| Ok(0));
    assert_eq!(result(promise), Ok(0));
}

#[test]
fn a_reaction_settles_in_a_reaction() {
    let log = Log::default();
    let (first, first_resolver) = Text::with_resolvers();
    let (second, second_resolver) = Text::with_resolvers();
    let (third, third_resolver) = Text::with_resolvers();
    first.then({
        let log = log.clone();
        move |()| {
            second_resolver.resolve(());
            log.add("first");
        }
    });
    second.then({
        let log = log.clone();
        move |()| {
            third_resolver.resolve(());
            log.add("second");
        }
    });
    third.then(log.adder("third"));
    first_resolver.resolve(());
    run_microtasks();
    assert_eq!(log.take(), "first second third");
}

#[test]
fn a_reaction_registers_with_its_own_promise() {
    let log = Log::default();
    let promise = Text::resolve(());
    let again = promise.clone();
    let inner = log.clone();
    promise.clone().then(move |()| {
        again.then(inner.adder("inner"));
        inner.add("outer");
    });
    promise.then(log.adder("second"));
    run_microtasks();
    assert_eq!(log.take(), "outer second inner");
}

#[test]
fn a_reaction_settles_its_own_promise_again() {
    let (promise, resolver) = Text::with_resolvers();
    let again = resolver.clone();
    let then = promise.then(move |()| Ok(again.resolve(())));
    resolver.resolve(());
    assert_eq!(result(then), Ok(false));
}

#[test]
fn a_reaction_may_block_on_a_promise() {
    let then = Text::resolve(1).then(|n| pollster::block_on(Text::resolve(n).then(|n| Ok(n + 1))));
    assert_eq!(result(then), Ok(2));
}

#[test]
fn callbacks_run_though_their_promise_is_dropped() {
    let log = Log::default();
    drop(Text::resolve(()).then(log.adder("then")));
    run_microtasks();
    assert_eq!(log.take(), "then");
}

#[test]
fn a_long_chain() {
    let mut promise = Text::resolve(0);
    for _ in 0..100_000 {
        promise = promise.then(|n| Ok(n + 1));
    }
    assert_eq!(result(promise), Ok(100_000));
}

#[test]
fn a_loop_of_promises() {
    fn count(n: u32) -> Text<u32> {
        Text::resolve(n).then(|n| if n < 1000 { count(n + 1) } else { Promise::resolve(n) })
    }
    assert_eq!(result(count(0)), Ok(1000));
}

#[test]
fn a_callback_gets_the_value_itself_if_it_is_the_last() {
    struct Unique(Rc<RefCell<u32>>);
    let value = Rc::new(RefCell::new(1));
    let promise = Promise::<_>::resolve(Unique(value.clone())).then(|unique| {
        *unique.0.borrow_mut() += 1;
    });
    assert!(result(promise).is_ok());
    assert_eq!(*value.borrow(), 2);
    assert_eq!(Rc::strong_count(&value), 1);
}

#[test]
#[should_panic(expected = "the result of this promise has been taken")]
fn a_callback_after_the_result_was_taken() {
    let mut promise = Text::resolve(1);
    assert!(poll(&mut promise).is_ready());
    promise.then(|_| ());
}
