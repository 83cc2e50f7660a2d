//! Assignments: what a place makes beside the value, several places in turn, and what a `match` of an await gives.

use super::harness::later;
use crate::harness::{D, log, record, v};

#[derive(Debug)]
struct Pair {
    left: D,
    right: D,
}

#[derive(Debug)]
#[allow(dead_code, reason = "patterns leave it")]
enum Shape {
    Circle(D, u32),
    Square { side: u32, tag: D },
    Pair(D, D),
}

fn make(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

async fn shape(n: u32) -> Shape {
    later("shape", ()).await;
    match n {
        1 => Shape::Circle(D("circle"), 3),
        2 => Shape::Pair(D("pa"), D("pb")),
        _ => Shape::Square { side: 4, tag: D("tag") },
    }
}

async fn fetch(n: u32) -> Result<D, D> {
    later("fetch", ()).await;
    if n.is_multiple_of(2) {
        Ok(D("ok"))
    } else {
        Err(D("err"))
    }
}

/// What places make.
struct Temporary(&'static str);

impl Drop for Temporary {
    fn drop(&mut self) {
        record(format!("drop temporary {}", self.0));
    }
}

impl Temporary {
    fn get(&self) -> usize {
        log("get");
        1
    }
    fn pair(&self) -> (D, D) {
        log("pair");
        (D("p0"), D("p1"))
    }
    async fn res(&self, n: u32) -> Result<D, D> {
        later("res", ()).await;
        if n.is_multiple_of(2) {
            Ok(D("ok"))
        } else {
            Err(D("err"))
        }
    }
}

fn tmp(name: &'static str) -> Temporary {
    log(format!("temporary {name}"));
    Temporary(name)
}

awaits! {
    behind_what_the_place_makes() -> usize {
        let mut list = vec![D("a"), D("b"), D("c")];
        list[tmp("t0").get() + later("i", 0).await] = make("x");
        later("z", ()).await;
        list.len()
    }
    out_of_a_block() -> usize {
        let mut list = vec![D("a"), D("b"), D("c")];
        list[tmp("t0").get() + later("i", 0).await] = { let q = make("q"); make("x") };
        later("z", ()).await;
        list.len()
    }
    in_turn_behind_what_a_place_makes() -> usize {
        let mut list = vec![D("a"), D("b"), D("c")];
        (list[tmp("t0").get() + later("i", 0).await], list[0]) = (make("x"), make("y"));
        later("z", ()).await;
        list.len()
    }
    in_turn_with_a_temporary(mut list: Vec<D>) with (vec![D("a"), D("b"), D("c")]) -> usize {
        (list[later("i", 1).await], _) = tmp("t").pair();
        later("z", ()).await;
        list.len()
    }
    in_turn_by_fields(mut list: Vec<D>) with (vec![D("a"), D("b"), D("c")]) -> usize {
        let mut right = make("old");
        Pair { left: list[later("i", 1).await], right } = Pair { left: make("l"), right: make("r") };
        later("z", ()).await;
        list.len() + right.name().len()
    }
    in_turn_within(mut list: Vec<D>) with (vec![D("a"), D("b"), D("c")]) -> usize {
        let mut n = 0;
        ([list[later("i", 1).await], _, list[later("j", 0).await]], (n, _)) = ([make("x"), make("y"), make("w")], (v("n", 3), make("u")));
        later("z", ()).await;
        list.len() + n
    }
    in_turn_what_is_awaited(mut list: Vec<D>) with (vec![D("a"), D("b"), D("c")]) -> usize {
        let mut n = make("n");
        (n, list[later("j", 0).await]) = (later("v0", D("v0")).await, later("v1", D("v1")).await);
        later("z", ()).await;
        list.len() + n.name().len()
    }
    in_turn_of_the_new_value(mut list: Vec<u32>) with (vec![1, 2, 3]) -> (Vec<u32>, u32) {
        let mut a = 1;
        (a, list[later("i", a).await as usize]) = (2, 9);
        (list, a)
    }
    in_turn_left_by_a_break(mut list: Vec<u32>) with (vec![1, 2, 3]) -> usize {
        let r = loop {
            let mut a = make("a");
            (a, list[if v("c", true) { break later("b", 4).await } else { 0 }]) = (make("b"), 9);
        };
        later("z", ()).await;
        r
    }
    in_turn_left_by_an_error(mut list: Vec<u32>) with (vec![1, 2, 3]) -> Result<u32, String> {
        let guard = make("g");
        let mut a = make("a");
        (a, list[later("i", Err::<usize, String>("no".into())).await?]) = (make("b"), 9);
        later("z", ()).await;
        Ok(1)
    }
    matched(n: u32) with (2) -> usize {
        let mut x = make("x");
        x = match shape(n).await { Shape::Pair(_, b) => b, Shape::Square { tag, .. } => tag, _ => make("o") };
        log("got");
        later("z", x.name().len()).await
    }
    matched_for_an_element(n: u32) with (2) -> usize {
        let mut x = vec![make("x")];
        x[v("idx", 0)] = match shape(n).await { Shape::Pair(_, b) => b, Shape::Square { tag, .. } => tag, _ => make("o") };
        log("got");
        later("z", x.len()).await
    }
    matched_and_returned(n: u32) with (1) -> usize {
        let mut x = vec![make("x")];
        let g = make("g");
        x[0] = match fetch(n).await { Ok(v) => v, Err(_) => return later("r", 3).await };
        later("z", x.len()).await
    }
    matched_and_added(n: u32) with (1) -> usize {
        let mut k = 1;
        for i in 0..3 { k += match fetch(i).await { Ok(d) => d.name().len(), Err(_) => continue }; log(k); }
        later("z", k).await
    }
    matched_and_added_beside_temporaries(n: u32) with (1) -> usize {
        let mut k = vec![1, 2];
        k[tmp("p").get()] += match tmp("t").res(n).await { Ok(_) => 3, Err(ref e) => e.name().len() };
        log("done");
        k[tmp("p").get()] -= match tmp("t").res(2).await { Ok(ref d) => d.name().len(), Err(_) => 1 };
        later("z", k[1]).await
    }
    matched_and_appended() -> String {
        let mut s = String::from("a");
        s += match later("p", Some(("x".to_string(), D("d")))).await { Some((ref t, _)) => v("t", t), None => "no" };
        log("m");
        s += match later("q", ("y".to_string(), D("e"))).await { (t, _) => v("len", if t.len() == 1 { "one" } else { "many" }) };
        later("z", s).await
    }
    matched_for_a_field(n: u32) with (2) -> usize {
        let mut p = Pair { left: make("l"), right: make("r") };
        p.left = match shape(n).await { Shape::Pair(_, b) if v("c", b.name() == "pb") => b, Shape::Pair(a, _) => a, _ => make("o") };
        p.right = if let Shape::Pair(a, _) = shape(n).await { a } else { make("e") };
        log("got");
        later("z", p.left.name().len()).await
    }
    matched_for_the_first_value(n: u32) with (2) -> usize {
        let x;
        let g = make("g");
        x = match shape(n).await { Shape::Pair(_, b) => b, _ => make("o") };
        log("got");
        later("z", x.name().len()).await
    }
    matched_or_the_old_value(n: u32) with (1) -> usize {
        let mut x = make("x");
        x = match fetch(n).await { Ok(v) => v, Err(_) => x };
        log("got");
        later("z", x.name().len()).await
    }
    matched_for_several(n: u32) with (2) -> usize {
        let (mut a, mut b) = (make("a"), make("b"));
        (a, b) = match shape(n).await { Shape::Pair(x, y) => (y, x), _ => (make("c"), make("d")) };
        (a, _) = match shape(n).await { Shape::Pair(x, _) => (x, make("new")), _ => (make("c"), make("d")) };
        log("got");
        later("z", a.name().len()).await
    }
    matched_at_the_end(x: &mut D) with (&mut x) given { let mut x = D("x"); } {
        let g = make("g");
        *x = match shape(2).await { Shape::Pair(_, b) => b, _ => make("o") }
    }
}
