//! Methods, traits, generics and lifetimes as people write them, without a warning.

#![deny(warnings)]
use std::collections::HashMap;
use std::fmt::{Debug, Display};
use std::marker::PhantomData;
use std::ops::{Add, Range};
use unawait::prelude::*;

#[derive(Debug, Clone)]
pub(crate) struct Grid<T, const W: usize, const H: usize> {
    cells: [[T; W]; H],
}
impl<T: Copy + Default + PartialEq, const W: usize, const H: usize> Grid<T, W, H> {
    #[coro]
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[T; W]> {
        for row in &self.cells {
            yield_!(row);
        }
    }
    #[coro]
    pub(crate) fn cells(&self) -> impl Iterator<Item = ((usize, usize), &T)> + Clone {
        for (y, row) in self.cells.iter().enumerate() {
            for (x, cell) in row.iter().enumerate() {
                yield_!(((x, y), cell));
            }
        }
    }
    #[coro]
    pub(crate) fn cells_mut(&mut self) -> impl Iterator<Item = &mut T> {
        for row in self.cells.iter_mut() {
            for cell in row {
                yield_!(cell);
            }
        }
    }
    #[coro]
    pub(crate) fn into_cells(self) -> impl Iterator<Item = T> {
        for row in self.cells {
            for cell in row {
                yield_!(cell);
            }
        }
    }
    #[coro]
    pub(crate) fn neighbours(&self, (x, y): (usize, usize)) -> impl Iterator<Item = T> + '_ {
        for (dx, dy) in [(0, 1), (1, 0), (2, 1), (1, 2)] {
            let (Some(x), Some(y)) = ((x + dx).checked_sub(1), (y + dy).checked_sub(1)) else {
                continue;
            };
            if let Some(row) = self.cells.get(y)
                && let Some(&cell) = row.get(x)
            {
                yield_!(cell);
            }
        }
    }
    #[coro]
    pub(crate) fn column(&self, x: usize) -> impl Iterator<Item = T> {
        let mut y = 0;
        while y < H {
            yield_!(self.cells[y][x]);
            y += 1;
        }
    }
}

pub(crate) trait Shape {
    fn sides(&self) -> usize;
    #[coro]
    fn corners(&self) -> impl Iterator<Item = usize> {
        for i in 0..self.sides() {
            yield_!(i);
        }
    }
    #[coro]
    fn boxed<'a>(&'a self, scale: f64) -> Box<dyn Iterator<Item = f64> + 'a> {
        for i in self.corners() {
            yield_!(i as f64 * scale);
        }
    }
    #[coro]
    fn describe(&self) -> impl Iterator<Item = String>
    where
        Self: Debug,
    {
        yield_!(format!("{self:?}"));
        yield_!(format!("{}", self.sides()));
    }
    #[coro]
    fn consume(self) -> impl Iterator<Item = Self>
    where
        Self: Sized + Clone,
    {
        yield_!(self.clone());
        yield_!(self);
    }
    #[coro]
    fn all() -> impl Iterator<Item = Self>
    where
        Self: Sized + Default,
    {
        loop {
            yield_!(Self::default());
        }
    }
}
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Tri;
impl Shape for Tri {
    fn sides(&self) -> usize {
        3
    }
}
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Poly(usize);
impl Shape for Poly {
    fn sides(&self) -> usize {
        self.0
    }
    #[coro]
    fn corners(&self) -> impl Iterator<Item = usize> {
        let n = self.sides();
        for i in (0..n).rev() {
            yield_!(i);
        }
    }
}

