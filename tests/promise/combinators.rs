//! `all`, `all_settled`, `any`, `race`: the cases of test262's folders of those names, as far as types leave them.

use std::iter;

use unawait::promise::{AggregateError, Promise, Resolver};

use crate::{DROPPED, Log, Text, poll, result, run_microtasks};

type Pending<const N: usize> = (Vec<Text<u32>>, [Resolver<u32, String>; N]);

fn pending<const N: usize>() -> Pending<N> {
    let mut promises = Vec::new();
    let resolvers = std::array::from_fn(|_| {
        let (promise, resolver) = Text::with_resolvers();
        promises.push(promise);
        resolver
    });
    (promises, resolvers)
}

#[test]
fn all_in_order_of_the_promises() {
    let (promises, [a, b, c]) = pending();
    let mut all = Promise::all(promises);
    c.resolve(3);
    a.resolve(1);
    assert!(poll(&mut all).is_pending());
    b.resolve(2);
    assert_eq!(result(all), Ok(vec![1, 2, 3]));
}

#[test]
fn all_of_none_is_settled_at_once() {
    let all = Text::<u32>::all([]);
    assert!(all.is_settled());
    assert_eq!(result(all), Ok(vec![]));
}

#[test]
fn all_of_settled_promises_is_settled_by_microtasks() {
    let all = Text::all([Promise::resolve(1), Promise::resolve(2)]);
    assert!(!all.is_settled());
    assert_eq!(result(all), Ok(vec![1, 2]));
}

#[test]
fn all_is_rejected_early() {
    let log = Log::default();
    let (mut promises, [a, b, c]) = pending();
    let runs_on = promises.pop().unwrap().then({
        let log = log.clone();
        move |n| {
            log.add(n);
            Ok(n)
        }
    });
    promises.push(runs_on);
    let mut all = Promise::all(promises);
    assert!(poll(&mut all).is_pending());
    b.reject("b");
    assert_eq!(result(all), Err("b".to_owned()));
    // The others run on, and whatever they settle to is no news.
    a.reject("a");
    c.resolve(3);
    run_microtasks();
    assert_eq!(log.take(), "3");
}

#[test]
fn all_of_the_same_promise() {
    let promise = Text::resolve("x".to_owned());
    let all = Promise::all([promise.clone(), promise.clone(), promise]);
    assert_eq!(result(all).unwrap(), ["x", "x", "x"]);
}

#[test]
fn all_of_a_broken_promise() {
    let (promises, [a, b]) = pending();
    let all = Promise::all(promises);
    a.resolve(1);
    drop(b);
    assert_eq!(result(all), Err(DROPPED.to_owned()));
}

#[test]
fn all_takes_any_iterator() {
    let all = Text::all((0..1000).map(Promise::resolve));
    assert_eq!(result(all), Ok((0..1000).collect()));
    let all = Text::all(iter::once(Promise::resolve(1)).chain(Some(Promise::resolve(2))));
    assert_eq!(result(all), Ok(vec![1, 2]));
}

#[test]
fn combinators_of_combinators() {
    let all = Promise::all([
        Text::race([Promise::resolve(1), Promise::resolve(2)]),
        Text::all([Promise::resolve(3), Promise::resolve(4)]).then(|values| Ok(values.iter().sum())),
    ]);
    assert_eq!(result(all), Ok(vec![1, 7]));
}

#[test]
fn all_settled_gives_every_result_in_order() {
    let (promises, [a, b, c]) = pending();
    let mut all = Promise::all_settled(promises);
    c.resolve(3);
    b.reject("b");
    assert!(poll(&mut all).is_pending());
    drop(a);
    let results = [Err(DROPPED.to_owned()), Err("b".to_owned()), Ok(3)];
    assert_eq!(result(all), Ok(results.to_vec()));
}

#[test]
fn all_settled_of_none_is_settled_at_once() {
    let all = Text::<u32>::all_settled([]);
    assert!(all.is_settled());
    assert_eq!(result(all), Ok(vec![]));
}

#[test]
fn any_gives_the_first_value() {
    let (promises, [a, b, c]) = pending();
    let mut any = Promise::any(promises);
    a.reject("a");
    assert!(poll(&mut any).is_pending());
    c.resolve(3);
    b.resolve(2);
    assert_eq!(result(any), Ok(3));
}

#[test]
fn any_of_settled_promises_gives_the_first_in_order() {
    let any = Text::any([Promise::reject("no"), Promise::resolve(2), Promise::resolve(3)]);
    assert_eq!(result(any), Ok(2));
}

#[test]
fn any_gives_all_reasons_in_order_of_the_promises() {
    let (promises, [a, b, c]) = pending();
    let any = Promise::any(promises);
    c.reject("c");
    drop(b);
    a.reject("a");
    let error = result(any).unwrap_err();
    assert_eq!(error.errors, ["a", DROPPED, "c"]);
    assert_eq!(error.to_string(), "all of 3 promises were rejected");
}

#[test]
fn any_of_none_is_rejected_at_once() {
    let any = Text::<u32>::any([]);
    assert!(any.is_settled());
    assert_eq!(result(any), Err(AggregateError { errors: vec![] }));
}

#[test]
fn a_callback_after_any_that_panics() {
    let promise = Text::any([Promise::resolve(1)]).then(|_| -> Result<u32, AggregateError<String>> { panic!("no") });
    assert_eq!(result(promise).unwrap_err().errors.len(), 1);
}

#[test]
fn race_gives_the_first_result() {
    let (promises, [a, b]) = pending();
    let race = Promise::race(promises);
    b.resolve(2);
    a.resolve(1);
    assert_eq!(result(race), Ok(2));

    let (promises, [a, b]) = pending();
    let race = Promise::race(promises);
    b.reject("b");
    a.resolve(1);
    assert_eq!(result(race), Err("b".to_owned()));
}

#[test]
fn race_of_settled_promises_gives_the_first_in_order() {
    let race = Text::race([Promise::reject("no"), Promise::resolve(2)]);
    assert_eq!(result(race), Err("no".to_owned()));
    let (late, _resolver) = Text::with_resolvers();
    assert_eq!(result(Promise::race([late, Promise::resolve(2)])), Ok(2));
}

#[test]
fn race_of_none_is_broken() {
    assert_eq!(result(Text::<u32>::race([])), Err(DROPPED.to_owned()));
}

#[test]
fn a_broken_promise_may_win_a_race() {
    let (promises, [a, b]) = pending();
    let race = Promise::race(promises);
    drop(a);
    b.resolve(2);
    assert_eq!(result(race), Err(DROPPED.to_owned()));
}

#[test]
fn the_loser_of_a_race_runs_on() {
    let log = Log::default();
    let (slow, resolver) = Text::with_resolvers();
    let race = Promise::race([slow.then(log.adder("slow")), Promise::resolve(())]);
    assert_eq!(result(race), Ok(()));
    resolver.resolve(());
    run_microtasks();
    assert_eq!(log.take(), "slow");
}

#[test]
#[should_panic(expected = "the result of this promise has been taken")]
fn all_of_a_promise_whose_result_was_taken() {
    let mut promise = Text::resolve(1);
    assert!(poll(&mut promise).is_ready());
    Promise::all([promise]);
}
