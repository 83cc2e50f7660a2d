//! Other attributes: on the function, its arguments, statements, fields and arms.

use unawait::prelude::*;

/// Documented.
///
/// - with a list
#[must_use = "it does nothing"]
#[inline]
#[allow(clippy::needless_pass_by_value)]
#[coro]
#[track_caller]
pub fn documented(/* a comment */ #[allow(unused_variables)] unused: u8, present: u8) -> impl Iterator<Item = u8> {
    //! An inner comment.
    #![allow(unused_mut)]
    let mut n = present;
    yield_!(n);
}

#[coro]
fn arguments_under_cfg(#[cfg(any())] absent: Missing, #[cfg(not(any()))] present: u8) -> impl Iterator<Item = u8> {
    yield_!(1);
    yield_!(present);
}

#[cfg_attr(not(any()), coro)]
fn through_cfg_attr() -> impl Iterator<Item = u8> {
    yield_!(1);
}

#[coro()]
fn empty_arguments() -> impl Iterator<Item = u8> {
    yield_!(2);
}

#[unawait::coro]
fn by_its_path() -> impl Iterator<Item = u8> {
    yield_!(3);
}

mod renamed {
    use unawait as other;
    pub use unawait::coro as generator;

    #[generator(crate = other)]
    pub fn crate_path() -> impl Iterator<Item = u8> {
        let list = vec![4];
        for n in list {
            yield_!(n);
        }
    }

    #[other::coro(crate = self::other)]
    pub fn crate_path_of_two_segments() -> impl ::std::iter::Iterator<Item = u8> {
        yield_!(5);
    }
}

#[coro]
fn attributes_in_the_body(n: u8) -> impl Iterator<Item = u8> {
    #[allow(unused_variables)]
    let unused = n;
    #[rustfmt::skip]
    yield_!(n);
    #[allow(clippy::single_match)]
    match n {
        #[cfg(any())]
        0 => missing(),
        #[allow(unused_variables)]
        other @ 1 => yield_!(10),
        #[cfg(not(any()))]
        2 => {
            yield_!(20);
        }
        _ => {}
    }
    #[cfg(any())]
    missing();
    #[cfg(any())]
    yield_!(99);
    #[cfg(not(any()))]
    log();
    let point = Point {
        x: 1,
        #[cfg(any())]
        missing: 2,
        #[cfg(not(any()))]
        y: n,
    };
    #[allow(unused_parens)]
    for i in (0..1) {
        yield_!(point.x + point.y + i);
    }
    #[warn(dead_code)]
    fn log() {}
}

struct Point {
    x: u8,
    y: u8,
}

#[coro]
#[deprecated = "for the test"]
fn deprecated() -> impl Iterator<Item = u8> {
    yield_!(6);
}

#[test]
fn on_functions_and_arguments() {
    assert_eq!(documented(1, 2).collect::<Vec<_>>(), [2]);
    assert_eq!(
        through_cfg_attr()
            .chain(empty_arguments())
            .chain(by_its_path())
            .collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(arguments_under_cfg(2).collect::<Vec<_>>(), [1, 2]);
    #[expect(deprecated)]
    let list: Vec<u8> = deprecated().collect();
    assert_eq!(list, [6]);
}

#[test]
fn path_of_the_crate() {
    let all = renamed::crate_path().chain(renamed::crate_path_of_two_segments());
    assert_eq!(all.collect::<Vec<_>>(), [4, 5]);
}

#[test]
fn in_bodies() {
    assert_eq!(attributes_in_the_body(1).collect::<Vec<_>>(), [1, 10, 2]);
    assert_eq!(attributes_in_the_body(2).collect::<Vec<_>>(), [2, 20, 3]);
}

#[coro]
fn closure_with_configured_variables() -> impl Iterator<Item = u32> {
    let f = |n: u32| {
        #[cfg(any())]
        let k = Missing;
        #[cfg(not(any()))]
        let k = 2;
        n + k
    };
    yield_!(f(1));
    yield_!(f(2));
}

#[test]
fn in_closures() {
    assert_eq!(closure_with_configured_variables().collect::<Vec<_>>(), [3, 4]);
}
