//! Bodies of functions: what they leave, and when.

use super::*;

/// A tree whose nodes tell of their drops.
#[derive(Debug, Clone)]
pub struct Tree {
    pub name: D,
    pub children: Vec<Tree>,
}

pub fn tree() -> Tree {
    let leaf = |name| Tree {
        name: D(name),
        children: vec![],
    };
    let left = Tree {
        name: D("left"),
        children: vec![leaf("a"), leaf("b")],
    };
    Tree {
        name: D("root"),
        children: vec![left, leaf("right")],
    }
}

recursive! {
    #[Clone]
    owned(tree: Tree, depth: usize) yields (String) with (tree(), 0) {
        let Tree { name, children } = tree;
        log(format!("enter {}", name.name()));
        yield_!(v("item", format!("{depth} {}", name.name())));
        for child in children {
            let _guard = D("guard");
            yield_from!(owned(child, depth + 1));
            log("next");
        }
        log(format!("leave {}", name.name()));
    }

    postorder(tree: Tree) yields (D) with (tree()) {
        let Tree { name, children } = tree;
        let mut children = children.into_iter();
        while let Some(child) = children.next() {
            yield_from!(postorder(child));
        }
        yield_!(name);
    }

    borrowed(tree: &Tree) yields (&'static str) + '_ with (&tree()) {
        log("enter");
        yield_!(tree.name.name());
        for child in &tree.children {
            let mark = D("mark");
            yield_from!(borrowed(child));
            drop(mark);
        }
        yield_!(v("last", tree.name.name()));
    }

    #[Clone]
    hanoi(disks: u32, from: char, to: char, by: char) yields ((char, char)) with (3, 'a', 'b', 'c') {
        if disks > 0 {
            yield_from!(hanoi(disks - 1, from, by, to));
            yield_!(v("move", (from, to)));
            yield_from!(hanoi(v("disks", disks) - 1, by, to, from));
        }
    }

    // At the very end, with something left, and with nothing.
    last_call(n: u32, kept: D) yields (u32) with (3, D("first")) {
        yield_!(n);
        if n > 0 {
            yield_from!(last_call(n - 1, D("kept")));
        }
    }

    given_away(n: u32, kept: D) yields (u32) with (3, D("first")) {
        yield_!(n);
        if v("more", n > 0) {
            yield_from!(given_away(n - 1, kept));
        }
    }

    leaves_early(n: u32) yields (u32) with (4) {
        let _outer = D("outer");
        for i in 0..n {
            let _inner = D("inner");
            if v("odd", i % 2 == 1) {
                continue;
            }
            yield_from!(leaves_early(i));
            if n == 4 && i == 2 {
                return;
            }
            yield_!(n * 10 + i);
        }
        log("end");
    }

    in_a_match(n: u32) yields (u32) with (4) {
        match n {
            0 => {}
            1 => yield_!(1),
            n if v("even", n % 2 == 0) => yield_from!(in_a_match(n / 2)),
            n => {
                yield_from!(in_a_match(n - 1));
                yield_!(n);
                yield_from!(in_a_match(n - 2));
            }
        }
        let _end = D("end");
        yield_!(n + 100);
    }

    suspends_in_arguments(n: u32, text: String) yields (String) with (2, String::from("t")) {
        if n > 0 {
            yield_from!(suspends_in_arguments({ yield_!(format!("first {n}")); n - 1 }, {
                let _guard = D("argument");
                yield_!(text.clone());
                format!("{text}{n}")
            }));
        }
        yield_!(format!("end {n} {text}"));
    }

    // An argument is changed by the one behind it.
    order_of_arguments(n: u32, mut list: Vec<u32>, m: u32) yields (u32) with (2, vec![7, 8], 0) {
        yield_!(n + m);
        if n > 0 {
            let mut left = n;
            yield_from!(order_of_arguments(v("n", left) - 1, { left += 5; list.push(left); list.clone() }, left));
            yield_!(left);
        }
        yield_!(list.len() as u32);
    }

    patterns((n, name): (u32, D), [first, _second]: [D; 2]) yields (String)
        with ((2, D("pair")), [D("one"), D("two")])
    {
        yield_!(format!("{n} {}", name.name()));
        if n > 0 {
            yield_from!(patterns((n - 1, D("inner")), [first, D("new")]));
        }
        log("behind");
        yield_!(String::from("end"));
    }

    mutable(mut n: u32, mut path: Vec<u32>) yields (Vec<u32>) with (3, vec![]) {
        path.push(n);
        yield_!(path.clone());
        while n > 0 {
            n -= 1;
            yield_from!(mutable(n, path.clone()));
            path[0] += 1;
        }
    }

    temporaries(n: u32) yields (u32) with (2) {
        if n > 0 {
            yield_from!(temporaries(v("given", D("temporary")).name().len() as u32 + n - 10));
            log("behind");
        }
        yield_!(n);
    }

    labelled(n: u32) yields (u32) with (3) {
        'outer: for i in 0..n {
            loop {
                let _round = D("round");
                yield_from!(labelled(i));
                if i == 1 {
                    continue 'outer;
                }
                break;
            }
            yield_!(i);
        }
    }

    // An argument that panics leaves nothing to go on with.
    panics_in_an_argument(n: u32) yields (u32) with (3) {
        let kept = D("kept");
        yield_!(n);
        if n > 0 {
            yield_from!(panics_in_an_argument(v("argument", n) - 1));
        }
        yield_!(n + v("after", 10));
    }

    takes_of_a_temporary(n: u32) yields (u32) with (8) {
        yield_!(n);
        if n > 4 {
            yield_from!(takes_of_a_temporary(n - D("four").0.len() as u32));
            log("behind");
        }
    }

    large(n: u32) yields (u32) with (2) {
        if n == 0 {
            return;
        }
        let mut table = [0u32; 200];
        table[3] = n;
        yield_!(table[3]);
        yield_from!(large(n - 1));
        yield_!(table[3] + table[4]);
    }
}

