//! A search tree whose iterators are generators, boxed for the recursion.

use unawait::prelude::*;

#[derive(Clone)]
pub(crate) struct Tree<K, V> {
    root: Option<Box<Node<K, V>>>,
}
#[derive(Clone)]
struct Node<K, V> {
    key: K,
    value: V,
    left: Tree<K, V>,
    right: Tree<K, V>,
}
impl<K: Ord, V> Tree<K, V> {
    pub(crate) fn new() -> Self {
        Tree { root: None }
    }
    pub(crate) fn insert(&mut self, key: K, value: V) {
        match &mut self.root {
            None => {
                self.root = Some(Box::new(Node {
                    key,
                    value,
                    left: Tree::new(),
                    right: Tree::new(),
                }));
            }
            Some(node) if key < node.key => node.left.insert(key, value),
            Some(node) => node.right.insert(key, value),
        }
    }
    #[coro]
    pub(crate) fn iter<'a>(&'a self) -> Box<dyn Iterator<Item = (&'a K, &'a V)> + 'a> {
        if let Some(node) = &self.root {
            yield_from!(node.left.iter());
            yield_!((&node.key, &node.value));
            yield_from!(node.right.iter());
        }
    }
    #[coro]
    pub(crate) fn iter_mut<'a>(&'a mut self) -> Box<dyn Iterator<Item = (&'a K, &'a mut V)> + 'a> {
        if let Some(node) = &mut self.root {
            let Node {
                key,
                value,
                left,
                right,
            } = &mut **node;
            yield_from!(left.iter_mut());
            yield_!((&*key, value));
            yield_from!(right.iter_mut());
        }
    }
    #[coro]
    pub(crate) fn into_sorted(self) -> Box<dyn Iterator<Item = (K, V)>>
    where
        K: 'static,
        V: 'static,
    {
        let root = { self }.root;
        if let Some(node) = root {
            let Node {
                key,
                value,
                left,
                right,
            } = *node;
            yield_from!(left.into_sorted());
            yield_!((key, value));
            yield_from!(right.into_sorted());
        }
    }
    #[coro]
    pub(crate) fn range<'a>(&'a self, low: &'a K, high: &'a K) -> impl Iterator<Item = &'a V> + 'a {
        let mut stack = vec![&self.root];
        while let Some(top) = stack.pop() {
            let Some(node) = top else { continue };
            if node.key < *low {
                stack.push(&node.right.root);
                continue;
            }
            if node.key < *high {
                stack.push(&node.right.root);
                yield_!(&node.value);
            }
            stack.push(&node.left.root);
        }
    }
}
impl<K: Ord, V> Default for Tree<K, V> {
    fn default() -> Self {
        Self::new()
    }
}
#[test]
fn search_trees() {
    let mut t = Tree::new();
    for k in [3, 1, 2, 5] {
        t.insert(k, k * 10);
    }
    for (_, v) in t.iter_mut() {
        *v += 1;
    }
    assert_eq!(t.iter().map(|(k, v)| k + v).collect::<Vec<_>>(), [12, 23, 34, 56]);
    assert_eq!(t.range(&2, &5).collect::<Vec<_>>(), [&31, &21]);
    assert_eq!(
        t.clone().into_sorted().map(|(k, _)| k).collect::<Vec<_>>(),
        [1, 2, 3, 5]
    );
}
