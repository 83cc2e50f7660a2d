//! The harness finds what it is there to find.

use super::harness::{Plan, compare, later};
use crate::harness::{D, log, panic_of};

/// Whether two bodies are told apart.
macro_rules! differ {
    ($left:block, $right:block) => {{
        let left = &|plan: &Plan| plan.drive(|| async move { $left });
        let right = &|plan: &Plan| plan.drive(|| async move { $right });
        compare("the same", left, left);
        panic_of(|| compare("not the same", left, right)).contains("`not the same` differs")
    }};
}

#[test]
fn values_and_evaluations() {
    assert!(differ!({ later("a", 1).await }, { later("a", 2).await }));
    assert!(differ!({ log("x") }, { log("y") }));
}

#[test]
fn pendings() {
    assert!(differ!(
        {
            later("a", ()).await;
            later("b", ()).await;
        },
        {
            later("a", ()).await;
        }
    ));
}

#[test]
fn the_order_in_which_a_cancelled_function_drops() {
    assert!(differ!(
        {
            let (_a, _b) = (D("a"), D("b"));
            later("x", ()).await;
        },
        {
            let (_b, _a) = (D("b"), D("a"));
            later("x", ()).await;
        }
    ));
}

#[test]
fn drops_after_the_last_poll() {
    assert!(differ!(
        {
            let guard = D("guard");
            later("x", ()).await;
            drop(guard);
        },
        {
            let guard = D("guard");
            later("x", ()).await;
            std::mem::forget(guard);
        }
    ));
}
