//! Suspensions in what an assertion evaluates only if it fails, or where debug assertions are on.

use super::harness::later;
use crate::harness::{D, log, v};

fn make(n: &'static str) -> D {
    log(format!("new {n}"));
    D(n)
}

#[derive(Debug)]
struct Response {
    status: u32,
    body: String,
}

impl Response {
    fn status(&self) -> u32 {
        log("status");
        self.status
    }

    async fn text(self) -> String {
        later("text", ()).await;
        self.body
    }
}

async fn response(status: u32) -> Response {
    let status = later("response", status).await;
    let body = "body".to_owned();
    Response { status, body }
}

awaits! {
    message_of_one_that_holds(n: u32) with (1) {
        assert!(n > 0, "{}", later("message", n).await);
        later("next", n).await;
    }
    message_of_one_that_fails(n: u32, _guard: D) with (0, D("guard")) {
        let _local = make("local");
        assert!(v("condition", n) > 0, "{n}: {} {}", v("first", 1), later("message", n).await);
        later("next", n).await;
    }
    condition_that_awaits(n: u32) with (0) {
        assert!(later("condition", n).await > 0 && v("other", true), "{}", later("message", n).await);
    }
    temporaries_of_the_condition(n: u32) with (0) {
        assert!(make("temporary").name().len() == 1, "{} {}", make("of message").name(), later("message", n).await);
    }
    status_of_a_response() {
        let response = response(500).await;
        assert_eq!(response.status(), 200, "unexpected: {}", response.text().await);
    }
    status_that_is_right() -> String {
        let response = response(200).await;
        assert_eq!(response.status(), 200, "unexpected: {}", later("message", 1).await);
        response.text().await
    }
    operands_that_are_equal(n: u32) with (3) {
        let (left, right) = (n, 4);
        assert_ne!(left, v("three", 3), "{left} {right} {}", later("message", right).await);
        later("next", right).await;
    }
    operands_with_drops() {
        let list = vec![1, 2];
        assert_eq!(make("left").name().len(), list.len(), "{}", later("message", 1).await);
    }
    operands_that_await(n: u32) with (3) {
        assert_eq!(later("left", n).await, later("right", 4).await, "after {n}, {}", later("message", 5).await,);
    }
    text_of_the_condition(n: u32) with (0) {
        assert!(
            later("first", n).await == 0
                && Some(later("second", [n; 2]).await).is_some_and(|[a, b]| { a == b }),
        );
        assert!(!later("third", ()).await.eq(&()));
    }
    in_debug_builds(n: u32) with (1) {
        debug_assert!(later("debug", n).await > 1);
    }
    in_debug_builds_with_a_message(n: u32) with (1) {
        debug_assert!(n > 1, "{}", later("message", n).await);
    }
    equal_in_debug_builds(n: u32) with (1) {
        debug_assert_eq!(later("debug", n).await, 1);
        std::debug_assert_ne!(n, 1, "{}", later("message", n).await);
    }
    as_an_arm(n: u32) with (1) -> u32 {
        match n {
            1 => assert!(n > 0, "{}", later("message", n).await),
            _ => std::assert!(n > 1, "{n} {}", later("other", n).await),
        }
        match later("again", n).await {
            2 => later("two", n).await,
            n => {
                #[allow(clippy::eq_op)]
                core::assert_eq!(n, 2, "{what}", what = later("message", n).await);
                n
            }
        }
    }
    within_arguments(n: u32) with (1) {
        println!("{}", { assert!(n > 1, "{}", later("message", n).await); n });
    }
    what_is_missing(n: u32) with (1) -> u32 {
        match later("which", n).await {
            0 => todo!("{}", later("todo", n).await),
            1 => unreachable!("{} {n}", later("unreachable", n).await),
            _ => unimplemented!("{}", later("unimplemented", n).await),
        }
    }
}
