//! [`Await2`] and so on: what a function awaits at one of several places.

use core::future::{Future, IntoFuture};
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::{InputSlot, unexpected_input};
use crate::CoroutineState::{self, Complete, Yielded};

/// What `.await` does first: gives the future of something that can be awaited.
///
/// It is [`IntoFuture::into_future`] as a method of its own name: `futures::TryFutureExt` has another `into_future`.
///
/// ```
/// use std::future::ready;
/// use unawait::machine::Awaitable;
///
/// let awaited = ready(1).awaitable();
/// # drop(awaited);
/// ```
pub trait Awaitable: IntoFuture {
    /// The future. The event loop remembers the place of the call, which is that of the user's `.await`.
    #[inline(always)]
    #[track_caller]
    fn awaitable(self) -> Self::IntoFuture
    where
        Self: Sized,
    {
        #[cfg(feature = "event-loop")]
        crate::waiting::awaits_at(core::panic::Location::caller());
        self.into_future()
    }
}

// `?Sized`, so that rustc says of what is no future only that.
impl<A: IntoFuture + ?Sized> Awaitable for A {}

/// Calls a method that takes its receiver by value, and whose future is awaited: `consumed(|| response.text())`.
///
/// Whether a method does, only its type tells, and a machine has to know whether it still has what the method is called on.
/// This says that it has not. The closure captures what it calls the method on as the method takes it, and is a part of the
/// future's type: if the method only borrows a local, the future cannot leave the function, and nothing is dropped too early.
///
/// ```
/// use std::future::{Future, Ready, ready};
/// use unawait::machine::consumed;
///
/// struct Response(String);
///
/// impl Response {
///     fn text(self) -> Ready<String> {
///         ready(self.0)
///     }
/// }
///
/// fn text(response: Response) -> impl Future<Output = String> {
///     consumed(|| response.text())
/// }
/// ```
///
/// ```compile_fail,E0373
/// # use std::future::{Future, Ready, ready};
/// # use unawait::machine::consumed;
/// # struct Response(String);
/// # impl Response { fn length(&self) -> Ready<usize> { ready(self.0.len()) } }
/// fn length(response: Response) -> impl Future<Output = usize> {
///     consumed(|| response.length())
/// }
/// ```
#[inline(always)]
pub fn consumed<A: IntoFuture, F: FnOnce() -> A>(call: F) -> Consumed<A::IntoFuture, F> {
    Consumed {
        future: call().into_future(),
        call: PhantomData,
    }
}

pin_project! {
    /// The future that a method gives which took its receiver: see [`consumed`].
    #[must_use = "futures do nothing unless polled"]
    pub struct Consumed<A, F> {
        #[pin]
        future: A,
        call: PhantomData<fn() -> F>,
    }
}

impl<A: Future, F> Future for Consumed<A, F> {
    type Output = A::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<A::Output> {
        self.project().future.poll(context)
    }
}

/// What a generator can give its stepper to wait for: a future, one of several ([`Await2`]), or in a stream another stream
/// ([`Delegate`]), whose items go out as those of the stream before it gives its output.
///
/// It is implemented for every [`Future`].
pub trait Awaited<Item> {
    /// What the generator is resumed with.
    type Output;

    /// Polls it: `Yielded` is an item of a delegate, `Complete` the output.
    fn poll_awaited(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<CoroutineState<Item, Self::Output>>;
}

impl<F: Future, Item> Awaited<Item> for F {
    type Output = F::Output;

    #[inline]
    fn poll_awaited(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<CoroutineState<Item, F::Output>> {
        self.poll(context).map(Complete)
    }
}

/// What an async generator yields: something to wait for, or an item of the stream.
#[derive(Clone, Copy, Debug)]
pub enum Emitted<A, T> {
    /// The generator goes on when this has given its output.
    Awaiting(A),
    /// The next item of the stream.
    Next(T),
}

pin_project! {
    /// A stream that another one gives out as its own: `yield_from!(stream)`.
    #[must_use = "streams do nothing unless polled"]
    pub struct Delegate<S> {
        #[pin]
        stream: S,
    }
}

/// What `yield_from!` of a stream does first: makes a [`Delegate`] of it.
///
/// It is a method, because of a method of what is no stream rustc says just that, there.
pub trait Delegated: IsStream {
    /// The stream, as a future that a generator waits for.
    #[inline]
    fn delegated(self) -> Delegate<Self>
    where
        Self: Sized,
    {
        Delegate { stream: self }
    }
}

// `?Sized`, so that rustc says of what is no stream only that.
impl<S: IsStream + ?Sized> Delegated for S {}

/// Every [`Stream`], under a name of which rustc says what is wrong.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a stream",
    label = "`{Self}` is not a stream",
    note = "in a stream `yield_from!` gives out the items of another stream",
    note = "if it is an iterator, write a `for` loop that yields each of its items"
)]
pub trait IsStream {}

