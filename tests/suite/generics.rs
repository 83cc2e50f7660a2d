//! Type parameters, const parameters, `where`, `impl Trait` arguments, and names that meet the machine's own.

use std::fmt::{Debug, Display};
use std::marker::PhantomData;

use unawait::coro;

use crate::harness::D;

differential! {
    #[Clone]
    iterator type_parameter[T: Clone + Debug](value: T, count: usize) yields (T) with (D("value"), 2) {
        for _ in 0..count { yield_!(value.clone()); }
        yield_!(value);
    }

    #[Clone]
    iterator const_parameter[T: Copy + Debug, const N: usize](items: [T; N]) yields ((usize, T)) with ([5, 6, 7]) {
        let mut i = 0;
        while i < N { yield_!((N - i, items[i])); i += 1; }
    }

    iterator names_of_the_parameters[State: Debug, Start: Debug, Input: Clone + Debug](a: State, b: Start, c: Input)
        yields (String) with (1, D("b"), "c")
    {
        let d: Input = c.clone();
        yield_!(format!("{a:?}"));
        let e: Vec<Input> = vec![c];
        yield_!(format!("{b:?}{d:?}"));
        yield_!(format!("{e:?}"));
    }

    iterator associated_types[I: IntoIterator<Item = J>, J: Into<i64>](items: I) yields (i64) with (vec![1i32, 2]) {
        let mut sum = 0;
        for item in items {
            sum += item.into();
            yield_!(sum);
        }
    }

    iterator default_of_a_parameter[T: Default + Debug + PartialEq](last: T) yields (T) with (3u8) {
        let mut made = Vec::<T>::new();
        made.push(T::default());
        yield_!(made.pop().unwrap());
        if last != T::default() { yield_!(last) }
    }

    iterator unused_parameter[T](_marker: std::marker::PhantomData<T>) yields (usize)
        with (std::marker::PhantomData::<String>)
    {
        yield_!(std::mem::size_of::<T>());
        yield_!(size_of::<T>() * 2);
    }

    coroutine generic_input[T: Debug + Clone](first: T) takes (T) [D("one"), D("two")] yields (T) returns (Vec<T>)
        with (D("first"))
    {
        let mut all = vec![];
        let mut next = first;
        for _ in 0..2 {
            all.push(next.clone());
            next = yield_!(next);
        }
        all.push(next);
        all
    }
}

#[coro]
fn where_clause<K, V>(
    pairs: impl IntoIterator<Item = (K, V)>,
    separator: impl Display + Copy,
) -> impl Iterator<Item = String>
where
    K: Display,
    V: Debug,
{
    for (key, value) in pairs {
        yield_!(format!("{key}{separator}{value:?}"));
    }
}

#[coro]
fn from_function<T, F>(mut next: F) -> impl Iterator<Item = T>
where
    F: FnMut() -> Option<T>,
{
    while let Some(item) = next() {
        yield_!(item);
    }
}

#[coro]
fn zipped<A, B>(a: A, b: B) -> impl Iterator<Item = (A::Item, B::Item)>
where
    A: IntoIterator,
    B: IntoIterator<Item: Clone>,
{
    let mut b = b.into_iter();
    for left in a {
        let Some(right) = b.next() else { return };
        yield_!((left, right.clone()));
    }
}

#[coro]
fn chunks<const N: usize, T: Default + Copy>(items: impl Iterator<Item = T>) -> impl Iterator<Item = [T; N]> {
    let mut chunk = [T::default(); N];
    let mut filled = 0;
    for item in items {
        chunk[filled] = item;
        filled += 1;
        if filled == N {
            yield_!(chunk);
            filled = 0;
        }
    }
}

struct Typed<T>(PhantomData<T>);

impl<T: Default + Debug> Typed<T> {
    #[coro]
    fn defaults<U: Default + Debug>(&self) -> impl Iterator<Item = String> {
        let own = T::default();
        yield_!(format!("{own:?}"));
        let other = <U as Default>::default();
        yield_!(format!("{own:?} {other:?}"));
    }
}

#[test]
fn where_clauses_and_impl_arguments() {
    assert_eq!(
        where_clause([("a", 1), ("b", 2)], '=').collect::<Vec<_>>(),
        ["a=1", "b=2"]
    );
    let mut n = 0;
    let numbers = from_function(|| {
        n += 1;
        (n < 4).then_some(n)
    });
    assert_eq!(numbers.collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(
        zipped("ab".chars(), vec![1, 2, 3]).collect::<Vec<_>>(),
        [('a', 1), ('b', 2)]
    );
}

#[test]
fn explicit_parameters() {
    assert_eq!(chunks::<2, _>(1..6).collect::<Vec<_>>(), [[1, 2], [3, 4]]);
    let typed = Typed::<u8>(PhantomData);
    assert_eq!(typed.defaults::<Option<bool>>().collect::<Vec<_>>(), ["0", "0 None"]);
}
