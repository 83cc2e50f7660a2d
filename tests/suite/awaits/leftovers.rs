//! What a statement with an await leaves to drop at its end.

use super::harness::later;
use crate::harness::{D, log, v};
use crate::leftovers::{Log, Token, count, first, make, mix, number, open, take, word};

impl Log {
    async fn load(&self) -> Result<u32, D> {
        later("load", Err(D("error"))).await
    }
}

async fn show(n: u32, m: u32) -> u32 {
    later("show", n + m).await
}

async fn finish(d: D) -> D {
    later("finish", ()).await;
    d
}

awaits! {
    discarded_in_a_constructor() {
        let _ = Some(later("a", (make("b"), open("log").len()).0).await);
        Some(later("c", (make("d"), open("log").len()).0).await);
        v("after", 1);
    }

    last_expression_gives() -> u32 {
        let x = D("x");
        mix(make("given"), count(open("log").len(), later("a", 2).await))
    }

    arm_gives() -> u32 {
        let x = D("x");
        match v("n", 3) {
            3 => mix(make("given"), count(open("log").len(), later("a", 2).await)),
            _ => 7,
        }
    }

    match_in_what_is_awaited() -> u32 {
        let x = D("x");
        show(match number() { Token::Number(n, _) => n, _ => 0 }, 1).await;
        show(match word() { Token::Word(left, _) => take(left), _ => 0 }, 1).await;
        let n = count(show(match word() { Token::Word(_, right) => take(right), _ => 0 }, 1).await, 2);
        count(later("a", n).await, match word() { Token::Word(_, right) => take(right), _ => 0 })
    }

    match_beside_an_await() -> u32 {
        let n = count(match number() { Token::Number(n, _) => n, _ => 0 }, later("a", 1).await);
        let n = count(match word() { Token::Word(left, _) => take(left), _ => 0 }, later("b", 1).await);
        let n = count(match word() { Token::Word(a, _) => later("c", take(a)).await, _ => 0 }, later("d", 1).await);
        n
    }

    discarded_values() {
        { let guard = make("guard"); later("a", 1).await; make("value") };
        { let guard = make("guard"); later("b", make("awaited")).await };
        match number() {
            Token::Number(n, d) => finish(d).await,
            Token::Word(a, _) => a,
        };
        match word() {
            Token::Word(a, _) => finish(a).await,
            Token::Number(..) => make("other"),
        };
        if let Some(guard) = v("some", Some(D("guard"))) { later("c", make("awaited")).await } else { make("other") };
        log("end");
    }

    name_hidden_in_an_operand(p: D, c: Option<D>) with (D("p"), Some(D("c"))) -> u32 {
        let z = later("in", { let c: D = p.clone(); }).await;
        0
    }

    moved_behind_a_call(y: D, z: D) with (D("y"), D("z")) -> u32 {
        let w = D("w");
        let n = later("a", (make("b"), { y })).await;
        later("c", 1).await
    }

    branches_in_a_scrutinee() -> D {
        let _ = match 'block: { let n = later("a", 3).await; false } {
            false => { let z: (D, u32) = later("b", (make("z"), 3)).await; make("c") }
            true => { let y = 1; make("d") }
        };
        let Some(c) = Some(make("e")) else { return make("f"); };
        c
    }

    discarded_output_and_temporary() -> u32 {
        let _ = later("a", (make("output"), open("log").len())).await;
        later("b", (make("output"), open("log").len())).await;
        _ = later("c", (make("output"), open("log").len())).await;
        { first(later("d", make("e")).await, match make("f") { _ => {} }) };
        1
    }

    moved_in_a_macro(y: D, z: D) with (D("y"), D("z")) -> u32 {
        later("a", { let x = vec![make("b"), y]; }).await;
        2
    }

    error_of_a_temporary() -> Result<u32, D> {
        let x = D("x");
        let n = open("log").load().await?;
        Ok(n)
    }

    temporaries_before_else() -> u32 {
        let Token::Word(a, _) = later("a", match later("b", make("c")).await { _ => number() }).await else {
            make("else");
            return 1;
        };
        2
    }

    moved_before_else(y: D) with (D("y")) -> u32 {
        let z = D("z");
        let None = Some(y) else { return later("a", 1).await };
        later("b", 2).await
    }
}