impl<S: Stream + ?Sized> IsStream for S {}

/// Makes a [`Delegate`] of a stream, as [`Delegated`] does.
#[inline]
pub fn delegate_to<S: Stream>(stream: S) -> Delegate<S> {
    Delegate { stream }
}

impl<S: Stream> Awaited<S::Item> for Delegate<S> {
    type Output = ();

    #[inline]
    fn poll_awaited(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<CoroutineState<S::Item, ()>> {
        self.project().stream.poll_next(context).map(|item| match item {
            Some(item) => Yielded(item),
            None => Complete(()),
        })
    }
}

/// For each number of places an enum of what is awaited there, which is the enum of its outputs too.
macro_rules! awaits {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident $output:ident: $type:ident),* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $name<$($type),*> {
            $(
                #[allow(missing_docs, reason = "they are numbered")]
                $variant($type),
            )*
        }

        impl<$($type),*> $name<$($type),*> {
            $(
                /// Takes what the await gave that the function waits at.
                // Not always inlined: without optimization each function would have a copy.
                #[inline]
                #[track_caller]
                pub fn $output<S: InputSlot<Input = Self>>(input: S) -> $type {
                    match input.take() {
                        Some($name::$variant(output)) => output,
                        _ => unexpected_input(),
                    }
                }
            )*
        }

        impl<Item, $($type: Awaited<Item>),*> Awaited<Item> for $name<$($type),*> {
            type Output = $name<$($type::Output),*>;

            #[inline]
            fn poll_awaited(
                self: Pin<&mut Self>,
                context: &mut Context<'_>,
            ) -> Poll<CoroutineState<Item, Self::Output>> {
                // SAFETY: what is pinned as a whole is pinned in its parts. Nothing is moved out of the variants here, the
                // enum has no `Drop`, and it is `Unpin` only where all that it may hold is.
                #[allow(unsafe_code, reason = "a projection of a pinned enum")]
                unsafe {
                    match self.get_unchecked_mut() {
                        $($name::$variant(awaited) => match Pin::new_unchecked(awaited).poll_awaited(context) {
                            Poll::Pending => Poll::Pending,
                            Poll::Ready(Yielded(item)) => Poll::Ready(Yielded(item)),
                            Poll::Ready(Complete(output)) => Poll::Ready(Complete($name::$variant(output))),
                        },)*
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
    Await2 { Await0 await0: A, Await1 await1: B }
    /// [`Await2`] for 3 places.
    Await3 { Await0 await0: A, Await1 await1: B, Await2 await2: C }
    /// [`Await2`] for 4 places.
    Await4 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D }
    /// [`Await2`] for 5 places.
    Await5 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E }
    /// [`Await2`] for 6 places.
    Await6 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F }
    /// [`Await2`] for 7 places.
    Await7 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F, Await6 await6: G }
    /// [`Await2`] for 8 places.
    Await8 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F, Await6 await6: G, Await7 await7: H }
    /// [`Await2`] for 9 places.
    Await9 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F, Await6 await6: G, Await7 await7: H, Await8 await8: I }
    /// [`Await2`] for 10 places.
    Await10 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F, Await6 await6: G, Await7 await7: H, Await8 await8: I, Await9 await9: J }
    /// [`Await2`] for 11 places.
    Await11 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F, Await6 await6: G, Await7 await7: H, Await8 await8: I, Await9 await9: J, Await10 await10: K }
    /// [`Await2`] for 12 places.
    Await12 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F, Await6 await6: G, Await7 await7: H, Await8 await8: I, Await9 await9: J, Await10 await10: K, Await11 await11: L }
    /// [`Await2`] for 13 places.
    Await13 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F, Await6 await6: G, Await7 await7: H, Await8 await8: I, Await9 await9: J, Await10 await10: K, Await11 await11: L, Await12 await12: M }
    /// [`Await2`] for 14 places.
    Await14 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F, Await6 await6: G, Await7 await7: H, Await8 await8: I, Await9 await9: J, Await10 await10: K, Await11 await11: L, Await12 await12: M, Await13 await13: N }
    /// [`Await2`] for 15 places.
    Await15 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F, Await6 await6: G, Await7 await7: H, Await8 await8: I, Await9 await9: J, Await10 await10: K, Await11 await11: L, Await12 await12: M, Await13 await13: N, Await14 await14: O }
    /// [`Await2`] for 16 places.
    Await16 { Await0 await0: A, Await1 await1: B, Await2 await2: C, Await3 await3: D, Await4 await4: E, Await5 await5: F, Await6 await6: G, Await7 await7: H, Await8 await8: I, Await9 await9: J, Await10 await10: K, Await11 await11: L, Await12 await12: M, Await13 await13: N, Await14 await14: O, Await15 await15: P }
}
