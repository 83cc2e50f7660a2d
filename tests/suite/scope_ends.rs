//! Scopes that end right behind a suspension of one branch.

use crate::harness::{D, log};

fn flag(n: u32) -> bool {
    log(format!("flag {n}"));
    n.is_multiple_of(2)
}
fn maybe(name: &'static str, n: u32) -> Option<D> {
    (!n.is_multiple_of(3)).then(|| D(name))
}

differential! {
    iterator ends_of_scopes(n: u32) yields (u32) with (4) {
        for i in 0..n {
            let a = maybe("a", i);
            let b = D("b");
            if let Some(a) = a { yield_!(i); }
        }
        log("second");
        for i in 0..n {
            let a = maybe("a", i);
            let b = D("b");
            match a { Some(d) if i == 1 => yield_!(1), Some(d) => { log("no yield") } None => yield_!(2) }
        }
        log("third");
        let mut k = 0;
        loop {
            let c = D("c");
            k += 1;
            if k > 3 { break }
            let d = D("d");
            if flag(k) { drop(c); yield_!(k) } else if k == 1 { drop(d); yield_!(10) }
        }
        log("end");
    }

    iterator nested_ends(n: u32) yields (u32) with (3) {
        for i in 0..n {
            let outer = D("outer");
            {
                let inner = D("inner");
                let moved = maybe("moved", i);
                if let Some(moved) = moved {
                    let young = D("young");
                    if flag(i) { yield_!(i); }
                }
            }
            if i == 1 { continue }
            let late = D("late");
            if i == 2 { drop(outer); yield_!(5) }
        }
    }

    coroutine ends_with_inputs() takes (Option<D>) [Some(D("x")), None, Some(D("y")), None] yields (u32) returns (u32) {
        let mut n = 0;
        let mut last = None;
        while n < 6 {
            n += 1;
            let first = yield_!(n);
            let second = D("second");
            if let Some(d) = first { last = Some(d); yield_!(100 + n); } else if n % 2 == 0 { drop(second); yield_!(200); }
        }
        last.map_or(0, |d: D| d.name().len() as u32)
    }

    iterator labelled_ends(n: u32) yields (u32) with (3) {
        'outer: for i in 0..n {
            let a = D("a");
            for j in 0..n {
                let b = maybe("b", j);
                if let Some(b) = b { if i == j { yield_!(i); continue 'outer } yield_!(10 + j) }
                if i == 2 { break 'outer }
            }
            yield_!(7);
        }
        yield_!(8);
    }

    iterator block_values(n: u32) yields (usize) with (3) {
        for i in 0..n {
            let d = maybe("d", i);
            let len = match d { Some(d) => { yield_!(1); d.name().len() } None => 0 };
            let e = maybe("e", i + 1);
            let x = if let Some(e) = e { yield_!(len); Some(e) } else { None };
            if let Some(x) = x { yield_!(x.name().len()) }
        }
    }

    iterator compared(list: Vec<String>) yields (bool) with (vec!["a".into(), "b".into()]) {
        let name = || { log("name"); D("temp") };
        for text in &list {
            yield_!(text.to_uppercase() == "A");
            if text.clone() == "b" && name().name() == "temp" { yield_!(true) }
            let both = (text.repeat(2) == "aa", { yield_!(false); 1 });
            yield_!(both.0);
            match text.len() == 1 { true => yield_!(name().name() == "temp"), false => {} }
        }
    }
}