/// Twice in one statement, and in the branches of an expression.
#[coro(recursive)]
fn binary(digits: u32, text: String) -> impl Iterator<Item = String> + Clone {
    match digits {
        0 => yield_!(text),
        _ => {
            (
                yield_from!(binary(digits - 1, format!("{text}0"))),
                yield_from!(binary(digits - 1, format!("{text}1"))),
            )
                .0
        }
    }
}

#[test]
fn in_a_tuple() {
    assert_eq!(binary(2, String::new()).collect::<Vec<_>>(), ["00", "01", "10", "11"]);
}

/// Deeper than any stack of a thread.
#[coro(recursive)]
fn countdown(n: u32, guard: Option<D>) -> impl Iterator<Item = u32> {
    if n > 0 {
        yield_from!(countdown(n - 1, None));
    }
    yield_!(n);
    drop(guard);
}

#[test]
fn a_million_levels() {
    assert_eq!(countdown(1_000_000, None).take(3).collect::<Vec<_>>(), [0, 1, 2]);
    let mut all = countdown(1_000_000, Some(D("outermost")));
    assert_eq!(all.nth(10), Some(10));
    drop(all);
    assert_eq!(take_log(), ["drop outermost"]);
}

/// A linked list, whose walk takes no more room at its end than at its start.
struct List(u32, Option<Box<List>>);

#[coro(recursive)]
fn items(list: &List) -> impl Iterator<Item = u32> + use<'_> {
    yield_!(list.0);
    if let Some(next) = &list.1 {
        yield_from!(items(next));
    }
}

#[test]
fn a_list() {
    let list = List(1, Some(Box::new(List(2, Some(Box::new(List(3, None)))))));
    assert!(items(&list).eq([1, 2, 3]));
}

/// An argument is converted as a call converts it.
#[coro(recursive)]
fn converted<'a>(text: &'a str, then: &dyn Fn(&str) -> bool, parts: Box<[u8]>) -> impl Iterator<Item = &'a str> {
    yield_!(text);
    if let Some(rest) = text.get(parts.len()..)
        && then(rest)
    {
        let empty = |rest: &str| rest.len() > 1;
        let _ = empty;
        yield_from!(converted(rest, then, Box::new([1, 2])));
    }
}

#[test]
fn conversions() {
    let texts: Vec<_> = converted("abcdef", &|rest| !rest.is_empty(), Box::new([0])).collect();
    assert_eq!(texts, ["abcdef", "bcdef", "def", "f"]);
}

#[coro(recursive)]
fn of_closures(n: u32, f: impl Fn(u32) -> u32 + Copy) -> impl Iterator<Item = u32> {
    if n > 0 {
        yield_!(f(n));
        yield_from!(of_closures(n - 1, f));
        yield_!(f(n));
    }
}

#[test]
fn closures() {
    let offset = 5;
    assert!(of_closures(2, |n| n + offset).eq([7, 6, 6, 7]));
}

/// Its own names are free for the function's.
#[coro(recursive)]
fn collides(state: u32, value: u32) -> Box<dyn Iterator<Item = u32>> {
    #[derive(Clone, Copy)]
    enum State {
        Call(u32),
    }
    let State::Call(call) = State::Call(state + value);
    yield_!(call);
    if value > 0 {
        yield_from!(collides(call, value - 1));
        yield_!(state);
    }
}

#[test]
fn names() {
    assert!(collides(1, 2).eq([3, 4, 4, 3, 1]));
}

#[test]
fn debug() {
    #[coro(recursive)]
    fn shown(n: u32) -> impl Iterator<Item = u32> + std::fmt::Debug {
        if n > 0 {
            yield_from!(shown(n - 1));
        }
        yield_!(n);
    }
    let mut all = shown(1);
    all.next();
    assert_eq!(format!("{all:?}"), "[Done, From0 { n: 1 }]");
}

/// Others of that name are others.
mod other {
    pub fn numbers(n: u32) -> std::iter::Once<u32> {
        std::iter::once(n * 1000)
    }
}

trait Numbers: Sized {
    fn numbers(self) -> std::iter::Once<u32>;
}

impl Numbers for u32 {
    fn numbers(self) -> std::iter::Once<u32> {
        std::iter::once(self * 100)
    }
}

#[coro(recursive)]
fn numbers(n: u32) -> impl Iterator<Item = u32> {
    if n > 0 {
        yield_!(n);
        yield_from!(numbers(n - 1));
        yield_from!(other::numbers(n));
        yield_from!(n.numbers());
        let numbers = |n: u32| std::iter::once(n * 10);
        yield_from!(numbers(n));
    }
}

#[test]
fn others_of_that_name() {
    assert!(numbers(2).eq([2, 1, 1000, 100, 10, 2000, 200, 20]));
}

/// Where it is called in the arguments of a macro only.
#[coro(recursive)]
fn in_a_macro(n: u32) -> impl Iterator<Item = u32> {
    if n > 0 {
        let units = vec![yield_from!(in_a_macro(n - 1)), yield_!(n)];
        yield_!(units.len() as u32 * 100);
    }
}

#[test]
fn macros() {
    assert!(in_a_macro(2).eq([1, 200, 2, 200]));
}