awaits! {
    field_of_a_new_tuple(x: D) with (D("x")) -> u32 {
        let n = 5;
        let a = second((make("a"), make("b")).0, later("f", 1).await);
        let a = second((make("a"), make("b")).1, later("f", 1).await);
        let a = second((x, make("b")).0, later("f", n).await);
        let a = second((n, make("b")).0, later("f", 1).await);
        let a = second((Some(make("a")), "text").0, later("f", 1).await);
        let a = second((make("a"), later("x", make("b")).await).0, later("f", 1).await);
        let a = second(&(make("a"), make("b")).0, later("f", 1).await);
        first(make("q"), later("f", (make("a"), make("b")).0).await);
        second((make("a"), make("b")).0, later("f", 1).await)
    }

    field_of_a_new_tuple_of_many() -> u32 {
        let a = second((make("a"), make("b"), make("c"), make("d")).1, later("f", 1).await);
        let a = second(second(make("z"), (make("a"), make("b"), make("c"), make("d")).2), later("f", 1).await);
        let a = second((make("a"), make("b"), open("c").len()).0, second(later("f", 1).await, open("d").len()));
        a
    }

    scrutinee_of_branches_beside_an_operand(a: D) with (D("a")) -> u32 {
        finish(first(make("t"), later("x", match if v("c", false) { (a, 1) } else { (make("b"), 4) } { (_, n) => make("c") }).await)).await;
        3
    }
}

awaits! {
    left_by_a_condition() -> u32 {
        if later("c", true).await && let (_, x) = ((make("a"), make("b")), 1).0 {} else { v("else", 1); }
        v("behind", 1);
        if let (x, _) = first((make("a"), make("b")), later("d", make("d")).await) { v("then", 1); }
        v("behind", 2);
        let y = if let (x, _) = first((make("a"), make("b")), later("e", make("e")).await) { v("y", 3) } else { 4 };
        v("behind", 3);
        y
    }

    left_by_a_condition_that_is_a_match() -> u32 {
        if let (x, _) = match first(v("n", 1), later("c", make("c")).await) {
            1 => (make("a"), make("b")),
            _ => { let _g = make("g"); (_g, make("b")) }
        } {}
        v("behind", 3)
    }

    left_in_a_loop() -> u32 {
        let mut i = 0;
        while let (x, _) = first((make("a"), make("b")), later("c", make("c")).await) { i += 1; if i > 1 { break } }
        v("behind", 1);
        loop { if let (x, _) = first((make("a"), make("b")), later("d", make("d")).await) { i += 1; if i > 3 { break } } }
        v("behind", 2)
    }

    blocks_left_by_a_chain(a: D, b: Option<D>) with (D("a"), Some(D("b"))) -> u32 {
        if let _ = 'block: {
            let Some(b) = b else { break 'block (make("c"), make("d")) };
            (a, make("e"))
        } && let _ = make("f") {}
        later("g", 3).await
    }
}

awaits! {
    left_by_a_let_of_a_match(a: D) with (D("a")) -> u32 {
        let (_, x) = match (loop { break later("a", a).await }, make("b")) { (a, _) => (make("c"), a) };
        2
    }

    dropped_in_order_where_one_was_moved(c: bool) with (false) -> u32 {
        {
            let a = make("a");
            let b = if later("c", c).await { drop(a); None::<D> } else { Some(make("b")) };
            let c = b;
        }
        let mut n = 0;
        loop { n += 1; later("d", ()).await; if n >= 2 { break 1; } }
    }

    matched_branches_beside_an_operand() -> u32 {
        first(
            make("a"),
            match match later("b", make("b")).await { b => Some(b) } {
                Some(_) => v("some", 1),
                None => later("c", 2).await,
            },
        );
        1
    }
}

awaits! {
    refused_value_before_what_else_takes(c: bool) with (false) -> u32 {
        let item = make("item");
        let Some(Token::Word(..)) = later("a", Some(number())).await else {
            let taken = item;
            return v("else", 1);
        };
        if c { drop(item); }
        later("b", 2).await
    }

    refused_value_beside_a_match(c: bool) with (true) -> u32 {
        let item = make("item");
        let Ok(token) = later("a", Ok::<Token, D>(number())).await else { return take(item) };
        if c { drop(item); }
        later("b", 2).await
    }
}

impl D {
    fn add(self, other: D) -> D {
        log(format!("add {}", other.0));
        self
    }
}

awaits! {
    new_receiver_is_given(a: D) with (D("a")) -> u32 {
        let b = { a }.add(later("b", make("b")).await);
        let c = make("c").add({ later("d", ()).await; make("d") });
        later("e", 1).await;
        make("g").add(later("h", make("h")).await).add(make("i"));
        make("j").add(later("k", make("k")).await)
            .0.len() as u32
    }

    new_receiver_is_borrowed() -> u32 {
        let n = open("a").plus(later("b", 1).await);
        let n = count(open("a").plus(later("b", 1).await + open("c").plus(3)), later("d", n).await);
        if let 3 = open("a").plus(later("b", 1).await + open("c").plus(3)) { v("then", 1); }
        if let 2.. = open("a").plus(later("b", 1).await) { later("c", 1).await; }
        match open("a").plus(later("b", 1).await) { 2 => 1, n => later("c", n).await };
        later("d", open("a").plus(later("b", 1).await)).await;
        open("a").plus(later("b", 1).await)
    }
}

