//! [`compared`]: when the left side of a comparison, or a receiver, is read, decided by its type; [`unchanged`]: that it is the same.

use core::ops::{Deref, DerefMut};

/// The left side of a comparison whose right side suspends, and may change it meanwhile.
///
/// `place == value` reads a number before the value is evaluated. What it compares by a method, it borrows, so that it is the same
/// afterwards. A machine copies the one and looks the other up again:
///
/// ```
/// use unawait::machine::compared;
///
/// let mut count = 1;
/// let early = compared(&count).early();
/// count += 1;
/// assert!(*early.or(&count) == 1);
///
/// let name = String::from("fib");
/// let early = compared(&name).early();
/// assert!(*early.or(&name) == "fib");
/// ```
#[inline(always)]
pub fn compared<T>(place: &T) -> Compared<'_, T> {
    Compared(Lasting(place))
}

/// The second value, which is evaluated while the first one is borrowed, and so does not change it.
///
/// ```
/// use unawait::machine::unchanged;
///
/// let list = vec![1, 2];
/// assert_eq!(unchanged(&list, list.len()), 2);
/// ```
#[inline(always)]
pub fn unchanged<T: ?Sized, V>(_place: &T, value: V) -> V {
    value
}

/// The left side of a comparison.
pub struct Compared<'a, T>(Lasting<'a, T>);

/// One whose type is not `Copy`.
pub struct Lasting<'a, T>(&'a T);

impl<'a, T> Deref for Compared<'a, T> {
    type Target = Lasting<'a, T>;

    #[inline(always)]
    fn deref(&self) -> &Lasting<'a, T> {
        &self.0
    }
}

impl<T: Copy> Compared<'_, T> {
    /// What it is now.
    #[inline(always)]
    pub fn early(&self) -> Early<T> {
        Early(*self.0.0)
    }
}

impl<T> Lasting<'_, T> {
    /// Nothing: it is borrowed until both sides are compared.
    #[inline(always)]
    pub fn early(&self) -> Later {
        Later
    }
}

/// What the left side was before the right side.
#[derive(Clone, Copy, Debug)]
pub struct Early<T>(T);

impl<T> Early<T> {
    /// What it was, not what it is.
    #[inline(always)]
    pub fn or(&self, _place: &T) -> &T {
        &self.0
    }

    /// What a method takes or borrows as it was, and changes as it is.
    ///
    /// ```
    /// use unawait::machine::compared;
    ///
    /// let mut count = 1_u32;
    /// let early = compared(&count).early();
    /// count += 1;
    /// assert_eq!(early.receiver(&mut count).wrapping_add(5), 6);
    /// early.receiver(&mut count).clone_from(&7);
    /// assert_eq!(count, 7);
    /// ```
    #[inline(always)]
    pub fn receiver(self, place: &mut T) -> Receiver<'_, T> {
        Receiver { early: self.0, place }
    }
}

/// A receiver of a `Copy` type.
#[derive(Debug)]
pub struct Receiver<'a, T> {
    early: T,
    place: &'a mut T,
}

impl<T> Deref for Receiver<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.early
    }
}

impl<T> DerefMut for Receiver<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        self.place
    }
}

/// The left side is what it was.
#[derive(Clone, Copy, Debug)]
pub struct Later;

impl Later {
    /// What it is.
    #[inline(always)]
    pub fn or<'a, T>(&self, place: &'a T) -> &'a T {
        place
    }

    /// What it is.
    #[inline(always)]
    pub fn receiver<T>(self, place: &mut T) -> &mut T {
        place
    }
}
