//! Parts of a local that an operand borrows, while another operand or a later part of the condition awaits.

use std::collections::HashMap;

use super::harness::later;
use crate::harness::{D, log};

fn make<T>(_: T) -> D {
    log("make");
    D("made")
}

fn d(name: &'static str) -> D {
    log(name);
    D(name)
}

async fn id<T>(value: T) -> T {
    later("id", ()).await;
    value
}

fn three(one: &D, other: D, text: &str) -> usize {
    log("three");
    one.name().len() + other.name().len() + text.len()
}

fn same(one: &str, other: &str) -> bool {
    one == other
}

awaits! {
    a_scrutinee_of_tuples() -> usize {
        let mut list = vec![D("p"), D("q")];
        let o = Some(D("o"));
        let n = match ((list.pop(), &o), make(1)) {
            ((Some(d), Some(x)), m) => later("a", d.name().len() + x.name().len()).await + m.name().len(),
            ((None, _), m) => later("b", m.name().len()).await,
            _ => 0,
        };
        later("z", n).await
    }

    a_tuple_in_a_chain() -> usize {
        let list = vec![D("p"), D("q")];
        if let (a, Some(b)) = (make(1), list.first()) && later("c", true).await {
            return a.name().len() + b.name().len();
        }
        later("z", 1).await
    }

    a_chain() -> usize {
        let list = vec![D("p"), D("q")];
        if let Some(b) = list.first() && later("c", true).await {
            return b.name().len();
        }
        later("z", 1).await
    }

    a_view_as_an_argument() -> bool {
        let s = String::from("x");
        let r = same(s.as_str(), later("x", "x").await);
        later("more", r).await
    }

    a_part_as_an_argument() -> bool {
        let s = String::from("x");
        let r = same(s.trim(), later("x", "x").await);
        later("more", r).await
    }

    a_part_is_compared() -> bool {
        let s = String::from("x");
        let r = s.trim() == later("x", "x").await;
        later("more", r).await
    }

    an_element_is_compared() -> bool {
        let s = vec![D("x")];
        let r = s.first() == Some(&later("x", D("x")).await);
        later("more", r).await
    }

    an_entry_is_compared_in_a_condition() -> bool {
        let s = HashMap::from([(1, D("x"))]);
        if s.get(&1) == later("x", None).await { later("q", ()).await; }
        later("more", true).await
    }

    an_element_in_a_matched_tuple() -> usize {
        let list = vec![D("p"), D("q")];
        let n = match (list.first(), make(1)) {
            (Some(a), m) => later("z", a.name().len()).await + m.name().len(),
            (None, _) => 1,
        };
        later("z", n).await
    }

    a_chain_in_a_loop_that_is_left() -> usize {
        let list = vec![D("p"), D("q")];
        let guard = D("guard");
        for n in 0..3 {
            if let Some(b) = list.get(n) && later("c", n > 0).await && let Some(c) = list.first() {
                log(b.name());
                if n == 1 { continue; }
                log(c.name());
            }
            if n == later("n", 2).await { break; }
        }
        later("z", 1).await
    }

    a_chain_with_a_question_mark() -> Result<usize, String> {
        let list = vec![D("p"), D("q")];
        let guard = D("guard");
        let n = if let Some(b) = list.get(1) && later("c", Ok::<bool, String>(true)).await? { b.name().len() } else { return Err("no".into()) };
        Ok(later("z", n).await)
    }

    a_chain_of_a_loop() -> usize {
        let mut list = vec![D("p"), D("q")];
        let mut n = 0;
        while let Some(b) = list.get(n) && later("c", true).await {
            n += 1;
            log(b.name());
        }
        later("z", n).await
    }

    an_element_beside_new_values() -> usize {
        let list = vec![d("a"), d("b")];
        let n = three(list.first().unwrap(), id(d("t")).await, id(d("u")).await.name());
        later("z", n).await
    }

    an_element_beside_what_is_given_away(x: D) with (D("x")) -> usize {
        let list = vec![d("a"), d("b")];
        let s = String::from(" s ");
        let n = three(list.last().unwrap(), id(x).await, s.trim());
        later("z", n).await
    }

    elements_in_conditions(x: D) with (D("x")) -> usize {
        let list = vec![d("a"), d("x")];
        if list.last() == Some(&id(d("x")).await) && list.first() != id(Some(&x)).await { later("in", ()).await; }
        if list.iter().next() == id(None).await { return 1; }
        while list.get(0) == Some(&id(d("q")).await) { return 4; }
        later("z", 3).await
    }

    elements_with_question_marks() -> Result<usize, String> {
        let list = vec![d("a"), d("b")];
        let n = three(list.first().ok_or("none")?, id(Ok::<D, String>(d("t"))).await?, "x");
        let m = three(list.get(7).ok_or("seven")?, id(Ok::<D, String>(d("t"))).await?, "x");
        Ok(later("z", n + m).await)
    }

    an_element_or_the_end() -> usize {
        let list = vec![d("a"), d("b")];
        let mut n = 0;
        for i in 0..4 {
            n += three(match list.get(i) { Some(x) => x, None => break }, id(d("t")).await, "x");
            if i == 3 { continue; }
        }
        later("z", n).await
    }

    a_list_that_is_converted(n: usize) with (2) -> usize {
        match of_pairs(&[("a", &D("key").name()[..]), ("n", &n.to_string())]).await {
            0 => 0,
            n => later("more", n).await,
        }
    }
}

async fn of_pairs(pairs: &[(&str, &str)]) -> usize {
    later("pairs", pairs.iter().map(|(key, value)| key.len() + value.len()).sum()).await
}