#[coro]
pub(crate) fn evens<T>(from: T) -> impl Iterator<Item = T>
where
    T: Copy + Add<Output = T> + From<u8>,
{
    let mut n = from;
    loop {
        yield_!(n);
        n = n + T::from(2);
    }
}
#[coro]
pub(crate) fn lines_of<'t, S>(texts: &'t [S]) -> impl Iterator<Item = (usize, &'t str)> + use<'t, S>
where
    S: AsRef<str>,
{
    for (n, text) in texts.iter().enumerate() {
        for line in text.as_ref().lines() {
            yield_!((n, line));
        }
    }
}
#[coro]
pub(crate) fn lookup<'m, 'k, V: ?Sized + 'm>(
    map: &'m HashMap<String, Box<V>>,
    keys: &'k [&'k str],
) -> impl Iterator<Item = (&'k str, Option<&'m V>)> {
    for &key in keys {
        yield_!((key, map.get(key).map(|v| &**v)));
    }
}
#[coro]
pub(crate) fn apply<A, B, F>(items: impl IntoIterator<Item = A>, mut f: F) -> impl Iterator<Item = B>
where
    F: FnMut(A) -> Option<B>,
{
    for item in items {
        if let Some(b) = f(item) {
            yield_!(b);
        }
    }
}
#[coro]
pub(crate) fn chunked<T, const N: usize>(items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; N]>
where
    T: Debug,
{
    let mut buf = Vec::with_capacity(N);
    for item in items {
        buf.push(item);
        if buf.len() == N {
            yield_!(std::mem::take(&mut buf).try_into().unwrap());
        }
    }
}
#[coro]
pub(crate) fn interleaved<T>(
    mut a: impl Iterator<Item = T>,
    mut b: impl Iterator<Item = T>,
) -> impl Iterator<Item = T> {
    loop {
        match (a.next(), b.next()) {
            (None, None) => return,
            (Some(x), None) | (None, Some(x)) => yield_!(x),
            (Some(x), Some(y)) => {
                yield_!(x);
                yield_!(y);
            }
        }
    }
}
pub(crate) struct Parser<'s> {
    src: &'s str,
    at: usize,
}
impl<'s> Parser<'s> {
    fn word(&mut self) -> Option<&'s str> {
        let rest = self.src[self.at..].trim_start();
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(' ').unwrap_or(rest.len());
        self.at = self.src.len() - rest.len() + end;
        Some(&rest[..end])
    }
    #[coro]
    pub(crate) fn words(mut self) -> impl Iterator<Item = &'s str> {
        while let Some(w) = self.word() {
            yield_!(w);
        }
    }
    #[coro]
    pub(crate) fn words_mut<'p>(&'p mut self) -> impl Iterator<Item = &'s str> + use<'p, 's> {
        while let Some(w) = self.word() {
            yield_!(w);
            if w == "stop" {
                self.at = self.src.len();
            }
        }
    }
    #[coro]
    pub(crate) fn spans(&self) -> impl Iterator<Item = Range<usize>> {
        let mut from = None;
        for (i, c) in self.src.char_indices() {
            match (from, c) {
                (None, c) if c != ' ' => from = Some(i),
                (Some(start), ' ') => {
                    yield_!(start..i);
                    from = None;
                }
                _ => {}
            }
        }
        if let Some(start) = from {
            yield_!(start..self.src.len());
        }
    }
}
pub(crate) struct Typed<T>(PhantomData<T>);
impl<T: Default + Display> Typed<T> {
    #[coro]
    pub(crate) fn repeat(n: usize) -> impl Iterator<Item = String> {
        for _ in 0..n {
            yield_!(T::default().to_string());
        }
    }
}
pub(crate) trait Source {
    type Item;
    type Error;
    fn read(&mut self) -> Result<Option<Self::Item>, Self::Error>;
}
#[coro]
pub(crate) fn drain<S: Source>(mut source: S) -> impl Coroutine<Yield = S::Item, Return = Result<S, S::Error>> {
    while let Some(item) = source.read()? {
        yield_!(item);
    }
    Ok(source)
}
#[coro]
pub(crate) fn retry<S>(source: &mut S, times: u32) -> impl Coroutine<Yield = Result<S::Item, S::Error>, Return = ()>
where
    S: Source,
{
    let mut left = times;
    loop {
        match source.read() {
            Ok(Some(item)) => {
                left = times;
                yield_!(Ok(item));
            }
            Ok(None) => break,
            Err(_) if left > 0 => left -= 1,
            Err(error) => {
                yield_!(Err(error));
                return;
            }
        }
    }
}
struct Flaky(Vec<Result<u32, String>>);
impl Source for Flaky {
    type Item = u32;
    type Error = String;
    fn read(&mut self) -> Result<Option<u32>, String> {
        match self.0.pop() {
            None => Ok(None),
            Some(r) => r.map(Some),
        }
    }
}
#[allow(clippy::type_complexity, reason = "a signature of a user's")]
#[coro]
pub(crate) fn machine_pair<A, B>(
    mut left: A,
    mut right: B,
) -> impl Coroutine<Yield = (Option<A::Yield>, Option<B::Yield>), Return = (A::Return, B::Return)>
where
    A: Coroutine,
    B: Coroutine,
{
    let (mut l, mut r) = (None, None);
    loop {
        let a = if l.is_none() {
            match left.start_or_resume() {
                CoroutineState::Yielded(y) => Some(y),
                CoroutineState::Complete(c) => {
                    l = Some(c);
                    None
                }
            }
        } else {
            None
        };
        let b = if r.is_none() {
            match right.start_or_resume() {
                CoroutineState::Yielded(y) => Some(y),
                CoroutineState::Complete(c) => {
                    r = Some(c);
                    None
                }
            }
        } else {
            None
        };
        match (l, r) {
            (Some(l), Some(r)) => return (l, r),
            (x, y) => {
                l = x;
                r = y;
            }
        }
        yield_!((a, b));
    }
}
trait Resume: Coroutine {
    fn start_or_resume(&mut self) -> CoroutineState<Self::Yield, Self::Return>;
}
impl<C: Coroutine> Resume for C {
    fn start_or_resume(&mut self) -> CoroutineState<Self::Yield, Self::Return> {
        self.resume(())
    }
}
#[coro]
fn upto(n: u32) -> impl Coroutine<Yield = u32, Return = String> {
    for i in 0..n {
        yield_!(i);
    }
    n.to_string()
}

