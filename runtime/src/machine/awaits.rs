//! [`Await2`] and so on: what a function awaits at one of several places.

use core::future::{Future, IntoFuture};
use core::pin::Pin;
use core::task::{Context, Poll};

/// What `.await` does first: gives the future of something that can be awaited.
///
/// It is [`IntoFuture::into_future`] as a function, so that an expansion says with one name what is awaited.
///
/// ```
/// use std::future::ready;
/// use unawait::machine::into_future;
///
/// let awaited = into_future(ready(1));
/// # drop(awaited);
/// ```
#[inline(always)]
pub fn into_future<A: IntoFuture>(awaited: A) -> A::IntoFuture {
    awaited.into_future()
}

/// For each number of places an enum of what is awaited there, which is the enum of its outputs too.
macro_rules! awaits {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident: $type:ident),* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $name<$($type),*> {
            $(
                #[allow(missing_docs, reason = "they are numbered")]
                $variant($type),
            )*
        }

        impl<$($type: Future),*> Future for $name<$($type),*> {
            type Output = $name<$($type::Output),*>;

            #[inline]
            fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
                // SAFETY: what is pinned as a whole is pinned in its parts. Nothing is moved out of the variants here, the
                // enum has no `Drop`, and it is `Unpin` only where all that it may hold is.
                #[allow(unsafe_code, reason = "a projection of a pinned enum")]
                unsafe {
                    match self.get_unchecked_mut() {
                        $($name::$variant(awaited) => Pin::new_unchecked(awaited).poll(context).map($name::$variant),)*
                    }
                }
            }
        }
    )*};
}

awaits! {
    /// What a function awaits that has two places where it waits, and what it gets back there.
    ///
    /// A generator yields values of one type, and the futures that it awaits have several: so they are wrapped in the variant
    /// of the place. Awaiting the whole awaits what is inside, and gives its output in the same variant.
    Await2 { Await0: A, Await1: B }
    /// [`Await2`] for 3 places.
    Await3 { Await0: A, Await1: B, Await2: C }
    /// [`Await2`] for 4 places.
    Await4 { Await0: A, Await1: B, Await2: C, Await3: D }
    /// [`Await2`] for 5 places.
    Await5 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E }
    /// [`Await2`] for 6 places.
    Await6 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F }
    /// [`Await2`] for 7 places.
    Await7 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F, Await6: G }
    /// [`Await2`] for 8 places.
    Await8 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F, Await6: G, Await7: H }
    /// [`Await2`] for 9 places.
    Await9 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F, Await6: G, Await7: H, Await8: I }
    /// [`Await2`] for 10 places.
    Await10 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F, Await6: G, Await7: H, Await8: I, Await9: J }
    /// [`Await2`] for 11 places.
    Await11 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F, Await6: G, Await7: H, Await8: I, Await9: J, Await10: K }
    /// [`Await2`] for 12 places.
    Await12 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F, Await6: G, Await7: H, Await8: I, Await9: J, Await10: K, Await11: L }
    /// [`Await2`] for 13 places.
    Await13 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F, Await6: G, Await7: H, Await8: I, Await9: J, Await10: K, Await11: L, Await12: M }
    /// [`Await2`] for 14 places.
    Await14 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F, Await6: G, Await7: H, Await8: I, Await9: J, Await10: K, Await11: L, Await12: M, Await13: N }
    /// [`Await2`] for 15 places.
    Await15 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F, Await6: G, Await7: H, Await8: I, Await9: J, Await10: K, Await11: L, Await12: M, Await13: N, Await14: O }
    /// [`Await2`] for 16 places.
    Await16 { Await0: A, Await1: B, Await2: C, Await3: D, Await4: E, Await5: F, Await6: G, Await7: H, Await8: I, Await9: J, Await10: K, Await11: L, Await12: M, Await13: N, Await14: O, Await15: P }
}