fn second<A, B>(_: A, b: B) -> B {
    log("second");
    b
}

awaits! {
    name_hidden_beside_what_is_held() -> u32 {
        let older = D("older");
        let z = D("z");
        if older.0.is_empty() { drop(z); }
        later("a", { let a = D("a"); let z = 1; look(&older); a }).await;
        1
    }
}

fn look(d: &D) {
    log(d.0);
}

// What a pattern leaves of an awaited value drops before the temporaries of its operand.
awaits! {
    rest_before_temporaries() -> u32 {
        let (.., n) = later("a", (match (make("left"), make("right")) { (_, right) => right }, 1)).await;
        let (_, m) = later("b", Some((make("value"), open("log").plus(1)))).await.unwrap();
        let (_, m) = later("c", (make("value"), open("log").plus(1))).await;
        later("d", n).await + m
    }
}

enum Part {
    One(D),
    Two { left: D, right: D },
    None,
}

#[expect(clippy::vec_box, reason = "the boxes are what is taken apart")]
fn parts() -> Vec<Box<Part>> {
    let two = Part::Two {
        left: D("left"),
        right: D("right"),
    };
    vec![Box::new(Part::None), Box::new(two), Box::new(Part::One(D("one")))]
}

awaits! {
    if_let_out_of_a_box() -> usize {
        let mut list = parts();
        let mut n = 0;
        while let Some(part) = list.pop() {
            let _young = D("young");
            if let Part::Two { left, right } = *part { n += later("two", left.name().len()).await; drop(right); }
            later("after", ()).await;
        }
        n
    }
    let_else_out_of_a_box() -> usize {
        let mut list = parts();
        let mut n = 0;
        while let Some(part) = list.pop() {
            let _young = D("young");
            let Part::Two { left, .. } = *part else { n += later("else", 1).await; continue; };
            later("two", left.name().len()).await;
            n += 10;
        }
        n
    }
    match_out_of_a_box_leaves() -> Result<usize, String> {
        let mut list = parts();
        loop {
            let _older = D("older");
            let Some(part) = list.pop() else { break };
            let _young = D("young");
            match *part {
                Part::One(one) => { later(one.name(), ()).await; continue; }
                Part::Two { left, .. } => { later("two", Ok::<_, String>(3)).await?; drop(left); }
                Part::None => return Err(later("none", "none".to_owned()).await),
            }
            later("next", ()).await;
        }
        Ok(2)
    }

    rest_of_what_was_read() -> usize {
        struct Request { head: (D, D), body: Option<D>, n: usize }
        let request = Request { head: (D("h0"), D("h1")), body: Some(D("body")), n: 3 };
        let younger = D("younger");
        let n = request.n;
        let Request { head: (head, _), body, .. } = request;
        later("a", head.name()).await;
        if let Some(body) = body { later("b", body.name()).await; }
        later("c", n).await
    }

    fields_beside_one_that_was_moved() -> usize {
        struct Job { name: D, items: Vec<D>, rest: Option<D> }
        let job = Job { name: D("name"), items: vec![D("i1"), D("i2")], rest: Some(D("rest")) };
        let name = job.name;
        let younger = D("younger");
        if let Some(rest) = &job.rest { later("r", rest.name()).await; }
        let items = job.items;
        for item in items { later("x", item.name()).await; }
        later("y", name.name().len()).await
    }

    half_of_a_pair(pair: (D, D)) with ((D("left"), D("right"))) -> Result<usize, String> {
        let younger = D("younger");
        let (left, _) = pair;
        later("a", Ok::<_, String>(())).await?;
        drop(left);
        Ok(later("b", younger.name().len()).await)
    }

    the_ends_of_a_tuple(c: bool) with (true) {
        let parts = (D("first"), D("middle"), (D("inner"), D("last")));
        let _younger = D("younger");
        if c {
            let (first, .., (_, last)) = parts;
            later("a", first.name()).await;
            drop(last);
            later("b", ()).await;
        }
        later("c", ()).await;
    }

    half_of_a_pair_of_numbers(pair: (u32, u32)) with ((1, 2)) -> u32 {
        let (left, _) = pair;
        let first = later("a", left).await;
        let made = later("b", (3, 4)).await;
        let (_, right) = made;
        later("c", ()).await;
        first + right + 1 + pair.1
    }
}
