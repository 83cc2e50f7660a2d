//! [`compared`]: when the left side of a comparison is read, decided by its type.

use core::ops::Deref;

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
}
