//! [`Positions`]: continuing a loop over a borrow of a local by position.

use core::{
    iter::{Copied, Enumerate, Rev, Skip, StepBy, Take},
    slice, str,
};

#[cfg(feature = "alloc")]
use alloc::{
    boxed::Box,
    collections::{VecDeque, vec_deque},
    rc::Rc,
    sync::Arc,
    vec::Vec,
};

/// A reference to a collection whose elements can be had by position, in constant time.
///
/// A loop over a borrow of a local (`for x in &list`) cannot keep its iterator across a suspension: the list is in
/// the same state, and would be borrowed by its neighbour. It keeps the position instead, and borrows again.
#[diagnostic::on_unimplemented(
    message = "a loop over a borrow of a local cannot be continued by position in `{Self}`",
    label = "a suspension in this loop ends the borrow, and `{Self}` has no n-th element in constant time",
    note = "write `for x in collection.into_iter()` to iterate over the value itself",
    note = "or `for x in iterator.by_ref()`, if it is an iterator",
    note = "or collect what the loop needs first: write `let keys: Vec<_> = map.keys().cloned().collect();`",
    note = "or take the collection as an argument by reference: a borrow of an argument can be kept"
)]
pub trait Positions {
    /// What the loop gets: a reference to an element.
    type Item;

    /// The element at `position`, counted from 0, if there are so many.
    fn nth_of(self, position: usize) -> Option<Self::Item>;
}

/// A reference to a collection whose elements can be had from its end too: `for x in list.iter().rev()`.
#[diagnostic::on_unimplemented(
    message = "a loop over a borrow of a local cannot be continued by position in `{Self}`",
    label = "a suspension in this loop ends the borrow, and `{Self}` has no n-th element in constant time",
    note = "collect what the loop needs first: write `let keys: Vec<_> = map.keys().rev().cloned().collect();`",
    note = "or take the collection as an argument by reference: a borrow of an argument can be kept"
)]
pub trait PositionsBack: Positions {
    /// The element at `position`, counted from the end, if there are so many: 0 is the last one.
    fn nth_back_of(self, position: usize) -> Option<Self::Item>;
}

/// The element of `collection` at `position`, if there are so many.
///
/// ```
/// use unawait::machine::nth_of;
///
/// let mut tags = vec!["a", "b"];
/// assert_eq!(nth_of(&tags, 1), Some(&"b"));
/// if let Some(tag) = nth_of(&mut tags, 0) {
///     *tag = "c";
/// }
/// assert_eq!(nth_of(&tags, 0), Some(&"c"));
/// assert_eq!(nth_of(&tags, 2), None);
/// ```
#[inline]
pub fn nth_of<T, C: Positions<Item = T>>(collection: C, position: usize) -> Option<T> {
    collection.nth_of(position)
}

/// The element of `collection` at `position`, counted from the end, if there are so many.
///
/// ```
/// use unawait::machine::nth_back_of;
///
/// let mut tags = vec!["a", "b"];
/// assert_eq!(nth_back_of(&tags, 0), Some(&"b"));
/// if let Some(tag) = nth_back_of(&mut tags, 1) {
///     *tag = "c";
/// }
/// assert_eq!(nth_back_of(&tags, 1), Some(&"c"));
/// assert_eq!(nth_back_of(&tags, 2), None);
/// ```
#[inline]
pub fn nth_back_of<T, C: PositionsBack<Item = T>>(collection: C, position: usize) -> Option<T> {
    collection.nth_back_of(position)
}

