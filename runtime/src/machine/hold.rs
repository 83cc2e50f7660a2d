//! [`hold`]: whether a dead local has to live on in the state, decided by its type.
//!
//! The decision is made by method resolution, which looks for `keep` in this order, each type being a `Deref` away from
//! the one before, and takes the first that fits:
//!
//! 1. `Hold`: references;
//! 2. `Callable`: closures and functions;
//! 3. `Value`: what is `Copy`;
//! 4. `Borrower`: what is `NoDrop`;
//! 5. `Owner`: anything.
//!
//! All methods are inherent, so that nothing but `hold` has to be imported. `Signature` is inferred: it is the type as a
//! function pointer of what can be called, and `()` of everything else.

use core::future::Future;
use core::marker::PhantomData;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::{NoDrop, Seen};

/// Asks whether a local that is dead, but still in scope at a suspension, has to live on in the state.
///
/// `hold(&x).keep(x)` is `Some(x)` if dropping `x` can matter, for that has to happen at the end of its scope; else it
/// is `None`, of a type without size. So a dead number costs nothing, a dead raw pointer does not make the machine
/// `!Send`, and a dead reference does not keep borrowed what it pointed to:
///
/// ```
/// use unawait::machine::hold;
///
/// let mut names = vec!["a"];
/// let last = names.last_mut().unwrap();
/// *last = "b";
/// let held = hold(&last).keep(last); // `None`: a reference needs no drop
/// let moved = names; // so `names` is not borrowed any more
/// assert!(held.is_none());
/// assert_eq!(size_of_val(&held), 0);
///
/// let held = hold(&moved).keep(moved);
/// assert_eq!(held, Some(vec!["b"]));
/// ```
///
/// Nothing is held of a type that is `Copy` or [`NoDrop`]. Except for closures: whether one is `Copy` is not known yet
/// where rustc has to choose, so all that can be called is held.
///
/// The type of `x` has to be known where this stands. Where it is not, rustc takes `x` for `Copy`, and says so if it
/// turns out otherwise.
#[inline(always)]
pub fn hold<T, Signature>(_local: &T) -> Hold<T, Signature> {
    unheld()
}

/// What [`hold`] knows about a local: its type.
pub struct Hold<T, Signature>(Callable<T, Signature>);

/// A local that is no reference.
pub struct Callable<T, Signature>(Value<T, Signature>);

/// A local that cannot be called either.
pub struct Value<T, Signature>(Borrower<T, Signature>);

/// A local that is not `Copy` either.
pub struct Borrower<T, Signature>(Owner<T, Signature>);

/// A local that is not `NoDrop` either.
pub struct Owner<T, Signature>(PhantomData<(T, Signature)>);

/// What is never there: the type of a local that is not held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Never {}

/// What is awaited by a function that awaits nothing.
impl Future for Never {
    type Output = Never;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Never> {
        match *self {}
    }
}

/// A [`hold`] whose type is still to be inferred, of a local that may be borrowed.
///
/// `hold(&x).keep(x)` mentions `x`, even where it is a reference that something else has borrowed through. The mention
/// after `break` is never reached, and where [`drops`](Hold::drops) says that nothing has to be held, rustc sees that
/// `Some(x)` is not reached either:
///
/// ```
/// # #![allow(unreachable_code)]
/// use unawait::machine::{hold, unheld};
///
/// let mut rows = [[1, 2], [3, 4]];
/// let row = &mut rows[0];
/// let cells = row.iter_mut();
/// let held = match ('hold: { break 'hold unheld(); hold(&row) }).drops() {
///     Some(drops) => { drops.proceed(); Some(row) }
///     None => None,
/// };
/// assert!(held.is_none());
/// cells.for_each(|cell| *cell += 1);
/// assert_eq!(rows[0], [2, 3]);
/// ```
#[inline(always)]
pub fn unheld<T, Signature>() -> Hold<T, Signature> {
    Hold(Callable(Value(Borrower(Owner(PhantomData)))))
}

/// `&T` and `&mut T`: in one word, for where rustc knows no type after another error, it must have but one `keep` to choose.
pub trait Reference {}

impl<T: ?Sized> Reference for &T {}

impl<T: ?Sized> Reference for &mut T {}

/// `keep` where nothing has to be held.
macro_rules! let_go {
    ($({$($generics:tt)*} $layer:ident of $local:ty;)*) => {$(
        impl<$($generics)*> $layer<$local, ()> {
            /// Nothing of `local` is held: its drop does nothing.
            #[inline(always)]
            pub fn keep(&self, _local: $local) -> Option<Never> {
                None
            }

            /// The same, without the local.
            #[inline(always)]
            pub fn drops(&self) -> Option<Never> {
                None
            }
        }
    )*};
}

let_go! {
    {T: Reference} Hold of T;
    {T: Copy} Value of T;
    {T: NoDrop} Borrower of T;
}

/// `keep` of what can be called, with so many arguments.
macro_rules! keep_callable {
    ($($($argument:ident)*;)*) => {$(
        impl<T: FnOnce($($argument),*) -> R, R $(, $argument)*> Callable<T, fn($($argument),*) -> R> {
            /// All of `local` is held: it may be a closure with something to drop.
            #[inline(always)]
            pub fn keep(&self, local: T) -> Option<T> {
                Some(local)
            }

            /// The same, without the local.
            #[inline(always)]
            pub fn drops(&self) -> Option<Seen> {
                Some(Seen(()))
            }
        }
    )*};
}

keep_callable! {
    ;
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
}

impl<T> Owner<T, ()> {
    /// All of `local` is held: its drop may matter.
    #[inline(always)]
    pub fn keep(&self, local: T) -> Option<T> {
        Some(local)
    }

    /// The same, without the local.
    #[inline(always)]
    pub fn drops(&self) -> Option<Seen> {
        Some(Seen(()))
    }
}

/// The next place to look for `keep`.
macro_rules! else_in {
    ($($layer:ident => $next:ident;)*) => {$(
        impl<T, Signature> Deref for $layer<T, Signature> {
            type Target = $next<T, Signature>;

            #[inline(always)]
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
    )*};
}

else_in! {
    Hold => Callable;
    Callable => Value;
    Value => Borrower;
    Borrower => Owner;
}
