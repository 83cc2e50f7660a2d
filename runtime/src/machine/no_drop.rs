//! [`NoDrop`]: the types whose drop does nothing.

use core::cell::{Cell, RefCell};
use core::iter::{
    Chain, Cloned, Copied, Cycle, Empty, Enumerate, Fuse, Once, Peekable, Repeat, Rev, Skip, StepBy, Take, Zip,
};
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, MaybeUninit};
use core::ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use core::pin::Pin;
use core::{array, fmt, option, result, slice, str};

/// A type whose drop does nothing, though it may not be `Copy`: [`hold`](super::hold) lets go of it.
///
/// It is implemented for references and for what borrows through them in the standard library: the iterators of
/// slices, strings and collections, ranges, adapters, `Option`s and tuples of such. Implement it for a type of your
/// own that borrows and has no drop glue, if the borrow is to end with the last use even though the local's scope
/// goes on across a suspension:
///
/// ```
/// use unawait::machine::{NoDrop, hold};
///
/// struct Cursor<'a> { text: &'a str, at: &'a mut usize }
///
/// impl NoDrop for Cursor<'_> {}
///
/// let mut at = 0;
/// let cursor = Cursor { text: "abc", at: &mut at };
/// *cursor.at = cursor.text.len();
/// assert!(hold(&cursor).keep(cursor).is_none());
/// ```
///
/// The machine drops a dead local of such a type at the suspension, not at the end of its scope. A drop that does
/// something would be seen to come early.
pub trait NoDrop {}

/// `{ <generics> type; .. }`: an empty implementation for each.
macro_rules! no_drop {
    ($({$($generics:tt)*} $type:ty;)*) => { $(impl<$($generics)*> NoDrop for $type {})* };
}

// What is `Copy` anyway, for the composed types below.
no_drop! {
    {} (); {} bool; {} char;
    {} u8; {} u16; {} u32; {} u64; {} u128; {} usize;
    {} i8; {} i16; {} i32; {} i64; {} i128; {} isize;
    {} f32; {} f64;
    {T: ?Sized} &T;
    {T: ?Sized} *const T;
    {T: ?Sized} *mut T;
    {T: ?Sized} PhantomData<T>;
    {} fmt::Arguments<'_>;
}

no_drop! {
    {T: ?Sized} &mut T;
    {P: NoDrop} Pin<P>;
    {T: ?Sized} ManuallyDrop<T>;
    {T} MaybeUninit<T>;
    {T: NoDrop + ?Sized} Cell<T>;
    {T: NoDrop + ?Sized} RefCell<T>;
    {T: NoDrop} Option<T>;
    {T: NoDrop, E: NoDrop} Result<T, E>;
    {T: NoDrop} [T];
    {T: NoDrop, const N: usize} [T; N];
    {A: NoDrop} (A,);
    {A: NoDrop, B: NoDrop} (A, B);
    {A: NoDrop, B: NoDrop, C: NoDrop} (A, B, C);
    {A: NoDrop, B: NoDrop, C: NoDrop, D: NoDrop} (A, B, C, D);
    {A: NoDrop, B: NoDrop, C: NoDrop, D: NoDrop, E: NoDrop} (A, B, C, D, E);
    {A: NoDrop, B: NoDrop, C: NoDrop, D: NoDrop, E: NoDrop, F: NoDrop} (A, B, C, D, E, F);
}

no_drop! {
    {} RangeFull;
    {T: NoDrop} Range<T>;
    {T: NoDrop} RangeFrom<T>;
    {T: NoDrop} RangeInclusive<T>;
    {T: NoDrop} RangeTo<T>;
    {T: NoDrop} RangeToInclusive<T>;
}

no_drop! {
    {T} slice::Iter<'_, T>;
    {T} slice::IterMut<'_, T>;
    {T} slice::Windows<'_, T>;
    {T} slice::Chunks<'_, T>;
    {T} slice::ChunksMut<'_, T>;
    {T} slice::ChunksExact<'_, T>;
    {T} slice::ChunksExactMut<'_, T>;
    {T} slice::RChunks<'_, T>;
    {T} slice::RChunksMut<'_, T>;
    {T} slice::RChunksExact<'_, T>;
    {T} slice::RChunksExactMut<'_, T>;
    {T: NoDrop, const N: usize} array::IntoIter<T, N>;
    {T} option::Iter<'_, T>;
    {T} option::IterMut<'_, T>;
    {T: NoDrop} option::IntoIter<T>;
    {T} result::Iter<'_, T>;
    {T} result::IterMut<'_, T>;
    {T: NoDrop} result::IntoIter<T>;
}

