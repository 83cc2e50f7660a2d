//! Receivers, elements and compared places, beside awaits that look at their owner or change it.

use std::cell::RefCell;
use std::ops::{Add, AddAssign};
use std::sync::Arc;

use tokio::sync::Mutex;

use super::harness::later;
use crate::harness::{D, log};

fn d(name: &'static str) -> D {
    log(name);
    D(name)
}

async fn id<T>(value: T) -> T {
    later("id", ()).await;
    value
}

#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
struct Pt {
    x: i32,
    y: i32,
}

impl Add for Pt {
    type Output = Pt;

    fn add(self, other: Pt) -> Pt {
        Pt {
            x: self.x + other.x,
            y: self.y + other.y,
        }
    }
}

impl AddAssign for Pt {
    fn add_assign(&mut self, other: Pt) {
        *self = *self + other;
    }
}

#[allow(dead_code, reason = "it is there to be dropped")]
struct Node {
    count: u32,
    name: String,
    next: Option<Box<Node>>,
    d: D,
}

impl Node {
    async fn bump(&mut self) -> u32 {
        self.count += 1;
        later("bump", self.count).await
    }

    async fn look(&self) -> String {
        later("look", self.name.clone()).await
    }

    async fn looked(&self) -> u32 {
        later("looked", self.count).await
    }
}

fn node() -> Node {
    Node {
        count: 1,
        name: "n".to_owned(),
        next: None,
        d: D("node"),
    }
}

async fn bump_it(node: &mut Node) -> u32 {
    node.bump().await
}

async fn look_at(node: &Node) -> String {
    node.look().await
}

fn at(index: usize) -> usize {
    log(format!("at {index}"));
    index
}

struct Both {
    left: D,
    right: D,
}

struct Two(D, D);

