//! [`leftover`]: what a struct update leaves of its base.

use core::fmt;

/// What `Item { name, tags, ..base }` leaves of `base`: the fields that it replaces.
///
/// They drop in order of their declaration, which a macro does not see, and a closure that captures them does the same:
///
/// ```
/// use unawait::machine::leftover;
///
/// struct Item { name: String, tags: Vec<u32>, size: u32 }
///
/// let base = Item { name: "a".into(), tags: vec![1], size: 2 };
/// let item = Item { tags: vec![], name: "b".into(), ..base };
/// let held_base = leftover(move || { let _ = (&base.tags, &base.name); });
/// assert_eq!(item.size, 2);
/// drop(held_base); // `name` first
/// ```
#[inline(always)]
pub fn leftover<F: FnOnce()>(fields: F) -> Leftover<F> {
    Leftover(fields)
}

/// Fields that are only to be dropped: see [`leftover`].
#[derive(Clone)]
pub struct Leftover<F>(F);

impl<F> fmt::Debug for Leftover<F> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Leftover(..)")
    }
}