no_drop! {
    {} str::Chars<'_>;
    {} str::CharIndices<'_>;
    {} str::Bytes<'_>;
    {} str::EncodeUtf16<'_>;
    {} str::EscapeDebug<'_>;
    {} str::EscapeDefault<'_>;
    {} str::EscapeUnicode<'_>;
    {} str::Lines<'_>;
    {} str::SplitWhitespace<'_>;
    {} str::SplitAsciiWhitespace<'_>;
    {} slice::EscapeAscii<'_>;
}

/// The iterators that search a string, one pattern type at a time: a closure may have something to drop.
macro_rules! no_drop_by_pattern {
    ($({$($generics:tt)*} $pattern:ty;)*) => { $(no_drop! {
        {$($generics)*} str::Split<'_, $pattern>;
        {$($generics)*} str::SplitInclusive<'_, $pattern>;
        {$($generics)*} str::SplitN<'_, $pattern>;
        {$($generics)*} str::SplitTerminator<'_, $pattern>;
        {$($generics)*} str::RSplit<'_, $pattern>;
        {$($generics)*} str::RSplitN<'_, $pattern>;
        {$($generics)*} str::RSplitTerminator<'_, $pattern>;
        {$($generics)*} str::Matches<'_, $pattern>;
        {$($generics)*} str::MatchIndices<'_, $pattern>;
        {$($generics)*} str::RMatches<'_, $pattern>;
        {$($generics)*} str::RMatchIndices<'_, $pattern>;
    })* };
}

no_drop_by_pattern! {
    {} char;
    {} &str;
    {} &&str;
    {} &[char];
    {const N: usize} [char; N];
    {const N: usize} &[char; N];
    {} fn(char) -> bool;
}

no_drop! {
    {I: NoDrop} Enumerate<I>;
    {I: NoDrop + Iterator<Item: NoDrop>} Peekable<I>;
    {I: NoDrop} Rev<I>;
    {I: NoDrop} Skip<I>;
    {I: NoDrop} Take<I>;
    {I: NoDrop} StepBy<I>;
    {I: NoDrop, J: NoDrop} Zip<I, J>;
    {I: NoDrop, J: NoDrop} Chain<I, J>;
    {I: NoDrop} Copied<I>;
    {I: NoDrop} Cloned<I>;
    {I: NoDrop} Cycle<I>;
    {I: NoDrop} Fuse<I>;
    {T} Empty<T>;
    {T: NoDrop} Once<T>;
    {T: NoDrop} Repeat<T>;
}

#[cfg(feature = "alloc")]
mod with_alloc {
    use alloc::collections::{binary_heap, btree_map, btree_set, linked_list, vec_deque};
    use alloc::string::String;
    use core::str;

    use super::NoDrop;

    no_drop_by_pattern! {
        {} &String;
    }

    no_drop! {
        {T} vec_deque::Iter<'_, T>;
        {T} vec_deque::IterMut<'_, T>;
        {T} linked_list::Iter<'_, T>;
        {T} linked_list::IterMut<'_, T>;
        {T} binary_heap::Iter<'_, T>;
        {T} btree_set::Iter<'_, T>;
        {T} btree_set::Range<'_, T>;
        {K, V} btree_map::Iter<'_, K, V>;
        {K, V} btree_map::IterMut<'_, K, V>;
        {K, V} btree_map::Keys<'_, K, V>;
        {K, V} btree_map::Values<'_, K, V>;
        {K, V} btree_map::ValuesMut<'_, K, V>;
        {K, V} btree_map::Range<'_, K, V>;
        {K, V} btree_map::RangeMut<'_, K, V>;
        // The key of an entry is the only thing in it that it owns.
        {K: NoDrop, V} btree_map::Entry<'_, K, V>;
        {K: NoDrop, V} btree_map::OccupiedEntry<'_, K, V>;
        {K: NoDrop, V} btree_map::VacantEntry<'_, K, V>;
    }
}

#[cfg(feature = "std")]
mod with_std {
    use std::collections::{hash_map, hash_set};
    use std::path;

    use super::NoDrop;

    no_drop! {
        {T} hash_set::Iter<'_, T>;
        {K, V} hash_map::Iter<'_, K, V>;
        {K, V} hash_map::IterMut<'_, K, V>;
        {K, V} hash_map::Keys<'_, K, V>;
        {K, V} hash_map::Values<'_, K, V>;
        {K, V} hash_map::ValuesMut<'_, K, V>;
        {K: NoDrop, V} hash_map::Entry<'_, K, V>;
        {K: NoDrop, V} hash_map::OccupiedEntry<'_, K, V>;
        {K: NoDrop, V} hash_map::VacantEntry<'_, K, V>;
        {} path::Components<'_>;
        {} path::Iter<'_>;
        {} path::Ancestors<'_>;
    }
}
