//! [`number`]: `list[index()] += yield_!(..)` is exact for numbers only.

/// The types for which `place += value` evaluates the value first and then the place.
///
/// For every other type `+=` is a call whose left side is evaluated first; a machine cannot hold that across a suspension.
#[diagnostic::on_unimplemented(
    message = "whether this place is evaluated before or after the suspension on the right depends on the type `{Self}`",
    label = "an overloaded operator evaluates its left side first, across the suspension",
    note = "write `let index = ..;` in front, with what the place computes, or `let value = yield_!(..);`, with the right side"
)]
pub trait Number {}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Number for $number {}
    )*};
}

numbers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool);

/// The value, which is a number: for the right side of an assignment whose place has side effects.
///
/// ```
/// use unawait::machine::{number, number_at};
///
/// let mut list = [1, 2];
/// let mut index = || 1;
/// *number_at(&mut list[index()]) += number(3);
/// assert_eq!(list, [1, 5]);
/// ```
#[inline(always)]
pub fn number<N: Number>(value: N) -> N {
    value
}

/// The place, which is a number's.
#[inline(always)]
pub fn number_at<N: Number>(place: &mut N) -> &mut N {
    place
}
