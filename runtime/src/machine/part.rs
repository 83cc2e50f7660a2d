//! [`part`]: whether a part of a local that was used by value is gone, decided by its type.

use core::marker::PhantomData;
use core::ops::Deref;

use super::Never;

/// The type of a part of a local, without the part.
///
/// After `let body = *boxed;` the box can be kept only if what is in it was copied; otherwise it is empty, and any mention of
/// it is an error. A machine has to say both, and let types choose, as here for a field:
///
/// ```
/// # #![allow(unreachable_code)]
/// use unawait::machine::{part, unseen};
///
/// struct Message { id: u32, body: String }
/// let message = Message { id: 1, body: String::new() };
/// drop(message.id);
/// let kept = match ('part: { break 'part unseen(); part(&message.id) }).copied() {
///     Some(copied) => { copied.proceed(); Some(message) }
///     None => None,
/// };
/// assert!(kept.is_some());
///
/// let message = kept.unwrap();
/// drop(message.body);
/// let kept = match ('part: { break 'part unseen(); part(&message.body) }).copied() {
///     Some(copied) => { copied.proceed(); Some(message) }
///     None => None,
/// };
/// assert!(kept.is_none());
/// ```
///
/// The mention after `break` is never reached: it is there for its type. And where the part was moved, `proceed` returns
/// a type without values, so the borrow checker sees that `Some(message)` is not reached either.
#[inline(always)]
pub fn part<T>(_part: &T) -> Part<T> {
    unseen()
}

/// A [`part`] whose type is still to be inferred.
#[inline(always)]
pub fn unseen<T>() -> Part<T> {
    Part(Moved(PhantomData))
}

/// The type of a [`part`].
pub struct Part<T>(Moved<T>);

/// A part whose type is not `Copy`.
pub struct Moved<T>(PhantomData<T>);

/// Says that code which uses a local goes on: a part of it was copied, or its drop matters.
pub struct Seen(pub(super) ());

impl<T> Deref for Part<T> {
    type Target = Moved<T>;

    #[inline(always)]
    fn deref(&self) -> &Moved<T> {
        &self.0
    }
}

impl<T: Copy> Part<T> {
    /// `Some` if the part is `Copy`, so that using it by value left it where it was.
    #[inline(always)]
    pub fn copied(&self) -> Option<Seen> {
        Some(Seen(()))
    }
}

impl<T: Deref> Part<T> {
    /// `None`, of a local: it is a pointer, and who takes a field by it takes all of it.
    #[inline(always)]
    pub fn parted(&self) -> Option<Never> {
        None
    }
}

impl<T> Moved<T> {
    /// `Some`, of a local: a field of it is a part of it.
    #[inline(always)]
    pub fn parted(&self) -> Option<Seen> {
        Some(Seen(()))
    }

    /// `None`: the part was moved.
    #[inline(always)]
    pub fn copied(&self) -> Option<Never> {
        None
    }
}

impl Seen {
    /// Goes on.
    #[inline(always)]
    pub fn proceed(self) {}
}

impl Never {
    /// Does not happen.
    #[inline(always)]
    pub fn proceed(self) -> Never {
        self
    }
}
