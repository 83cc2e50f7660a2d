//! Methods, traits and generics.

use super::*;

struct Node<T> {
    value: T,
    left: Option<Box<Node<T>>>,
    right: Option<Box<Node<T>>>,
}

impl<T> Node<T> {
    fn new(value: T) -> Self {
        let (left, right) = (None, None);
        Node { value, left, right }
    }

    #[coro(recursive)]
    fn iter(&self) -> impl Iterator<Item = &T> {
        if let Some(left) = &self.left {
            yield_from!(left.iter());
        }
        yield_!(&self.value);
        if let Some(right) = &self.right {
            yield_from!(Self::iter(right));
        }
    }

    /// By place.
    #[coro(recursive)]
    fn deep(&self, depth: usize) -> Box<dyn Iterator<Item = (usize, &T)> + '_> {
        yield_!((depth, &self.value));
        match (self.left.is_some(), self.right.is_some()) {
            (true, _) => yield_from!(self.left.as_ref().unwrap().deep(depth + 1)),
            (_, true) => yield_from!(Node::deep(self.right.as_deref().unwrap(), depth + 1)),
            _ => {}
        }
        yield_!((depth, &self.value));
    }

    #[coro(recursive)]
    fn into_values(self: Box<Self>) -> impl Iterator<Item = T> {
        let Node { value, left, right } = *self;
        if let Some(left) = left {
            yield_from!(left.into_values());
        }
        yield_!(value);
        if let Some(right) = right {
            yield_from!(Self::into_values(right));
        }
    }
}

fn three() -> Node<char> {
    let mut root = Node::new('b');
    root.left = Some(Box::new(Node::new('a')));
    root.right = Some(Box::new(Node::new('c')));
    root
}

#[test]
fn of_a_struct() {
    assert!(three().iter().eq(&['a', 'b', 'c']));
    let deep: Vec<_> = three().deep(0).map(|(depth, value)| (depth, *value)).collect();
    assert_eq!(deep, [(0, 'b'), (1, 'a'), (1, 'a'), (0, 'b')]);
}

#[test]
fn by_value() {
    assert_eq!(Box::new(three()).into_values().collect::<String>(), "abc");
}

trait Walk {
    fn children(&self) -> &[Self]
    where
        Self: Sized;

    fn name(&self) -> String;

    #[coro(recursive)]
    fn walk(&self, depth: usize) -> impl Iterator<Item = String> + '_
    where
        Self: Sized,
    {
        yield_!(format!("{depth}{}", self.name()));
        for child in self.children() {
            yield_from!(child.walk(depth + 1));
        }
    }
}

impl Walk for super::bodies::Tree {
    fn children(&self) -> &[Self] {
        &self.children
    }

    fn name(&self) -> String {
        self.name.name().to_owned()
    }
}

#[test]
fn of_a_trait() {
    let tree = super::bodies::tree();
    assert_eq!(
        tree.walk(0).collect::<Vec<_>>(),
        ["0root", "1left", "2a", "2b", "1right"]
    );
    drop(tree);
    take_log();
}

/// All subsets, of whatever there is.
#[coro(recursive)]
fn subsets<T: Clone, const N: usize>(of: [T; N], from: usize, taken: Vec<T>) -> impl Iterator<Item = Vec<T>> + Clone
where
    [T; N]: Sized,
{
    if from == N {
        yield_!(taken);
        return;
    }
    yield_from!(subsets(of.clone(), from + 1, taken.clone()));
    let mut taken = taken;
    taken.push(of[from].clone());
    yield_from!(subsets(of, from + 1, taken));
}

#[test]
fn of_generics() {
    let all: Vec<_> = subsets(['x', 'y'], 0, vec![]).collect();
    assert_eq!(all, [vec![], vec!['y'], vec!['x'], vec!['x', 'y']]);
    assert_eq!(subsets([1, 2, 3, 4], 0, vec![]).count(), 16);
}

fn is_send_and_sync(_: &(impl Send + Sync + 'static)) {}

#[test]
fn auto_traits() {
    #[coro(recursive)]
    fn down(n: u32, text: String) -> impl Iterator<Item = String> + Send + Sync + 'static {
        if n > 0 {
            yield_from!(down(n - 1, text.clone()));
        }
        yield_!(text);
    }
    let all = down(2, "t".into());
    is_send_and_sync(&all);
    assert_eq!(all.count(), 3);
    is_send_and_sync(&subsets([1], 0, vec![]));
}

struct Counter(u32);

fn countdown(of: &Counter, n: u32) -> std::ops::Range<u32> {
    of.0..of.0 + n
}

impl Counter {
    #[coro(recursive)]
    fn countdown(&self, n: u32) -> impl Iterator<Item = u32> {
        if n > 0 {
            yield_!(n);
            yield_from!(self.countdown(n - 1));
            yield_from!(countdown(self, n));
        }
    }

    #[coro(recursive)]
    fn without_self(n: u32) -> impl Iterator<Item = u32> {
        if n > 0 {
            yield_from!(Self::without_self(n - 1));
            yield_!(n);
        }
    }
}

#[test]
fn a_function_of_the_name_is_another_one() {
    assert!(Counter(7).countdown(2).eq([2, 1, 7, 7, 8]));
    assert!(Counter::without_self(3).eq([1, 2, 3]));
}
