//! Walks of trees, graphs and grids.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use unawait::prelude::*;

#[derive(Debug, Default)]
struct Tree<K> {
    root: Option<Box<Branch<K>>>,
}

#[derive(Debug)]
struct Branch<K> {
    key: K,
    left: Tree<K>,
    right: Tree<K>,
}

impl<K: Ord> Tree<K> {
    fn insert(&mut self, key: K) {
        match &mut self.root {
            Some(branch) if key < branch.key => branch.left.insert(key),
            Some(branch) => branch.right.insert(key),
            None => {
                self.root = Some(Box::new(Branch {
                    key,
                    left: Tree { root: None },
                    right: Tree { root: None },
                }));
            }
        }
    }

    #[coro]
    fn in_order(&self) -> Box<dyn Iterator<Item = &K> + '_> {
        if let Some(branch) = &self.root {
            yield_from!(branch.left.in_order());
            yield_!(&branch.key);
            yield_from!(branch.right.in_order());
        }
    }

    /// With a stack of its own instead of recursion.
    #[coro]
    fn iter(&self) -> impl Iterator<Item = &K> {
        let mut stack = Vec::new();
        let mut next = self.root.as_deref();
        loop {
            while let Some(branch) = next {
                stack.push(branch);
                next = branch.left.root.as_deref();
            }
            let Some(branch) = stack.pop() else { break };
            yield_!(&branch.key);
            next = branch.right.root.as_deref();
        }
    }

    #[coro]
    fn into_sorted(self) -> Box<dyn Iterator<Item = K>>
    where
        K: 'static,
    {
        let Tree { root } = self;
        let Some(branch) = root else { return };
        let Branch { key, left, right } = *branch;
        yield_from!(left.into_sorted());
        yield_!(key);
        yield_from!(right.into_sorted());
    }
}

type Graph = BTreeMap<u32, Vec<u32>>;

#[coro]
fn breadth_first(graph: &Graph, from: u32) -> impl Iterator<Item = (u32, usize)> {
    let mut seen = HashSet::from([from]);
    let mut queue = VecDeque::from([(from, 0)]);
    while let Some((node, distance)) = queue.pop_front() {
        yield_!((node, distance));
        for &next in graph.get(&node).into_iter().flatten() {
            if seen.insert(next) {
                queue.push_back((next, distance + 1));
            }
        }
    }
}

#[coro]
fn depth_first<'g>(graph: &'g Graph, node: u32, path: Vec<u32>) -> Box<dyn Iterator<Item = Vec<u32>> + 'g> {
    if path.contains(&node) {
        return;
    }
    let mut path = path;
    path.push(node);
    yield_!(path.clone());
    let Some(nodes) = graph.get(&node) else { return };
    for next in nodes {
        yield_from!(depth_first(graph, *next, path.clone()));
    }
}

#[coro]
fn topological(
    mut graph: BTreeMap<&'static str, BTreeSet<&'static str>>,
) -> impl Coroutine<(), Yield = &'static str, Return = Result<(), usize>> {
    while !graph.is_empty() {
        let ready: Vec<_> = graph
            .iter()
            .filter(|(_, needs)| needs.is_empty())
            .map(|(name, _)| *name)
            .collect();
        if ready.is_empty() {
            return Err(graph.len());
        }
        for name in ready {
            graph.remove(name);
            for needs in graph.values_mut() {
                needs.remove(name);
            }
            yield_!(name);
        }
    }
    Ok(())
}

#[coro]
fn neighbours((x, y): (i32, i32), width: i32, height: i32) -> impl Iterator<Item = (i32, i32)> + Clone {
    for dy in -1..=1 {
        for dx in -1..=1 {
            if (dx, dy) == (0, 0) {
                continue;
            }
            let (x, y) = (x + dx, y + dy);
            if (0..width).contains(&x) && (0..height).contains(&y) {
                yield_!((x, y));
            }
        }
    }
}

#[coro]
fn spiral() -> impl Iterator<Item = (i32, i32)> {
    let (mut x, mut y) = (0, 0);
    yield_!((x, y));
    let mut side = 1;
    loop {
        for (dx, dy) in [(1, 0), (0, 1), (-1, 0), (0, -1)] {
            for _ in 0..side {
                x += dx;
                y += dy;
                yield_!((x, y));
            }
            if dx == 0 {
                side += 1;
            }
        }
    }
}

#[test]
fn trees() {
    let mut tree = Tree::default();
    for key in [5, 2, 8, 1, 9, 3] {
        tree.insert(key);
    }
    let sorted = [1, 2, 3, 5, 8, 9];
    assert!(tree.in_order().copied().eq(sorted));
    assert!(tree.iter().copied().eq(sorted));
    assert!(tree.into_sorted().eq(sorted));
}

#[test]
fn graphs() {
    let graph = Graph::from([(1, vec![2, 3]), (2, vec![4]), (3, vec![4, 1])]);
    assert_eq!(
        breadth_first(&graph, 1).collect::<Vec<_>>(),
        [(1, 0), (2, 1), (3, 1), (4, 2)]
    );
    let paths: Vec<_> = depth_first(&graph, 1, vec![]).collect();
    assert_eq!(paths, [vec![1], vec![1, 2], vec![1, 2, 4], vec![1, 3], vec![1, 3, 4]]);
}

#[test]
fn orders() {
    let mut needs = BTreeMap::from([
        ("app", BTreeSet::from(["lib", "log"])),
        ("lib", BTreeSet::from(["log"])),
        ("log", BTreeSet::new()),
    ]);
    let mut machine = topological(needs.clone());
    for name in ["log", "lib", "app"] {
        assert_eq!(machine.resume(()), CoroutineState::Yielded(name));
    }
    assert_eq!(machine.resume(()), CoroutineState::Complete(Ok(())));
    needs.get_mut("log").unwrap().insert("app");
    assert_eq!(topological(needs).start(), CoroutineState::Complete(Err(3)));
}

#[test]
fn grids() {
    assert_eq!(neighbours((0, 0), 3, 3).collect::<Vec<_>>(), [(1, 0), (0, 1), (1, 1)]);
    assert_eq!(neighbours((1, 1), 3, 3).count(), 8);
    let walk: Vec<_> = spiral().take(9).collect();
    assert_eq!(
        walk,
        [
            (0, 0),
            (1, 0),
            (1, 1),
            (0, 1),
            (-1, 1),
            (-1, 0),
            (-1, -1),
            (0, -1),
            (1, -1)
        ]
    );
    assert_eq!(spiral().take(100).collect::<HashSet<_>>().len(), 100);
}
