//! Methods: every receiver, associated items, traits and their implementations.

use std::pin::Pin;
use std::rc::Rc;

use unawait::prelude::*;

use crate::harness::{D, take_log};

#[derive(Debug, Clone, PartialEq)]
struct Counter<T> {
    items: Vec<T>,
    seen: usize,
}

impl<T: Clone> Counter<T> {
    const LIMIT: usize = 2;

    #[coro]
    fn shared(&self) -> impl Iterator<Item = T> {
        for item in &self.items {
            yield_!(item.clone());
        }
        for item in self.items.iter().take(Self::LIMIT) {
            yield_!(item.clone());
        }
    }

    #[coro]
    fn references(&self) -> impl Iterator<Item = &T> {
        let items = &self.items;
        yield_!(&items[0]);
        yield_!(&self.items[1]);
    }

    #[coro]
    fn exclusive(&mut self) -> impl Iterator<Item = usize> {
        for _ in 0..Self::LIMIT {
            self.seen += 1;
            yield_!(self.seen);
            self.step();
        }
        for item in &mut self.items {
            let copy = item.clone();
            yield_!(self.seen);
            *item = copy;
            self.seen += 10;
        }
    }

    fn step(&mut self) {
        self.seen += 100;
    }

    #[coro]
    fn owned(self) -> impl Iterator<Item = T> {
        let Self { items, seen: _seen } = self;
        for item in items {
            yield_!(item);
        }
    }

    #[coro]
    fn owned_mutable(mut self) -> impl Coroutine<T, Yield = usize, Return = Self> {
        while self.items.len() < 4 {
            let item = yield_!(self.items.len());
            self.items.push(item);
        }
        self
    }

    #[coro]
    fn boxed(self: Box<Self>) -> impl Iterator<Item = T> {
        yield_!(self.items[0].clone());
        let Self { items, seen: _seen } = *self;
        for item in items {
            yield_!(item);
        }
    }

    #[coro]
    fn counted(self: Rc<Self>) -> impl Iterator<Item = usize> {
        yield_!(Rc::strong_count(&self));
        yield_!(self.seen);
    }

    #[coro]
    fn pinned(self: Pin<&mut Self>) -> impl Iterator<Item = usize>
    where
        T: Unpin,
    {
        let this = self.get_mut();
        this.seen += 1;
        yield_!(this.seen);
        this.step();
        yield_!(this.seen);
    }

    #[allow(clippy::needless_arbitrary_self_type, reason = "the receiver is the test")]
    #[coro]
    fn typed(self: &Self, from: usize) -> impl Iterator<Item = T> + '_ {
        for item in &self.items[from..] {
            yield_!(item.clone());
        }
    }

    #[coro]
    fn constructs(item: T) -> impl Iterator<Item = Self> {
        let mut made = Self { items: vec![], seen: 0 };
        for _ in 0..Self::LIMIT {
            made.items.push(item.clone());
            yield_!(made.clone());
        }
    }

    #[coro]
    fn closure_over_self(&self) -> impl Iterator<Item = usize> {
        let count = || self.items.len() + self.seen;
        yield_!(count());
        let text = format!("{}", self.seen);
        yield_!(text.len() + count());
    }
}

fn counter() -> Counter<&'static str> {
    Counter {
        items: vec!["a", "b", "c"],
        seen: 0,
    }
}

