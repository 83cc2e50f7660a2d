//! The harness finds what it is there to find.

use crate::harness::{D, Iterated, Oracle, Plan, Talk, compare, compare_clones, log, panic_of};

/// Whether two bodies are told apart; `$talk` is what they suspend with.
macro_rules! differ {
    (|$talk:ident| $left:block, $right:block) => {{
        let left = &|plan: &Plan| {
            let $talk = Talk::<i32, ()>::new();
            plan.drive(Oracle::new($talk.clone(), &[()], async move { $left }));
        };
        let right = &|plan: &Plan| {
            let $talk = Talk::<i32, ()>::new();
            plan.drive(Oracle::new($talk.clone(), &[()], async move { $right }));
        };
        compare("the same", false, left, left);
        panic_of(|| compare("not the same", false, left, right)).contains("`not the same` differs")
    }};
}

#[test]
fn values() {
    assert!(differ!(
        |talk| {
            talk.give(1);
            talk.pause().await;
        },
        {
            talk.give(2);
            talk.pause().await;
        }
    ));
    assert!(differ!(
        |talk| {
            talk.give(1);
            talk.pause().await;
            3
        },
        {
            talk.give(1);
            talk.pause().await;
            4
        }
    ));
    assert!(differ!(
        |talk| {
            talk.give(1);
            talk.pause().await;
        },
        {
            let _ = talk;
        }
    ));
}

#[test]
fn evaluations() {
    assert!(differ!(
        |talk| {
            log("a");
            talk.give(1);
            talk.pause().await;
            log("b");
        },
        {
            talk.give(1);
            talk.pause().await;
            log("a");
            log("b");
        }
    ));
}

#[test]
fn drops_on_cancellation_only() {
    assert!(differ!(
        |talk| {
            let (a, b) = (D("a"), D("b"));
            talk.give(1);
            talk.pause().await;
            drop(a);
            drop(b);
        },
        {
            let b = D("b");
            let a = D("a");
            talk.give(1);
            talk.pause().await;
            drop(a);
            drop(b);
        }
    ));
}

#[test]
fn drops_on_a_panic_only() {
    assert!(differ!(
        |talk| {
            let (a, b) = (D("a"), D("b"));
            log("between");
            drop(a);
            drop(b);
            talk.give(1);
            talk.pause().await;
        },
        {
            let b = D("b");
            let a = D("a");
            log("between");
            drop(a);
            drop(b);
            talk.give(1);
            talk.pause().await;
        }
    ));
}

#[test]
fn clones_that_differ_from_the_rest() {
    #[derive(Clone)]
    struct Forgetful(i32);
    impl Iterator for Forgetful {
        type Item = i32;
        fn next(&mut self) -> Option<i32> {
            self.0 += 1;
            (self.0 < 4).then_some(self.0)
        }
    }
    let oracle = &|plan: &Plan| plan.drive(Iterated(Forgetful(0)));
    compare_clones("the same", &|plan| plan.drive_cloned(Iterated(Forgetful(0))), oracle);
    let text = panic_of(|| {
        compare_clones(
            "not the same",
            &|plan| plan.drive_cloned(Iterated(Forgetful(1))),
            oracle,
        );
    });
    assert!(text.contains("`not the same` differs: cloned after 0 steps"), "{text}");
}