/// A collection that has `get` and `get_mut`.
macro_rules! positions {
    ($(#[$attribute:meta])* $collection:ty $(, $length:ident)?) => {
        $(#[$attribute])*
        #[diagnostic::do_not_recommend]
        impl<'a, T $(, const $length: usize)?> Positions for &'a $collection {
            type Item = &'a T;

            #[inline]
            fn nth_of(self, position: usize) -> Option<&'a T> {
                self.get(position)
            }
        }

        $(#[$attribute])*
        #[diagnostic::do_not_recommend]
        impl<'a, T $(, const $length: usize)?> PositionsBack for &'a $collection {
            #[inline]
            fn nth_back_of(self, position: usize) -> Option<&'a T> {
                self.iter().nth_back(position)
            }
        }

        $(#[$attribute])*
        #[diagnostic::do_not_recommend]
        impl<'a, T $(, const $length: usize)?> Positions for &'a mut $collection {
            type Item = &'a mut T;

            #[inline]
            fn nth_of(self, position: usize) -> Option<&'a mut T> {
                self.get_mut(position)
            }
        }

        $(#[$attribute])*
        #[diagnostic::do_not_recommend]
        impl<'a, T $(, const $length: usize)?> PositionsBack for &'a mut $collection {
            #[inline]
            fn nth_back_of(self, position: usize) -> Option<&'a mut T> {
                self.iter_mut().nth_back(position)
            }
        }
    };
}

positions!([T]);
positions!([T; N], N);
positions!(#[cfg(feature = "alloc")] Vec<T>);
positions!(#[cfg(feature = "alloc")] VecDeque<T>);

#[diagnostic::do_not_recommend]
impl<'a, T> Positions for &'a Option<T> {
    type Item = &'a T;

    #[inline]
    fn nth_of(self, position: usize) -> Option<&'a T> {
        self.iter().nth(position)
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T> Positions for &'a mut Option<T> {
    type Item = &'a mut T;

    #[inline]
    fn nth_of(self, position: usize) -> Option<&'a mut T> {
        self.iter_mut().nth(position)
    }
}

/// A reference or a pointer to something with positions: `list.iter()` looks through it too.
macro_rules! positions_behind {
    ($(#[$attribute:meta])* shared $pointer:ty) => {
        $(#[$attribute])*
        #[diagnostic::do_not_recommend]
        impl<'a, C: ?Sized> Positions for &'a $pointer
        where
            &'a C: Positions,
        {
            type Item = <&'a C as Positions>::Item;

            #[inline]
            fn nth_of(self, position: usize) -> Option<Self::Item> {
                (**self).nth_of(position)
            }
        }

        $(#[$attribute])*
        #[diagnostic::do_not_recommend]
        impl<'a, C: ?Sized> PositionsBack for &'a $pointer
        where
            &'a C: PositionsBack,
        {
            #[inline]
            fn nth_back_of(self, position: usize) -> Option<Self::Item> {
                (**self).nth_back_of(position)
            }
        }
    };
    ($(#[$attribute:meta])* mutable $pointer:ty) => {
        $(#[$attribute])*
        #[diagnostic::do_not_recommend]
        impl<'a, C: ?Sized> Positions for &'a mut $pointer
        where
            &'a mut C: Positions,
        {
            type Item = <&'a mut C as Positions>::Item;

            #[inline]
            fn nth_of(self, position: usize) -> Option<Self::Item> {
                (**self).nth_of(position)
            }
        }

        $(#[$attribute])*
        #[diagnostic::do_not_recommend]
        impl<'a, C: ?Sized> PositionsBack for &'a mut $pointer
        where
            &'a mut C: PositionsBack,
        {
            #[inline]
            fn nth_back_of(self, position: usize) -> Option<Self::Item> {
                (**self).nth_back_of(position)
            }
        }
    };
}

/// The elements live as long as the reference that is in the variable, not as long as the borrow of it.
#[diagnostic::do_not_recommend]
impl<'a, C: ?Sized> Positions for &&'a C
where
    &'a C: Positions,
{
    type Item = <&'a C as Positions>::Item;

    #[inline]
    fn nth_of(self, position: usize) -> Option<Self::Item> {
        (*self).nth_of(position)
    }
}

#[diagnostic::do_not_recommend]
impl<'a, C: ?Sized> PositionsBack for &&'a C
where
    &'a C: PositionsBack,
{
    #[inline]
    fn nth_back_of(self, position: usize) -> Option<Self::Item> {
        (*self).nth_back_of(position)
    }
}

positions_behind!(shared &mut C);
positions_behind!(mutable &mut C);
positions_behind!(#[cfg(feature = "alloc")] shared Box<C>);
positions_behind!(#[cfg(feature = "alloc")] mutable Box<C>);
positions_behind!(#[cfg(feature = "alloc")] shared Rc<C>);
positions_behind!(#[cfg(feature = "alloc")] shared Arc<C>);

/// An iterator that finds its n-th item in constant time: a loop over one that borrows a local makes it again at each step.
macro_rules! iterators {
    ($($(#[$attribute:meta])* [$($generic:tt)*] $iterator:ty;)*) => {$(
        $(#[$attribute])*
        #[diagnostic::do_not_recommend]
        impl<$($generic)*> Positions for $iterator {
            type Item = <Self as Iterator>::Item;

            #[inline]
            fn nth_of(mut self, position: usize) -> Option<Self::Item> {
                self.nth(position)
            }
        }
    )*};
}

iterators! {
    ['a, T] slice::Iter<'a, T>;
    ['a, T] slice::Windows<'a, T>;
    ['a, T] slice::Chunks<'a, T>;
    ['a, T] slice::ChunksExact<'a, T>;
    ['a, T] slice::RChunks<'a, T>;
    ['a, T] slice::RChunksExact<'a, T>;
    ['a, T] slice::IterMut<'a, T>;
    ['a, T] slice::ChunksMut<'a, T>;
    ['a, T] slice::ChunksExactMut<'a, T>;
    ['a, T] slice::RChunksMut<'a, T>;
    ['a, T] slice::RChunksExactMut<'a, T>;
    ['a] str::Bytes<'a>;
    #[cfg(feature = "alloc")] ['a, T] vec_deque::Iter<'a, T>;
    #[cfg(feature = "alloc")] ['a, T] vec_deque::IterMut<'a, T>;
    ['a, T: Copy + 'a, I: Positions + Iterator<Item = &'a T>] Copied<I>;
    [I: Positions + Iterator] Enumerate<I>;
    [I: Positions + DoubleEndedIterator] Rev<I>;
    [I: Positions + Iterator] Skip<I>;
    [I: Positions + Iterator] StepBy<I>;
    [I: Positions + Iterator] Take<I>;
}

/// An iterator over the characters of a text, which finds the next one in constant time, by bytes.
#[diagnostic::on_unimplemented(
    message = "a loop over a borrow of a local cannot be continued by position in `{Self}`",
    label = "a suspension in this loop ends the borrow, and `{Self}` does not go over the characters of a text",
    note = "take what it borrows as an argument by reference: a borrow of an argument can be kept"
)]
pub trait Characters: Iterator {
    /// The item at this byte, and the byte behind it.
    fn next_of(self, position: usize) -> Option<(Self::Item, usize)>;
}

impl Characters for str::Chars<'_> {
    #[inline]
    fn next_of(self, position: usize) -> Option<(char, usize)> {
        let c = self.as_str().get(position..)?.chars().next()?;
        Some((c, position + c.len_utf8()))
    }
}

impl Characters for str::CharIndices<'_> {
    #[inline]
    fn next_of(self, position: usize) -> Option<((usize, char), usize)> {
        let c = self.as_str().get(position..)?.chars().next()?;
        Some(((position, c), position + c.len_utf8()))
    }
}

/// The same from the end: `for c in text.chars().rev()`. A position counts the bytes behind the item.
pub trait CharactersBack: Characters {
    /// The item that ends before so many bytes, and how many there are with it.
    fn next_back_of(self, position: usize) -> Option<(Self::Item, usize)>;
}

impl CharactersBack for str::Chars<'_> {
    #[inline]
    fn next_back_of(self, position: usize) -> Option<(char, usize)> {
        let text = self.as_str();
        let c = text.get(..text.len().checked_sub(position)?)?.chars().next_back()?;
        Some((c, position + c.len_utf8()))
    }
}

impl CharactersBack for str::CharIndices<'_> {
    #[inline]
    fn next_back_of(self, position: usize) -> Option<((usize, char), usize)> {
        let text = self.as_str();
        let item = text
            .get(..text.len().checked_sub(position)?)?
            .char_indices()
            .next_back()?;
        Some((item, position + item.1.len_utf8()))
    }
}

/// The item before those of the last `position` bytes of a text, which then are the bytes with it.
///
/// ```
/// use unawait::machine::next_back_of;
///
/// let (text, mut position) = ("né", 0);
/// assert_eq!(next_back_of(text.chars(), &mut position), Some('é'));
/// assert_eq!(next_back_of(text.char_indices(), &mut position), Some((0, 'n')));
/// assert_eq!(next_back_of(text.chars(), &mut position), None);
/// ```
#[inline]
pub fn next_back_of<C: CharactersBack>(text: C, position: &mut usize) -> Option<C::Item> {
    let (item, next) = text.next_back_of(*position)?;
    *position = next;
    Some(item)
}

/// The next item of an iterator over a text that has come to the byte `position`, which goes on to the one behind it.
///
/// ```
/// use unawait::machine::next_of;
///
/// let (text, mut position) = ("né", 0);
/// assert_eq!(next_of(text.chars(), &mut position), Some('n'));
/// assert_eq!(next_of(text.char_indices(), &mut position), Some((1, 'é')));
/// assert_eq!(next_of(text.chars(), &mut position), None);
/// assert_eq!(position, 3);
/// ```
#[inline]
pub fn next_of<C: Characters>(text: C, position: &mut usize) -> Option<C::Item> {
    let (item, next) = text.next_of(*position)?;
    *position = next;
    Some(item)
}
