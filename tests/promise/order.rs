//! The order of reactions: puzzles of JavaScript. The order that each test expects is what Node.js printed for the same
//! program.

use unawait::promise::{Promise, queue_microtask};

use crate::{Log, Text, run_microtasks};

/// Runs the program as a script, then its microtasks.
#[track_caller]
fn puzzle(expected: &str, script: impl FnOnce(&Log)) {
    let log = Log::default();
    script(&log);
    run_microtasks();
    assert_eq!(log.take(), expected);
}

/// A chain of callbacks, which counts the microtasks that other chains take.
fn ticks(log: &Log, count: u32) {
    (1..=count).fold(Text::resolve(()), |chain, tick| chain.then(log.adder(tick)));
}

/// A chain of callbacks with these names.
fn chain(log: &Log, names: [&'static str; 3]) {
    names
        .into_iter()
        .fold(Text::resolve(()), |chain, name| chain.then(log.adder(name)));
}

#[test]
fn chains_take_turns() {
    puzzle("a1 b1 a2 b2 a3 b3", |log| {
        chain(log, ["a1", "a2", "a3"]);
        chain(log, ["b1", "b2", "b3"]);
    });
}

#[test]
fn a_chain_inside_a_callback() {
    puzzle("outer1 inner1 outer2 inner2 outer3", |log| {
        let inner = log.clone();
        let outer = Text::resolve(()).then(move |()| {
            inner.add("outer1");
            Text::resolve(())
                .then(inner.adder("inner1"))
                .then(inner.adder("inner2"));
        });
        outer.then(log.adder("outer2")).then(log.adder("outer3"));
    });
}

#[test]
fn a_chain_that_a_callback_gives() {
    puzzle("outer1 1 inner1 2 inner2 3 4 outer2 5 6 7 8", |log| {
        let inner = log.clone();
        let outer = Text::resolve(()).then(move |()| {
            inner.add("outer1");
            Text::resolve(())
                .then(inner.adder("inner1"))
                .then(inner.adder("inner2"))
        });
        outer.then(log.adder("outer2"));
        ticks(log, 8);
    });
}

#[test]
fn a_promise_that_a_callback_gives_takes_two_microtasks_more() {
    puzzle("0 1 2 3 r4 4 5 6", |log| {
        let (first, second) = (log.clone(), log.clone());
        let given = Text::resolve(()).then(move |()| {
            first.add(0);
            Text::resolve(4)
        });
        given.then(move |n| second.add(format!("r{n}")));
        ticks(log, 6);
    });
}

#[test]
fn microtasks_and_reactions_are_one_queue() {
    puzzle("script m1 t1 m2 m1.1 t1.1 t2", |log| {
        let (m1, m2, t1) = (log.clone(), log.clone(), log.clone());
        queue_microtask(move || {
            m1.add("m1");
            queue_microtask(move || m1.add("m1.1"));
        });
        let promise = Text::resolve(()).then(move |()| {
            t1.add("t1");
            queue_microtask(move || t1.add("t1.1"));
        });
        promise.then(log.adder("t2"));
        queue_microtask(move || m2.add("m2"));
        log.add("script");
    });
}

#[test]
fn an_executor_runs_at_once_and_its_reactions_do_not() {
    puzzle("executor resolved script then", |log| {
        let promise = Text::new(|resolver| {
            log.add("executor");
            resolver.resolve(());
            log.add("resolved");
        });
        promise.then(log.adder("then"));
        log.add("script");
    });
}

#[test]
fn reactions_before_and_after_the_settlement() {
    puzzle("early late microtask", |log| {
        let microtask = log.clone();
        let (promise, resolver) = Text::with_resolvers();
        promise.clone().then(log.adder("early"));
        resolver.resolve(());
        promise.then(log.adder("late"));
        queue_microtask(move || microtask.add("microtask"));
    });
}

#[test]
fn a_rejection_takes_a_microtask_for_each_then_that_it_passes() {
    puzzle("1 2 catch 3 after 4 5", |log| {
        let passed = Text::<()>::reject("x")
            .then(log.adder("never"))
            .then(log.adder("never"));
        passed.catch(log.adder("catch")).then(log.adder("after"));
        ticks(log, 5);
    });
}

#[test]
fn a_value_takes_a_microtask_for_each_catch_that_it_passes() {
    puzzle("1 2 then 3 4", |log| {
        let passed = Text::resolve(()).catch(log.adder("never")).catch(log.adder("never"));
        passed.then(log.adder("then"));
        ticks(log, 4);
    });
}

#[test]
fn finally_takes_four_microtasks() {
    puzzle("finally 1 2 3 after 4 5 6 7", |log| {
        let finally = log.adder("finally");
        Text::resolve(()).finally(|| finally(())).then(log.adder("after"));
        ticks(log, 7);
    });
    puzzle("finally 1 2 3 caught 4 5 6 7", |log| {
        let finally = log.adder("finally");
        Text::<()>::reject("")
            .finally(|| finally(()))
            .catch(log.adder("caught"));
        ticks(log, 7);
    });
}

#[test]
fn finally_with_a_settled_promise() {
    puzzle("finally 1 2 3 after 4 5 6 7 8", |log| {
        let finally = log.adder("finally");
        let promise = Text::resolve(()).finally(|| {
            finally(());
            Text::resolve(())
        });
        promise.then(log.adder("after"));
        ticks(log, 8);
    });
}

#[test]
fn finally_that_throws() {
    puzzle("finally 1 caught 2 3 4 5", |log| {
        let finally = log.adder("finally");
        let promise = Text::resolve(()).finally(|| {
            finally(());
            Err(String::new())
        });
        promise.catch(log.adder("caught"));
        ticks(log, 5);
    });
}

#[test]
fn adopting_takes_two_microtasks() {
    puzzle("1 2 adopted 3 4 5", |log| {
        let adopts = Text::new(|resolver| _ = resolver.adopt(Promise::resolve(())));
        adopts.then(log.adder("adopted"));
        ticks(log, 5);
    });
}

#[test]
fn adopting_a_pending_promise() {
    puzzle("inner 1 2 adopted 3 4 5", |log| {
        let (inner, resolver) = Text::with_resolvers();
        let adopts = Text::new(|resolver| _ = resolver.adopt(inner.clone()));
        adopts.then(log.adder("adopted"));
        resolver.resolve(());
        inner.then(log.adder("inner"));
        ticks(log, 5);
    });
}

#[test]
fn adopting_a_promise_that_a_microtask_settles() {
    puzzle("settles 1 2 adopted 3 4 5", |log| {
        let settles = log.clone();
        let (inner, resolver) = Text::with_resolvers();
        let adopts = Text::new(|resolver| _ = resolver.adopt(inner));
        adopts.then(log.adder("adopted"));
        queue_microtask(move || {
            settles.add("settles");
            resolver.resolve(());
        });
        ticks(log, 5);
    });
}

#[test]
fn adopting_what_adopts() {
    puzzle("1 2 3 adopted 4 5 6 7 8 9", |log| {
        let inner = Text::new(|resolver| _ = resolver.adopt(Promise::resolve(())));
        let adopts = Text::new(|resolver| _ = resolver.adopt(inner));
        adopts.then(log.adder("adopted"));
        ticks(log, 9);
    });
}

#[test]
fn all() {
    puzzle("x 1 2 all 3 4 5", |log| {
        let second = Text::resolve(()).then(log.adder("x"));
        Promise::all([Text::resolve(()), second]).then(log.adder("all"));
        ticks(log, 5);
    });
    puzzle("all 1 2 3", |log| {
        Text::<()>::all([]).then(log.adder("all"));
        ticks(log, 3);
    });
    puzzle("1 caught 2 3 4 5", |log| {
        let all = Promise::all([Text::resolve(()), Promise::reject("")]);
        let caught = log.adder("caught");
        all.catch(|_| {
            caught(());
            Ok(vec![])
        });
        ticks(log, 5);
    });
}

#[test]
fn all_settled_race_and_any() {
    puzzle("1 settled 2 3 4 5", |log| {
        let settled = Promise::all_settled([Text::resolve(()), Promise::reject("")]);
        settled.then(log.adder("settled"));
        ticks(log, 5);
    });
    puzzle("1 race 2 3 4 5", |log| {
        let later = Text::resolve(()).then(|()| ());
        Promise::race([later, Promise::resolve(())]).then(log.adder("race"));
        ticks(log, 5);
    });
    puzzle("1 any 2 3 4 5", |log| {
        Promise::any([Text::reject(""), Promise::resolve(())]).then(log.adder("any"));
        ticks(log, 5);
    });
    puzzle("1 caught 2 3 4 5", |log| {
        let any = Promise::any([Text::<()>::reject(""), Promise::reject("")]);
        any.catch(log.adder("caught"));
        ticks(log, 5);
    });
}

#[test]
fn the_combinators_of_one_promise_in_order() {
    puzzle("any race settled all", |log| {
        let promise = Text::resolve(());
        Promise::any([promise.clone()]).then(log.adder("any"));
        Promise::race([promise.clone()]).then(log.adder("race"));
        Promise::all_settled([promise.clone()]).then(log.adder("settled"));
        Promise::all([promise]).then(log.adder("all"));
    });
}

#[test]
fn a_reaction_is_not_interrupted_by_what_it_settles() {
    puzzle("script a b c d", |log| {
        let (first, first_resolver) = Text::with_resolvers();
        let (second, second_resolver) = Text::with_resolvers();
        let inner = log.clone();
        first.clone().then(move |()| {
            inner.add("a");
            second_resolver.resolve(());
            inner.add("b");
        });
        first.then(log.adder("c"));
        second.then(log.adder("d"));
        first_resolver.resolve(());
        log.add("script");
    });
}
