//! Async functions in a crate of edition 2021, against rustc's own: what is not refused does the same.

#[macro_use]
#[path = "../../suite/awaits/harness.rs"]
#[allow(dead_code, reason = "the suite uses all of it")]
pub mod awaits_harness;
#[path = "../../suite/harness.rs"]
#[allow(
    dead_code,
    unused_macros,
    clippy::new_without_default,
    reason = "the suite uses all of it"
)]
pub mod harness;

mod awaits {
    pub use crate::awaits_harness as harness;
}

use awaits_harness::later;
use harness::{D, log};

fn make(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

fn open(name: &'static str, good: bool) -> Result<D, D> {
    log(format!("open {name}"));
    if good { Ok(D(name)) } else { Err(D(name)) }
}

fn part(of: &D, there: bool) -> Option<&'static str> {
    there.then_some(of.0)
}

awaits! {
    if_let_with_a_temporary_that_matches() -> usize {
        let _before = make("before");
        if let Some(name) = part(&make("temporary"), true) {
            later(name, 1).await;
            log("then");
        } else {
            later("else", 2).await;
        }
        log("after");
        3
    }
    if_let_with_a_temporary_that_does_not() -> usize {
        let _before = make("before");
        if let Some(name) = part(&make("temporary"), false) {
            later(name, 1).await;
        } else {
            let _inside = make("inside");
            later("else", 2).await;
            log("else");
        }
        log("after");
        3
    }
    if_let_without_else() {
        if let Some(name) = part(&make("temporary"), true) {
            let _inside = make("inside");
            later(name, 1).await;
        }
        log("after");
    }
    what_does_not_match() -> usize {
        if let Ok(value) = open("value", false) {
            later("value", value.0.len()).await;
        } else {
            log("else");
            later("else", 2).await;
        }
        log("after");
        3
    }
    what_was_awaited_and_does_not_match(good: bool) with (false) -> usize {
        let n = if let Ok(value) = later("open", open("value", good)).await {
            later("value", value.0.len()).await
        } else if let Ok(value) = open("second", good) {
            value.0.len()
        } else {
            log("else");
            later("else", 2).await
        };
        log("after");
        n
    }
    if_let_as_an_operand() -> usize {
        let n = later("first", 1).await
            + if let Ok(value) = open("value", false) { value.0.len() } else { later("else", 2).await }
            + later("last", 3).await;
        log("after");
        n
    }
    if_let_is_the_last_expression(good: bool) with (true) -> usize {
        if let Ok(value) = open("value", good) {
            later(value.0, 1).await
        } else {
            later("else", 2).await
        }
    }
    if_let_in_a_loop() {
        for good in [true, false] {
            let Some(name) = part(&make("named"), good) else {
                log("no name");
                continue;
            };
            if let Ok(value) = open(name, good) {
                later(name, value).await;
            } else {
                later("else", ()).await;
            }
            log("next");
        }
    }
    while_let_with_a_temporary(mut rounds: usize) with (2) {
        while let Some(name) = part(&make("temporary"), rounds > 0) {
            later(name, ()).await;
            rounds -= 1;
        }
        log("after");
    }
    blocks_that_do_not_suspend() -> usize {
        let _first = make("first");
        let n = {
            let _inside = make("inside");
            make("temporary").name().len()
        };
        log("between");
        later("await", ()).await;
        n
    }
    a_last_expression_alone(n: D) with (D("argument")) -> usize {
        make("temporary").name().len() + later(n.0, 1).await
    }
    a_last_expression_without_temporaries() -> String {
        let local = make("local");
        let text = format!("{} ", local.name());
        later("await", ()).await;
        text.trim().to_owned()
    }
    a_branch_without_variables() -> usize {
        let local = make("local");
        let n = if local.name().len() > 1 {
            later("then", make("temporary").name().len()).await
        } else {
            0
        };
        log("after");
        n
    }
    a_reference_is_a_temporary_without_drop() -> usize {
        let value = make("value");
        later("await", ()).await;
        value.name().trim_end().len() + value.0.chars().rev().count()
    }
    bound_as_the_help_says() -> usize {
        let _local = make("local");
        later("await", ()).await;
        let value = make("value");
        value.name().len()
    }
    arguments_by_reference['a](text: &'a str, other: &str) with ("one two", "o") -> usize {
        let mut n = 0;
        for word in text.split(' ') {
            n += later("word", word.matches(other).count()).await;
        }
        n
    }
    texts_in_the_last_expression(n: usize) with (3) {
        let _guard = make("guard");
        let n = later("n", n).await;
        log(&format!("{n} items"));
        assert_eq!("3 items".to_owned().as_bytes(), &format!("{n} items").into_bytes())
    }
}

#[unawait::coro]
fn words(text: &str) -> impl Iterator<Item = &str> + '_ {
    for word in text.split(' ') {
        unawait::yield_!(word);
    }
}

#[unawait::coro]
fn lengths(text: &str) -> Box<dyn Iterator<Item = usize> + '_> {
    unawait::yield_from!(words(text).map(str::len));
}

#[test]
fn generators_that_borrow() {
    assert_eq!(words("one two").collect::<Vec<_>>(), ["one", "two"]);
    assert_eq!(lengths("one four").collect::<Vec<_>>(), [3, 4]);
}
