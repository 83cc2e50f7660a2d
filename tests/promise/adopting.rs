//! A promise that settles as another one does.

use unawait::promise::{Promise, Resolver};

use crate::{CYCLE, DROPPED, Text, poll, result, run_microtasks};

#[test]
fn a_pending_promise() {
    let (promise, resolver) = Text::with_resolvers();
    let (inner, inner_resolver) = Text::with_resolvers();
    assert!(resolver.adopt(inner));
    run_microtasks();
    assert!(!promise.is_settled());
    inner_resolver.resolve(1);
    assert_eq!(result(promise), Ok(1));
}

#[test]
fn a_settled_promise() {
    let promise = Text::new(|resolver| _ = resolver.adopt(Promise::resolve(1)));
    assert!(!promise.is_settled(), "it takes two microtasks");
    assert_eq!(result(promise), Ok(1));

    let promise = Text::<u32>::new(|resolver| _ = resolver.adopt(Promise::reject("no")));
    assert_eq!(result(promise), Err("no".to_owned()));
}

#[test]
fn a_broken_promise() {
    let (inner, inner_resolver) = Text::<u32>::with_resolvers();
    let promise = Text::new(|resolver| _ = resolver.adopt(inner));
    drop(inner_resolver);
    assert_eq!(result(promise), Err(DROPPED.to_owned()));
}

#[test]
fn later_settlements_are_ignored_though_it_is_pending() {
    let (promise, resolver) = Text::with_resolvers();
    let (inner, inner_resolver) = Text::with_resolvers();
    assert!(resolver.adopt(inner));
    assert!(!resolver.resolve(1));
    assert!(!resolver.reject("no"));
    assert!(!resolver.adopt(Promise::resolve(2)));
    drop(resolver);
    inner_resolver.resolve(3);
    assert_eq!(result(promise), Ok(3));
}

#[test]
fn a_chain() {
    let (mut promise, first) = Text::with_resolvers();
    let mut resolver: Resolver<u32, String> = first;
    for _ in 0..1000 {
        let (next, next_resolver) = Text::with_resolvers();
        assert!(resolver.adopt(next));
        resolver = next_resolver;
    }
    assert!(poll(&mut promise).is_pending());
    resolver.resolve(7);
    assert_eq!(result(promise), Ok(7));
}

#[test]
fn a_chain_that_is_made_from_its_end() {
    let (mut chain, resolver) = Text::with_resolvers();
    for _ in 0..1000 {
        let inner = chain;
        chain = Text::new(|resolver| _ = resolver.adopt(inner));
    }
    resolver.resolve(7);
    assert_eq!(result(chain), Ok(7));
}

#[test]
fn itself() {
    let (promise, resolver) = Text::<u32>::with_resolvers();
    assert!(resolver.adopt(promise.clone()));
    assert!(!resolver.resolve(1));
    assert_eq!(result(promise), Err(CYCLE.to_owned()));
}

#[test]
fn itself_through_others() {
    let (first, first_resolver) = Text::<u32>::with_resolvers();
    let (second, second_resolver) = Text::with_resolvers();
    let (third, third_resolver) = Text::with_resolvers();
    assert!(first_resolver.adopt(second.clone()));
    assert!(second_resolver.adopt(third.clone()));
    assert!(third_resolver.adopt(first.clone()));
    for promise in [first, second, third] {
        assert_eq!(result(promise), Err(CYCLE.to_owned()));
    }
}

#[test]
fn a_callback_that_gives_its_own_promise() {
    let (promise, resolver) = Text::<u32>::with_resolvers();
    let itself = promise.clone();
    resolver.adopt(Text::resolve(()).then(move |()| itself));
    assert_eq!(result(promise), Err(CYCLE.to_owned()));
}

#[test]
fn two_that_adopt_the_same_promise() {
    let (inner, inner_resolver) = Text::with_resolvers();
    let first = Text::new(|resolver| _ = resolver.adopt(inner.clone()));
    let second = Text::new(|resolver| _ = resolver.adopt(inner));
    inner_resolver.resolve("both".to_owned());
    assert_eq!(result(first).as_deref(), Ok("both"));
    assert_eq!(result(second).as_deref(), Ok("both"));
}
