//! Comparisons whose right side changes the left one, as parts of other expressions.

use std::collections::BTreeMap;

use super::harness::later;
use crate::harness::{D, log};

async fn id<T>(value: T) -> T {
    later("id", ()).await;
    value
}

#[allow(dead_code, reason = "it is there to be dropped")]
struct Node {
    count: u32,
    name: String,
    d: D,
}

impl Node {
    async fn bump(&mut self) -> u32 {
        self.count += 1;
        later("bump", self.count).await
    }

    fn try_bump(&mut self) -> Result<u32, String> {
        self.count += 1;
        log("try");
        match self.count {
            4.. => Err("big".to_owned()),
            n => Ok(n),
        }
    }
}

fn node() -> Node {
    Node {
        count: 1,
        name: "n".to_owned(),
        d: D("node"),
    }
}

fn f(a: bool, n: u32) -> u32 {
    log("f");
    if a { n * 100 } else { n }
}

struct S {
    eq: bool,
    n: u32,
}

awaits! {
    in_assertions() -> u32 {
        let mut n = node();
        assert!(n.count != n.bump().await, "never {}", n.count);
        assert!(n.count < n.bump().await);
        n.count
    }

    in_guards() -> u32 {
        let mut n = node();
        let k = 3;
        match k { 3 if n.count == n.bump().await => 1, 3 if n.count < n.bump().await => n.count, _ => 0 }
    }

    in_operands() -> u32 {
        let mut n = node();
        let a = f(n.count == n.bump().await, n.count) + f(n.count < n.bump().await, n.count);
        let s = S { eq: n.count == n.bump().await, n: n.count };
        let t = (n.count < n.bump().await, n.count, [n.count == n.bump().await; 1]);
        let text = format!("{} {}", n.name, n.count);
        log(&text);
        later("z", a + s.eq as u32 + s.n + t.0 as u32 + t.1 + t.2[0] as u32).await
    }

    in_chains() -> u32 {
        let mut n = node();
        let mut r = 0;
        if n.count < n.bump().await && n.count == 2 && let 2 = n.count && n.count < n.bump().await { r += 1; }
        if n.count == n.bump().await || n.count < n.bump().await { r += 10; }
        if !(n.count == n.bump().await) { r += 100; }
        while !(n.count == n.bump().await) { r += 1000; if r > 3000 { break; } }
        r
    }

    in_operands_that_fail() -> Result<u32, String> {
        let mut n = node();
        let a = id(f(n.count == n.try_bump()?, n.count)).await;
        let b = id(f(n.count < n.try_bump()?, n.count)).await;
        log("so far");
        let c = id(f(n.count < n.try_bump()?, n.count)).await;
        Ok(a + b + c)
    }

    in_a_return(c: bool) with (false) -> bool {
        let mut n = node();
        if c { return n.count == n.bump().await; }
        n.count < n.bump().await
    }

    in_a_break() -> bool {
        let mut n = node();
        let x = loop { if n.count > n.bump().await { continue; } break n.count < n.bump().await; };
        x && id(true).await
    }

    in_indices() -> u32 {
        let mut n = node();
        let list = [5, 6];
        list[(n.count < n.bump().await) as usize] + list[(n.count == n.bump().await) as usize]
    }

    what_closures_give() -> bool {
        let mut c = 1;
        let mut inc = |k: u32| { c += k; c };
        let a = inc(1) < id(inc(2)).await;
        let b = inc(1) == { let q = inc(2); id(q - 2).await };
        later("z", a && b && c == 7).await
    }

    computed_on_both_sides() -> bool {
        let mut n = node();
        let r = (n.count, 2) == (n.bump().await, 2);
        let s = -(n.count as i32) < n.bump().await as i32 - n.count as i32;
        later("z", r && s).await
    }

    constants(x: &'static str) with ("s") -> bool {
        static K: u32 = 3;
        const C: u32 = 4;
        let r = K == id(3).await && C == id(4).await && x == id("s").await && u32::MAX == id(u32::MAX).await;
        r
    }

    entries_of_a_map() -> bool {
        let mut map = BTreeMap::from([(1, 2)]);
        let r = map[&1] == { *map.get_mut(&1).unwrap() = 5; id(2).await };
        let s = map[&1] == id(5).await && map.len() == { map.insert(2, 2); id(1).await };
        later("z", r && s).await
    }

    fields_of_other_types() -> bool {
        struct H { last: Option<u32>, pos: (u8, char), f: f64 }
        let mut h = H { last: Some(1), pos: (1, 'c'), f: 1.5 };
        let r = h.last == id(Some(1)).await;
        let s = h.pos.1 == { h.pos.1 = 'd'; id('c').await } && h.f < { h.f = 0.5; id(2.0).await };
        let t = h.last.is_some() == { h.last = None; id(true).await };
        later("z", r && s && t).await
    }

    values_of_a_parameter[T: PartialEq + Clone](mut a: T, b: T) with (D("a"), D("b")) -> bool {
        let r = a == id(b.clone()).await;
        a = id(b.clone()).await;
        let s = a == id(b).await;
        later("z", !r && s).await
    }

    copies_of_a_parameter[T: PartialOrd + Copy](a: T, b: T) with (1, 2) -> bool {
        let mut p = (a, b);
        let r = p.0 < id(p.1).await;
        let s = p.1 > id(p.0).await;
        later("z", r && s).await
    }

    another_variable_of_the_name() -> bool {
        let mut n = node();
        let r = n.count == { let mut n = node(); n.count += 5; let k = n.bump().await; k - 6 };
        later("z", r).await
    }
}

differential! {
    iterator in_a_generator() yields (u32) with () {
        let mut n = node();
        let r = n.count == { n.count += 1; yield_!(n.count); 1 };
        yield_!(r as u32);
        let mut list = vec![vec![1], vec![2]];
        let mut i = 0;
        list[i].push({ i += 1; yield_!(i as u32); 5 });
        yield_!(list[0].len() as u32 * 10 + list[1].len() as u32);
        let s = list[i][0] == { i = 0; yield_!(list[i][0]); 2 };
        yield_!(s as u32);
    }
    coroutine in_a_coroutine() takes (u32) [1, 2, 3] yields (u32) returns (bool) {
        let mut n = (1, 2);
        let a = n.0 == yield_!({ n.0 += 1; n.0 });
        let b = n.0 < yield_!(n.0) && n.1 == yield_!({ n = (5, 5); n.1 });
        a && b
    }
}

fn chosen(same: bool) -> (u32, D) {
    (u32::from(same), D("chosen"))
}

awaits! {
    assigned_behind_in_a_scrutinee(mut n: u32) with (3) -> u32 {
        if let (0, _) = chosen(later("compared", n == { n = 0; n }).await) {
            log("other");
        }
        n = 5;
        match chosen(later("added", n + { n = 7; n } == 12).await) {
            (1, _) => log("added"),
            _ => log("wrong"),
        }
        n
    }
}
