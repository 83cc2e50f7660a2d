//! `select!`, whose branches may leave it.

use super::harness::later;
use crate::harness::{D, log, v};

awaits! {
    a_precondition_before_what_is_given_away() -> usize {
        let older = D("older");
        let n = {
            let younger = D("younger");
            tokio::select! {
                biased;
                _ = later("a", { let moved = older; 1 }), if v("ready", true) => 1,
                _ = later("b", 2) => 2,
            }
        };
        n
    }

    a_branch_has_a_name_that_is_given_away() -> usize {
        let message = D("first");
        later("send", message).await;
        tokio::select! {
            biased;
            Some(message) = later("recv", Some(D("second"))) => message.name().len(),
            _ = later("tick", ()) => 0,
        }
    }

    a_branch_has_a_name_that_is_there(c: bool) with (true) -> usize {
        let message = D("first");
        let other = D("other");
        if c {
            drop(other);
        }
        let n = tokio::select! {
            biased;
            message = later("recv", D("second")) => { let other = message; later(other.name(), 3).await }
            other = later("never", 4) => other,
        };
        later(message.name(), n).await
    }

    a_future_has_a_name_that_is_given_away() -> usize {
        let message = D("first");
        later("send", message).await;
        let label = D("label");
        drop(label);
        tokio::select! {
            biased;
            n = later("recv", {
                let message = D("second");
                'label: {
                    later("in", ()).await;
                    if v("leave", true) {
                        break 'label 1;
                    }
                    message.name().len()
                }
            }) => n,
            _ = later("tick", ()), if { let message = D("third"); message.name() == "third" } => 0,
        }
    }

    operands_have_names_that_are_given_away() -> usize {
        let message = D("first");
        later("send", message).await;
        let (one, two) = tokio::join!(
            later("a", { let message = D("second"); later("in", ()).await; message }),
            later("b", match D("third") { message => message.name().len() }),
        );
        one.name().len() + two
    }

    a_precondition_at_the_end() -> usize {
        let older = D("older");
        let younger = D("younger");
        tokio::select! {
            biased;
            _ = later("a", older), if v("ready", true) => 1,
            _ = later("b", 2) => 2,
        }
    }

    chooses() -> u32 {
        let mut sum = 0;
        let guard = D("guard");
        for n in 0..3 {
            tokio::select! {
                biased;
                x = later("a", n) => sum += x,
                y = later("b", 10) => sum += y,
            }
        }
        sum + guard.name().len() as u32
    }
    leaves_a_loop(c: bool) with (true) -> u32 {
        let mut n = 0;
        let _guard = D("guard");
        'outer: loop {
            let _round = D("round");
            loop {
                tokio::select! {
                    biased;
                    (mut a, b) = later("pair", (1, D("b"))) => {
                        a += n;
                        log(format!("got {a}"));
                        if a > 2 { break 'outer; }
                        n += later("inside", a).await;
                        if n == 1 { continue; }
                        drop(b);
                        break;
                    }
                    _ = later("other", D("unused")) => return 7,
                }
            }
        }
        n
    }
    returns_from_a_branch(list: Vec<D>) with (vec![D("a"), D("b")]) -> Result<usize, String> {
        let mut list = list;
        loop {
            tokio::select! {
                biased;
                Some(d) = later("pop", list.pop()) => {
                    let n = later("parse", d.name().parse::<usize>()).await;
                    if list.is_empty() { n.map_err(|_| v("error", "no number".to_owned()))?; }
                }
                else => return Ok(1),
            }
        }
    }
    ignores_a_value() -> u32 {
        tokio::select! {
            biased;
            _ = later("a", D("value")) => {
                log("branch");
                if later("x", true).await { return 3; }
            }
            n = later("b", 1u32) => { if n == 1 { return n } }
        }
        log("after");
        4
    }
}

fn pair(left: D, right: u32) -> (D, u32) {
    (left, right)
}

// What is given to the operands goes with what is younger, if one before it may panic.
awaits! {
    operands_that_panic(older: D, given: D, younger: D) with (D("older"), D("given"), D("younger")) -> u32 {
        let local = D("local");
        let (n, _) = tokio::join!(later("a", v("n", 1)), later("b", v("given", given)));
        tokio::select! {
            biased;
            _ = later("c", v("m", 2)) => log("first"),
            _ = later("d", v("local", local)) => log("second"),
        }
        n
    }
    values_of_nested_awaits() -> u32 {
        let pair = pair(
            later("a", later("b", D("inner")).await).await,
            match later("c", (D("c"), later("d", D("d")).await.name().len())).await {
                _ => later("f", 2).await,
            },
        );
        pair.1
    }
}
