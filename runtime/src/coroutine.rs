//! [`Coroutine`]: a function that can be suspended, as a value.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use crate::{CoroutineState, IntoIter};

/// A function that can be suspended: each [`resume`](Self::resume) gives it an input and runs it to its next
/// yield or to its end.
///
/// It is the standard library's unstable `std::ops::Coroutine` without `Pin`: these coroutines are ordinary
/// movable values. A function under [`#[coro]`](crate::coro) that returns `impl Coroutine<Input, Yield = Y,
/// Return = R>` makes one; so does an implementation by hand.
///
/// ```
/// use unawait::{Coroutine, CoroutineState};
///
/// /// Takes numbers and yields their sum so far; returns it when it exceeds 100.
/// struct Sum(u32);
///
/// impl Coroutine<u32> for Sum {
///     type Yield = u32;
///     type Return = u32;
///
///     fn resume(&mut self, input: u32) -> CoroutineState<u32, u32> {
///         self.0 += input;
///         if self.0 > 100 { CoroutineState::Complete(self.0) } else { CoroutineState::Yielded(self.0) }
///     }
/// }
///
/// let mut sum = Sum(0);
/// assert_eq!(sum.resume(40), CoroutineState::Yielded(40));
/// assert_eq!(sum.resume(50), CoroutineState::Yielded(90));
/// assert_eq!(sum.resume(20), CoroutineState::Complete(110));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a coroutine that is resumed with `{Input}`",
    label = "not a `Coroutine<{Input}>`",
    note = "a coroutine is what a `#[coro]` function with the return type `impl Coroutine<Input, Yield = Y, Return = R>` gives",
    note = "if it is an iterator, write a `for` loop that yields each of its items"
)]
#[must_use = "a coroutine does nothing until it is resumed"]
pub trait Coroutine<Input = ()> {
    /// What it yields at each suspension.
    type Yield;
    /// What it returns at its end.
    type Return;

    /// Continues with `input` as the value of the yield where the coroutine is suspended, up to the next yield or
    /// to the end.
    ///
    /// At the first resume there is no such yield. The body gets that input by the name in
    /// `#[coro(first = name)]`, and without one it is dropped, as JavaScript does with the argument of the first
    /// `next`.
    ///
    /// # Panics
    ///
    /// The coroutines of `#[coro]` panic, with the function's name, when they are resumed after they completed or
    /// panicked.
    fn resume(&mut self, input: Input) -> CoroutineState<Self::Yield, Self::Return>;

    /// Runs to the first yield without an input, where there is none to give yet.
    ///
    /// ```
    /// use unawait::machine::{Complete, CoroutineState, Yielded, machine, put, received, take};
    /// use unawait::Coroutine;
    ///
    /// /// `loop { total += yield_!(total); }`
    /// fn sum() -> impl Coroutine<u32, Yield = u32, Return = ()> {
    ///     enum State<Total> { Start, Yield0 { total: Total }, Done }
    ///     machine(State::Start, || |state: &mut State<_>, mut input: Option<u32>| -> CoroutineState<u32, ()> {
    ///         match take(state, State::Done) {
    ///             State::Start => { let total = 0; put(state, State::Yield0 { total }); Yielded(total) }
    ///             State::Yield0 { mut total } => {
    ///                 total += received(&mut input);
    ///                 put(state, State::Yield0 { total });
    ///                 Yielded(total)
    ///             }
    ///             State::Done => Complete(()),
    ///         }
    ///     })
    /// }
    /// let mut sum = sum();
    /// assert_eq!(sum.start(), Yielded(0));
    /// assert_eq!(sum.resume(2), Yielded(2));
    /// assert_eq!(sum.resume(3), Yielded(5));
    /// ```
    ///
    /// # Panics
    ///
    /// Panics where the coroutine needs an input: when it has been started already and waits at a yield whose
    /// value is used, or when `#[coro(first = name)]` uses the first one. An implementation by hand that does not
    /// override this method always panics.
    #[track_caller]
    fn start(&mut self) -> CoroutineState<Self::Yield, Self::Return> {
        starts_with_input()
    }

    /// [`resume`](Self::resume) with an input, [`start`](Self::start) without one.
    ///
    /// A machine has one step for both, which the optimizer inlines into a stepper that calls it in one place.
    #[doc(hidden)]
    #[inline]
    #[track_caller]
    fn resume_or_start(&mut self, input: Option<Input>) -> CoroutineState<Self::Yield, Self::Return> {
        match input {
            Some(input) => self.resume(input),
            None => self.start(),
        }
    }

    /// Lends the coroutine, so that what takes it by value can give it back.
    ///
    /// ```
    /// use unawait::{Coroutine, CoroutineState};
    /// # struct Count(u32);
    /// # impl Coroutine for Count {
    /// #     type Yield = u32;
    /// #     type Return = ();
    /// #     fn resume(&mut self, (): ()) -> CoroutineState<u32, ()> { self.0 += 1; CoroutineState::Yielded(self.0) }
    /// # }
    /// let mut count = Count(0);
    /// let two: Vec<_> = count.by_ref().into_iter().take(2).collect();
    /// assert_eq!(two, [1, 2]);
    /// assert_eq!(count.resume(()), CoroutineState::Yielded(3));
    /// ```
    #[inline]
    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
    {
        self
    }

    /// The yielded values as an iterator, for a coroutine that needs no input and returns nothing.
    ///
    /// ```
    /// use unawait::{Coroutine, CoroutineState};
    ///
    /// struct Countdown(u32);
    ///
    /// impl Coroutine for Countdown {
    ///     type Yield = u32;
    ///     type Return = ();
    ///
    ///     fn resume(&mut self, (): ()) -> CoroutineState<u32, ()> {
    ///         match self.0.checked_sub(1) {
    ///             Some(next) => { self.0 = next; CoroutineState::Yielded(next) }
    ///             None => CoroutineState::Complete(()),
    ///         }
    ///     }
    /// }
    /// assert_eq!(Countdown(3).into_iter().collect::<Vec<_>>(), [2, 1, 0]);
    /// ```
    #[inline]
    fn into_iter(self) -> IntoIter<Self>
    where
        Self: Sized + Coroutine<(), Return = ()>,
    {
        IntoIter::new(self)
    }
}

/// Kept out of the trait, so that the default method stays small.
#[cold]
#[inline(never)]
#[track_caller]
fn starts_with_input() -> ! {
    panic!("this coroutine cannot be started without an input: use `resume(input)`")
}

#[diagnostic::do_not_recommend]
impl<Input, C: Coroutine<Input> + ?Sized> Coroutine<Input> for &mut C {
    type Yield = C::Yield;
    type Return = C::Return;

    #[inline]
    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, C::Return> {
        (**self).resume(input)
    }

    #[inline]
    #[track_caller]
    fn start(&mut self) -> CoroutineState<C::Yield, C::Return> {
        (**self).start()
    }
}

#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<Input, C: Coroutine<Input> + ?Sized> Coroutine<Input> for Box<C> {
    type Yield = C::Yield;
    type Return = C::Return;

    #[inline]
    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, C::Return> {
        (**self).resume(input)
    }

    #[inline]
    #[track_caller]
    fn start(&mut self) -> CoroutineState<C::Yield, C::Return> {
        (**self).start()
    }
}