fn send<T: Send + Sync + Unpin + 'static>(t: T) -> T {
    t
}
#[test]
fn user_types() {
    let g: Grid<u8, 3, 2> = Grid {
        cells: [[1, 2, 3], [4, 5, 6]],
    };
    assert_eq!(g.rows().count(), 2);
    assert_eq!(
        g.cells().clone().map(|(_, n)| *n).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5, 6]
    );
    assert_eq!(g.neighbours((1, 0)).collect::<Vec<_>>(), [1, 3, 5]);
    assert_eq!(g.column(2).collect::<Vec<_>>(), [3, 6]);
    let mut h = g.clone();
    for c in h.cells_mut() {
        *c += 1;
    }
    assert_eq!(h.into_cells().collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7]);
    assert_eq!(send(g.into_cells()).size_hint(), (0, None));
    assert_eq!(Tri.corners().collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(Poly(3).corners().collect::<Vec<_>>(), [2, 1, 0]);
    assert_eq!(Poly(2).boxed(0.5).collect::<Vec<_>>(), [0.5, 0.0]);
    assert_eq!(Poly(2).describe().collect::<Vec<_>>(), ["Poly(2)", "2"]);
    assert_eq!(Poly(2).consume().count(), 2);
    assert_eq!(Tri::all().take(2).collect::<Vec<_>>(), [Tri, Tri]);
    assert_eq!(evens(3u64).take(3).collect::<Vec<_>>(), [3, 5, 7]);
    assert_eq!(
        lines_of(&["a\nb", "c"]).collect::<Vec<_>>(),
        [(0, "a"), (0, "b"), (1, "c")]
    );
    let map: HashMap<String, Box<str>> = HashMap::from([("k".to_string(), "v".into())]);
    assert_eq!(
        lookup(&map, &["k", "z"]).collect::<Vec<_>>(),
        [("k", Some("v")), ("z", None)]
    );
    assert_eq!(
        apply(["1", "x", "2"], |s| s.parse::<i32>().ok()).collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(chunked::<_, 2>(0..5).collect::<Vec<_>>(), [[0, 1], [2, 3]]);
    assert_eq!(
        interleaved([1, 2, 3].into_iter(), [9].into_iter()).collect::<Vec<_>>(),
        [1, 9, 2, 3]
    );
    assert_eq!(
        Parser { src: " a bc  d", at: 0 }.words().collect::<Vec<_>>(),
        ["a", "bc", "d"]
    );
    let mut p = Parser {
        src: " a stop  d",
        at: 0,
    };
    assert_eq!(p.spans().collect::<Vec<_>>(), [1..2, 3..7, 9..10]);
    assert_eq!(p.words_mut().collect::<Vec<_>>(), ["a", "stop"]);
    assert_eq!(Typed::<i8>::repeat(2).collect::<Vec<_>>(), ["0", "0"]);
    let mut d = drain(Flaky(vec![Err("e".into()), Ok(2), Ok(1)]));
    assert!(matches!(d.start(), CoroutineState::Yielded(1)));
    assert!(matches!(d.resume(()), CoroutineState::Yielded(2)));
    assert!(matches!(d.resume(()), CoroutineState::Complete(Err(e)) if e == "e"));
    let mut flaky = Flaky(vec![
        Ok(9),
        Err("e".into()),
        Err("f".into()),
        Ok(2),
        Err("g".into()),
        Ok(1),
    ]);
    assert_eq!(
        retry(&mut flaky, 1).into_iter().collect::<Vec<_>>(),
        [Ok(1), Ok(2), Err("e".to_string())]
    );
    let mut m = machine_pair(upto(1), upto(2));
    assert_eq!(m.start(), CoroutineState::Yielded((Some(0), Some(0))));
    assert_eq!(m.resume(()), CoroutineState::Yielded((None, Some(1))));
    assert_eq!(m.resume(()), CoroutineState::Complete(("1".into(), "2".into())));
}