#[test]
fn receivers() {
    assert_eq!(counter().shared().collect::<Vec<_>>(), ["a", "b", "c", "a", "b"]);
    assert_eq!(counter().references().collect::<Vec<_>>(), [&"a", &"b"]);
    let mut changed = counter();
    assert_eq!(changed.exclusive().collect::<Vec<_>>(), [1, 102, 202, 212, 222]);
    assert_eq!(changed.seen, 232);
    assert_eq!(counter().owned().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(Box::new(counter()).boxed().collect::<Vec<_>>(), ["a", "a", "b", "c"]);
    assert_eq!(Rc::new(counter()).counted().collect::<Vec<_>>(), [1, 0]);
    assert_eq!(Pin::new(&mut counter()).pinned().collect::<Vec<_>>(), [1, 101]);
    assert_eq!(counter().typed(1).collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(counter().closure_over_self().collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn self_as_a_type() {
    let lengths: Vec<_> = Counter::constructs('x').map(|made| made.items.len()).collect();
    assert_eq!(lengths, [1, 2]);
    let mut machine = counter().owned_mutable();
    assert_eq!(machine.start(), CoroutineState::Yielded(3));
    let CoroutineState::Complete(made) = machine.resume("d") else {
        panic!("not complete")
    };
    assert_eq!(made.items, ["a", "b", "c", "d"]);
}

#[test]
fn receiver_is_dropped_with_the_machine() {
    struct Owner(D);
    impl Owner {
        #[coro]
        fn run(self, _argument: D) -> impl Iterator<Item = usize> {
            let _local = D("local");
            yield_!(self.0.name().len());
        }
    }
    take_log();
    let mut machine = Owner(D("owner")).run(D("argument"));
    assert_eq!(machine.next(), Some(5));
    drop(machine);
    assert_eq!(take_log(), ["drop local", "drop argument", "drop owner"]);
    drop(Owner(D("owner")).run(D("argument")));
    assert_eq!(take_log(), ["drop owner", "drop argument"]);
    assert_eq!(Owner(D("owner")).run(D("argument")).count(), 1);
    assert_eq!(take_log(), ["drop local", "drop argument", "drop owner"]);
}

trait Source {
    type Item;
    type Reference<'a>
    where
        Self: 'a;

    fn items(&self) -> impl Iterator<Item = Self::Item> + '_;

    fn boxed_items(&self) -> Box<dyn Iterator<Item = Self::Item> + '_>;

    fn lent(&self) -> impl Iterator<Item = Self::Reference<'_>>;

    #[coro]
    fn twice(&self) -> impl Iterator<Item = Self::Item> {
        yield_from!(self.items());
        yield_!(self.default_item());
        yield_from!(self.items());
    }

    fn default_item(&self) -> Self::Item;
}

impl<T: Clone> Source for Counter<T> {
    type Item = T;
    type Reference<'a>
        = &'a T
    where
        Self: 'a;

    #[coro]
    fn items(&self) -> impl Iterator<Item = T> + '_ {
        for item in self.items.iter().rev() {
            yield_!(item.clone());
        }
    }

    #[coro]
    fn boxed_items(&self) -> Box<dyn Iterator<Item = Self::Item> + '_> {
        yield_from!(self.items());
    }

    #[coro]
    fn lent(&self) -> impl Iterator<Item = Self::Reference<'_>> {
        for item in &self.items {
            yield_!(item);
        }
    }

    fn default_item(&self) -> T {
        self.items[0].clone()
    }
}

#[test]
fn traits() {
    let source = counter();
    assert_eq!(source.items().collect::<String>(), "cba");
    assert_eq!(source.boxed_items().collect::<String>(), "cba");
    assert_eq!(source.lent().copied().collect::<String>(), "abc");
    assert_eq!(source.twice().collect::<String>(), "cbaacba");
}

impl<'a> IntoIterator for &'a Counter<char> {
    type Item = &'a char;
    type IntoIter = Box<dyn Iterator<Item = &'a char> + 'a>;

    #[coro]
    fn into_iter(self) -> Box<dyn Iterator<Item = &'a char> + 'a> {
        for item in &self.items {
            yield_!(item);
        }
    }
}

#[test]
fn standard_traits() {
    let counter = Counter {
        items: vec!['x', 'y'],
        seen: 0,
    };
    let mut text = String::new();
    for c in &counter {
        text.push(*c);
    }
    assert_eq!(text, "xy");
}

/// Methods with names of std's, which borrow.
struct Log(D);

impl Log {
    fn count(&self) -> usize {
        self.0.name().len()
    }

    fn last(&self) -> usize {
        7
    }
}

differential! {
    iterator borrowing_methods_named_as_std_s(log: Log) yields (usize) with (Log(D("argument"))) {
        let local = Log(D("local"));
        let n = local.count() + log.last();
        yield_!(n);
        let _younger = D("younger");
        yield_!(log.count());
    }
    iterator iterators_are_taken() yields (usize) {
        let words = "a b c".split(' ');
        let n = words.count();
        yield_!(n);
        let last = Some(D("some"));
        let name = last.map(|d| d.name().len());
        yield_!(name.unwrap());
    }
}
