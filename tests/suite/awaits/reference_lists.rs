//! Collections of references to locals, and walks over trees with them.

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::pin::Pin;

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

struct Tree {
    v: u32,
    d: D,
    l: Option<Box<Tree>>,
    r: Option<Box<Tree>>,
}

fn leaf(v: u32, d: D) -> Tree {
    Tree { v, d, l: None, r: None }
}

fn tree() -> Tree {
    let two = Tree {
        r: Some(Box::new(leaf(3, D("3")))),
        ..leaf(2, D("2"))
    };
    Tree {
        l: Some(Box::new(two)),
        r: Some(Box::new(leaf(4, D("4")))),
        ..leaf(1, D("1"))
    }
}

fn boxed_sum<'a>(t: &'a Tree) -> Pin<Box<dyn Future<Output = u32> + 'a>> {
    Box::pin(async move {
        let mut s = t.v;
        for child in [&t.l, &t.r].into_iter().flatten() {
            s += boxed_sum(child).await;
        }
        id(s).await
    })
}

awaits! {
    a_queue_of_references() -> u32 {
        let t = tree();
        let mut queue = VecDeque::from([(&t, 0)]);
        let mut s = 0;
        while let Some((n, depth)) = queue.pop_front() {
            if depth > 3 { break; }
            s = s * 10 + id(n.v).await + depth;
            for c in [&n.l, &n.r] { if let Some(c) = c { queue.push_back((c, depth + 1)); } }
        }
        id(s).await
    }

    a_list_of_references() -> usize {
        let a = d("a"); let b = d("bb");
        let all = vec![&a, &b, &a];
        let mut n = 0;
        for x in &all { n += id(x.name().len()).await; }
        let m = all.iter().map(|x| x.name().len()).sum::<usize>();
        drop(b);
        later("z", n + m).await
    }

    a_map_of_references() -> usize {
        let a = d("a"); let b = d("bb");
        let map = BTreeMap::from([("a", &a), ("b", &b)]);
        let x = id("b").await;
        let found = map.get(x).map_or(0, |d| d.name().len());
        later("z", found).await
    }

    a_stack_of_references() -> u32 {
        let t = tree();
        let mut stack = vec![&t];
        let mut s = 0;
        while let Some(n) = stack.pop() {
            s = s * 10 + id(n.v).await;
            if let Some(r) = n.r.as_deref() { stack.push(r); }
            if let Some(l) = n.l.as_deref() { stack.push(l); }
        }
        s
    }

    a_stack_of_boxes() -> u32 {
        let mut stack = vec![Box::new(tree())];
        let mut s = 0;
        while let Some(n) = stack.pop() {
            let Tree { v, d, l, r } = *n;
            s = s * 10 + id(v).await;
            stack.extend(r);
            stack.extend(l);
            later(d.name(), ()).await;
        }
        s
    }

    a_boxed_future_that_calls_itself() -> u32 { let t = tree(); let n = boxed_sum(&t).await; let m = boxed_sum(t.l.as_ref().unwrap()).await; n * 100 + m }
}