awaits! {
    a_list_in_an_option() -> usize {
        let mut o = Some(vec![d("a")]);
        o.as_mut().unwrap().push(id(d("b")).await);
        o.as_mut().expect("there").insert(0, id(d("c")).await);
        let n = o.as_ref().unwrap().len() + id(1).await;
        later("z", n).await
    }

    a_list_in_an_option_or_none() -> Option<usize> {
        let mut o = Some(vec![d("a")]);
        o.as_mut()?.push(id(Some(d("b"))).await?);
        let n = o.as_deref()?.iter().map(|d| d.name().len()).sum::<usize>() + id(Some(1)).await?;
        o.as_mut()?.push(id(None).await?);
        Some(later("z", n).await)
    }

    a_count_that_changes() -> (bool, bool, bool) {
        let mut n = node();
        let a = n.count == n.bump().await;
        let b = n.count < n.bump().await;
        let c = n.count == bump_it(&mut n).await;
        (a, b, c)
    }

    a_count_behind_a_reference() -> (bool, bool, bool) {
        let mut n = node();
        let n = &mut n;
        let a = n.count == n.bump().await;
        let b = n.count < n.bump().await;
        let c = n.count == bump_it(n).await;
        (a, b, c)
    }

    a_name_that_is_looked_at() -> (bool, bool, bool) {
        let mut n = node();
        n.name.push('x');
        let a = n.name == n.look().await;
        let b = n.name != look_at(&n).await;
        let c = n.count == n.looked().await;
        (a, b, c)
    }

    a_name_behind_a_reference(mut n: Option<u32>) with (Some(3)) -> bool {
        let n = &mut n;
        let mut m = node();
        let k = &mut m;
        k.name.push('y');
        let a = k.name == k.look().await && k.name != look_at(k).await;
        let b = *n == id(*n).await;
        a && b
    }

    items_of_a_list() -> u32 {
        let mut nodes = vec![node(), node()];
        let mut hits = 0;
        for n in &mut nodes { if n.count == n.bump().await { hits += 1; } if n.name == n.look().await { hits += 10; } }
        for n in nodes.iter() { if n.name == n.look().await { hits += 100; } }
        for i in 0..nodes.len() { if nodes[i].count != nodes[i].bump().await { hits += 1000; } }
        later("z", hits).await
    }

    a_condition_of_a_loop() -> u32 {
        let mut n = node();
        let mut k = 0;
        while n.count < later("lim", 4).await && n.count != n.bump().await { k += 1; if n.count >= id(3).await { continue; } }
        k
    }

    an_option() -> bool {
        let mut o = Some(d("o"));
        let r = o == id(Some(d("o"))).await;
        let s = o.as_ref() == id(None).await;
        let t = o.take() == id(None).await;
        later("z", r || s || t).await
    }

    points() -> (bool, Pt) {
        let mut p = Pt { x: 1, y: 2 };
        let r = p == id(Pt { x: 1, y: 2 }).await;
        let s = p.x == { p.x += 1; id(p).await }.x;
        p += id(Pt { x: 3, y: 3 }).await;
        let q = p + { p = Pt { x: 0, y: 0 }; id(p).await } + p;
        (r && !s, q)
    }

    tuples() -> bool {
        let mut t = (1, d("t"));
        let r = (t.0, 2) == (id(1).await, 2) && t.1 == id(D("t")).await;
        let s = [t.0, t.0] == [{ t.0 += 1; id(t.0).await }, 2];
        later("z", r && s).await
    }

    texts(name: String) with ("ab".into()) -> bool {
        let r = name == id("ab").await && name.as_str() < id("b").await && &name[..1] == id("a").await && name[1..] == *id("b").await;
        let s = id("ab").await == name && *id("ab").await == *name;
        later("z", r && s).await
    }

    behind_a_deref() -> bool {
        let b = Box::new(5);
        let a = Arc::new(D("x"));
        let r = *b == id(5).await && *a == id(D("x")).await && a.as_ref() == &id(D("x")).await;
        let c = RefCell::new(3);
        let s = *c.borrow() == id(3).await;
        let m = Mutex::new(3);
        let t = *m.lock().await == id(3).await;
        later("z", r && s && t).await
    }

    rows() -> Vec<Vec<u32>> {
        let mut rows = vec![vec![], vec![]];
        for i in 0..4 { let mut k = i % 2; rows[k].push(id(i as u32).await); k += 1; rows[k % 2].extend([id(k as u32).await, 7]); }
        rows
    }

    texts_in_fields() -> usize {
        let mut n = node();
        let mut m = vec![node()];
        let mut i = 0;
        n.name.push_str(&id("z".to_owned()).await);
        m[i].name.push_str(&"k".repeat(id(i).await + 1));
        n.next.get_or_insert_with(|| Box::new(node())).name.push_str(&id("z".to_owned()).await);
        n.next.as_mut().unwrap().next.replace(Box::new(Node { name: id("q".to_owned()).await, ..node() }));
        i += 1;
        later("z", n.name.len() + i + m[0].name.len()).await
    }

    elements_by_fields() -> u32 {
        struct G { w: usize, cells: Vec<u32>, cur: usize }
        let mut g = G { w: 2, cells: vec![1, 2, 3, 4], cur: 0 };
        g.cells[g.cur] = id(9).await;
        g.cur += 1;
        g.cells[g.w * g.cur] += id(5).await;
        let a = g.cells[g.cur + id(1).await];
        g.cells[id(3).await] -= g.cells[g.w - 1];
        let b = g.cells[g.w] + g.cells[{ g.w = 0; id(g.w).await }];
        let s: u32 = g.cells.iter().sum();
        id(a * 1000 + b * 100 + s).await
    }

    a_length() -> bool {
        let mut list = vec![1, 2];
        let r = list.len() == { list.push(3); id(2).await };
        let s = list[list.len() - 1] == { list.push(4); id(3).await };
        later("z", r && s).await
    }

    places_in_turn() -> (Vec<u32>, u32) {
        let mut v = vec![0, 0, 0];
        let mut n = 4;
        (v[0], v[later("c", 1).await], n) = (later("d", 5).await, 6, 7);
        (n, v[later("e", n as usize - 7).await]) = (8, n + 1);
        [v[at(0)], _, v[later("g", at(2)).await]] = [later("f", 9).await, 1, n];
        (v, n)
    }
    drops_in_turn() -> usize {
        let mut list = vec![D("l0"), D("l1")];
        let (mut a, mut b) = (D("a"), D("b"));
        let t = D("t");
        (a, list[later("i", 1).await], b) = (D("a1"), later("v", D("l2")).await, D("b1"));
        (list[later("j", 0).await], _) = later("w", (D("l3"), D("rest"))).await;
        let part = 1;
        Both { left: a, right: list[later("k", part).await] } = Both { left: D("a2"), right: D("l4") };
        Both { right: list[later("k", part).await], .. } = Both { left: D("a3"), right: D("l5") };
        Two(list[later("m", 0).await], (b)) = Two(D("l6"), b);
        ((a, list[later("n", 0).await]), [.., b]) = ((D("a4"), D("l7")), [D("x"), D("y"), D("b2")]);
        a.name().len() + b.name().len() + list.len()
    }
    conversions_in_turn() -> Result<u32, u32> {
        let mut v = vec![1, 2];
        let mut n = 0;
        (n, v[later("i", 5).await.min(1)]) = { let d = D("d"); (3, later("r", Ok::<u32, u32>(4)).await?) };
        (n, v[later("i", Err::<usize, u8>(9)).await?]) = (n + 1, 4);
        Ok(n)
    }
    blocks_in_turn() -> (u32, u32, Vec<u32>) {
        let (mut one, mut other) = (1, 2);
        let mut v = vec![0, 0];
        (*{ &mut one }, v[later("i", 0).await]) = (later("r", 5).await, 6);
        (v[later("j", 1).await], *match v.len() { 2 => &mut other, _ => &mut one }) = (7, 8);
        (one, other, v)
    }
}
