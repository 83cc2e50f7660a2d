//! What an await gave, as the operand of what is done with it at once: a temporary, which ends where Rust's does.

#![allow(dead_code, unused_imports, reason = "what bodies use, each in its own way")]

use super::harness::later;
use crate::harness::{D, log, v};

#[derive(Debug, Clone)]
struct User {
    name: String,
    guard: D,
    tags: Vec<D>,
}

fn user(name: &'static str) -> User {
    User {
        name: name.to_owned(),
        guard: D(name),
        tags: vec![D("tag"), D("tag of it")],
    }
}

impl User {
    fn is_known(&self) -> bool {
        log("known");
        self.name.len() > 2
    }

    fn named(&self) -> &str {
        log("named");
        &self.name
    }

    fn renamed(mut self, name: &str) -> User {
        log("renamed");
        self.name = name.to_owned();
        self
    }

    fn finish(self) -> usize {
        log("finish");
        self.name.len()
    }

    fn pop(&mut self) -> Option<D> {
        self.tags.pop()
    }
}

impl PartialEq for User {
    fn eq(&self, other: &User) -> bool {
        log("eq");
        self.name == other.name
    }
}

fn take(d: D, n: usize) -> usize {
    log(d.0);
    n
}

awaits! {
    condition(c: bool) with (true) -> u32 {
        let _g = D("guard");
        let mut n = 0;
        if later("a", user("ann")).await.is_known() { n += v("then", 1); }
        if !later("b", user("bo")).await.is_known() { n += v("not", 2); } else { log("else"); }
        if later("c", user("cy")).await.is_known() == c { log("same"); } else if later("d", c).await { n += v("else if", 3); }
        n
    }
    condition_beside_a_name() -> usize {
        let n = 1;
        let d = D("d");
        if later("a", { let _u = user("ann"); if n > 2 { log("more"); } n }).await < take(d.clone(), 2) { log("less"); }
        if later("b", user("bea").named().len()).await < 4 { let m = D("m"); log(m.0); } else { return 2; }
        take(d, n)
    }
    condition_with_a_number() -> u32 {
        let mut n = 0;
        if later("a", 3).await == 3 { n += v("three", 1); }
        if 4 > later("b", 3).await { n += v("less", 1); }
        while later("c", n).await < 4 { n += v("more", 1); }
        n
    }
    condition_that_gives(c: bool) with (false) -> usize {
        let n = if later("a", user("ann")).await.is_known() == c { v("then", 1) } else { v("else", 2) };
        let d = D("d");
        let m = if later("b", user("bea")).await.is_known() { take(d, 1) } else { 2 };
        n + m + later("c", 1).await
    }
    condition_that_leaves() -> Option<usize> {
        let _g = D("guard");
        for n in 0..3 {
            let _r = D("round");
            if later("a", n).await == 1 { continue; }
            if later("b", user("ann")).await.renamed("al").is_known() { return None; }
            if later("c", Some(n)).await.is_some_and(|n| n > 1) { break; }
        }
        Some(later("d", 1).await)
    }
    chains(c: bool) with (true) -> u32 {
        let mut n = 0;
        if later("a", user("ann")).await.is_known() && c { n += v("both", 1); }
        if c && later("b", user("bea")).await.is_known() { n += v("second", 1); }
        if later("c", user("bo")).await.is_known() || later("d", user("dan")).await.is_known() { n += v("one", 1); }
        n
    }
    receivers() -> usize {
        let n = later("a", user("ann")).await.named().len();
        let m = later("b", user("bea")).await.named().len() + later("c", user("cleo")).await.named().len();
        later("d", user("dan")).await.named();
        let k = take(D("given"), later("e", user("eve")).await.named().len());
        let j = later("f", user("fay")).await.renamed("f").finish();
        n + m + k + j + later("g", user("gil")).await.named().len()
    }
    compared() -> bool {
        let other = user("ann");
        let a = later("a", user("ann")).await == other;
        let b = other == later("b", user("bea")).await;
        let c = later("c", user("cy")).await == later("d", user("cy")).await;
        a && b && c && later("e", user("eve")).await != other
    }
    fields() -> usize {
        let guard = later("a", user("ann")).await.guard;
        let name = &later("b", user("bea")).await.name;
        later("c", ()).await;
        let n = later("d", user("dan")).await.name.len();
        let tag = &mut later("e", user("eve")).await.tags[0];
        tag.0 = "changed";
        log(tag.0);
        n + name.len() + guard.0.len()
    }
    field_by_reference() -> usize {
        let User { ref name, .. } = later("a", user("ann")).await;
        let (ref first, _) = later("b", (D("x"), D("y"))).await;
        name.len() + first.0.len()
    }
    matched() -> usize {
        let n = match later("a", user("ann")).await.named() { "ann" => v("ann", 1), _ => v("other", 2) };
        let m = match later("b", user("bea")).await.pop() { Some(tag) => take(tag, 1), None => 2 };
        if let Some(tag) = later("c", user("cy")).await.pop() { log(tag.0); }
        let Some(tag) = later("d", user("dan")).await.pop() else { return 0 };
        n + m + tag.0.len()
    }
    looped() -> usize {
        let mut n = 0;
        for tag in later("a", user("ann")).await.tags.iter() { n += tag.0.len(); }
        for c in later("b", user("bea")).await.named().chars() { n += v("char", c.len_utf8()); }
        while let Some(tag) = later("c", user("cy")).await.pop() && n < 30 { n += take(tag, 12); }
        n
    }
    given_again() -> usize {
        let d = D("d");
        let n = take(d, later("a", user("ann")).await.named().len());
        let text = format!("{} {}", v("b", 1), later("c", user("cy")).await.named());
        assert!(later("d", user("dan")).await.is_known());
        assert_eq!(later("e", user("eve")).await.named().len(), 3);
        n + text.len()
    }
    returned(c: bool) with (true) -> usize {
        let _g = D("guard");
        if c { return later("a", user("ann")).await.named().len(); }
        later("b", user("bea")).await.named().len()
    }
    awaited_again() -> usize {
        let n = later("a", user("ann")).await.named().len();
        let m = later("b", later("c", user("cy")).await.named().len()).await;
        n + m
    }

    matched_in_a_let() -> usize {
        let first = later("first", D("first")).await;
        let n = match later("a", Ok::<D, D>(D("a"))).await { Ok(_) => v("n", 1), Err(e) => take(e, 2) };
        log("between");
        let m = match later("b", Err::<D, D>(D("b"))).await { Ok(d) => take(d, 3), Err(_) => v("m", 4) };
        log("after");
        let kept = match later("c", Some((D("c"), D("d")))).await { Some((c, _)) => c, None => D("none") };
        log(kept.0);
        n + m + later("z", 1).await
    }
    matched_in_a_statement(wants: u32) with (1) {
        match later("a", Ok::<D, D>(D("a"))).await { Ok(_) => log("yes"), Err(_) => log("no") }
        log("between");
        match later("b", Some(user("bea"))).await {
            Some(User { name, .. }) if wants > 1 => log(name),
            Some(User { ref guard, .. }) => log(guard.0),
            _ => {}
        }
        later("z", ()).await;
    }
    matched_and_left(wants: u32) with (1) -> usize {
        let _g = D("guard");
        for n in 0..3 {
            let x = match later("a", (n, D("a"))).await { (0, _) => continue, (1, d) => take(d, 1), (_, _) => break };
            log("in turn");
            if x > wants as usize { return x }
        }
        let y = match later("b", Some(D("b"))).await { Some(_) if wants > 7 => return 3, None => 4, Some(_) => 5 };
        log("at the end");
        y
    }
    matched_with_a_borrow() -> usize {
        let mut list = vec![D("l"), D("m")];
        async fn last(list: &mut Vec<D>) -> Result<D, D> { later("last", ()).await; list.pop().ok_or(D("empty")) }
        let n = match last(&mut list).await { Ok(_) => list.len(), Err(d) => take(d, 9) };
        log("between");
        match last(&mut list).await { Ok(d) => drop(d), Err(_) => log("none") }
        let text = match last(&mut list).await { Ok(ref d) => d.0.len(), Err(_) => v("empty", 7) };
        log("after");
        n + text + last(&mut list).await.is_ok() as usize
    }
    matched_as_an_operand() -> usize {
        let pair = (match later("a", Some(D("a"))).await { Some(_) => v("one", 1), None => 2 }, v("two", 2));
        log("between");
        pair.0 + take(D("x"), match later("b", Ok::<D, D>(D("b"))).await { Ok(d) => take(d, 1), Err(_) => 2 })
    }
    matched_with_what_is_only_looked_at(c: bool) with (true) -> (D, usize) {
        let first = match later("a", Ok::<(bool, D), D>((c, D("ok")))).await {
            Err(d) => d,
            Ok((true, D("other"))) => D("true"),
            Ok(_) => D("false"),
        };
        log("between");
        let n = match later("b", (Some(3), D("b"))).await { (Some(2), _) => 2, (Some(3), D("b")) => v("three", 3), (_, d) => take(d, 1) };
        (first, n)
    }
}
