//! Fields that are used by value, on some paths only, of a variable that is mentioned again.

use super::harness::later;
use crate::harness::{D, log};

#[derive(Debug, Clone)]
struct Node {
    count: u32,
    name: D,
}

impl Node {
    async fn bump(&mut self) -> u32 {
        self.count += 1;
        later("bump", self.count).await
    }

    async fn see(&self) -> u32 {
        later("see", self.count).await
    }
}

fn node() -> Node {
    let name = D("node");
    Node { count: 1, name }
}

fn looked(n: u32) -> u32 {
    log(n);
    n
}

async fn show(node: &Node) {
    later("show", node.count).await;
}

struct Kept {
    node: Node,
    n: u32,
}

awaits! {
    twice(mut node: Node) with (node()) -> bool {
        let same = node.count + 1 == node.bump().await && (node.count, 2) == (node.bump().await, 2);
        node.bump().await;
        same
    }
    once(mut node: Node, c: bool) with (node(), true) -> u32 {
        if c {
            looked(node.count);
        }
        node.bump().await + node.bump().await
    }
    once_later(mut node: Node, c: bool) with (node(), true) -> u32 {
        if c {
            looked(node.count);
            later("x", 1).await;
        }
        node.bump().await + node.bump().await
    }
    twice_if(mut node: Node, c: bool) with (node(), true) -> u32 {
        let n = looked(node.count);
        if c && n > 0 {
            looked(node.count);
            later("x", 1).await;
        }
        node.bump().await + node.bump().await
    }
    twice_else(mut node: Node, c: bool) with (node(), false) -> u32 {
        let n = looked(node.count);
        if c {
            looked(node.count);
            later("x", 1).await;
        } else if n > 0 {
            looked(node.count);
        }
        node.bump().await + node.bump().await
    }
    in_loop(mut node: Node, c: bool) with (node(), false) -> u32 {
        let mut total = 0;
        for i in 0..3 {
            if i == 1 {
                total += looked(node.count);
            }
            if i == 2 && looked(node.count) > 2 {
                total += node.see().await
            }
            total += node.bump().await;
        }
        total
    }
    and(mut node: Node, c: bool) with (node(), true) -> bool {
        let same = c && looked(node.count) == node.bump().await;
        let more = c || looked(node.count) == node.bump().await;
        node.bump().await;
        same && more
    }
    matched(mut node: Node, c: Option<u32>) with (node(), Some(2)) -> u32 {
        let n = match c {
            Some(n) if n > node.count => looked(node.count),
            Some(_) => node.see().await,
            None => 0,
        };
        node.bump().await + n
    }
    given(mut node: Node, c: bool) with (node(), true) -> u32 {
        if c {
            let n = later("x", node.count).await;
            node.bump().await;
            later("y", node.count + n).await;
        }
        node.see().await
    }
    name_moved(mut node: Node, c: bool) with (node(), true) -> u32 {
        if c {
            drop(node.name);
            node.name = D("m");
            later("x", node.count).await;
        }
        node.see().await
    }
    struct_tuple(mut pair: (u32, D), c: bool) with ((1, D("n")), true) -> u32 {
        let a = looked(pair.0);
        if c {
            later("x", pair.0).await;
        }
        pair.0 += a;
        let b = &mut pair;
        b.0 += 1;
        later("z", pair.0).await
    }
    given_whole(mut node: Node, c: bool) with (node(), true) -> u32 {
        if c {
            let n = looked(node.count);
            later("x", n).await;
        }
        later("y", node).await.count
    }
    shown(node: Node, c: bool) with (node(), true) -> u32 {
        if c {
            let n = looked(node.count);
            later("x", n).await;
        }
        show(&node).await;
        log("next");
        later("y", 1).await
    }
    kept(node: Node, c: bool) with (node(), true) -> u32 {
        let n = match c {
            true => looked(node.count),
            false => later("x", 3).await,
        };
        let kept = Kept { node, n };
        later("y", kept.n).await + kept.node.count
    }
    in_closure(mut node: Node, c: bool) with (node(), true) -> u32 {
        if c {
            later("x", node.count).await;
        }
        let add = |n: u32| node.count + n;
        let sum = add(1);
        later("y", sum).await + node.bump().await
    }
    last(node: Node, c: bool) with (node(), true) {
        if c {
            looked(node.count);
        }
        later("x", 1).await;
        later("y", 1).await;
    }
    last_both(node: Node, c: bool) with (node(), true) {
        if c {
            looked(node.count);
            later("z", 1).await;
        }
        later("x", 1).await;
        later("y", 1).await;
    }
    last_and(node: Node, c: bool) with (node(), true) -> bool {
        let b = c && looked(node.count) == later("z", 1).await;
        later("x", 1).await;
        later("y", b).await
    }
    last_match(node: Node, c: Option<u32>) with (node(), Some(1)) -> bool {
        let b = match c {
            Some(n) => n + node.count,
            None => later("z", 1).await,
        };
        later("x", 1).await;
        later("y", b > 1).await
    }
    other_field(node: Node, c: bool) with (node(), true) -> usize {
        if c {
            looked(node.count);
        }
        later("x", 1).await;
        later("y", node.name.name().len()).await
    }
}
