//! What an expansion of [`#[coro]`](crate::coro) stands on, and reads like.
//!
//! ```
//! #[rustfmt::skip]
//! fn fib() -> impl Iterator<Item = u64> {
//!     use unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
//!     enum State<A, B> {
//!         Start,
//!         /// at `yield_!(a)`
//!         Yield0 { b: B, a: A },
//!         Done,
//!     }
//!     machine(State::Start, || |state: &mut State<_, _>, _: Option<()>| -> CoroutineState<u64, ()> {
//!         match take(state, State::Done) {
//!             State::Start => {
//!                 let (a, b) = (0, 1);
//!                 let value = a;
//!                 put(state, State::Yield0 { b, a });
//!                 Yielded(value)
//!             }
//!             State::Yield0 { mut a, mut b } => {
//!                 (a, b) = (b, a + b);
//!                 let value = a;
//!                 put(state, State::Yield0 { b, a });
//!                 Yielded(value)
//!             }
//!             State::Done => Complete(()),
//!         }
//!     })
//! }
//! assert_eq!(fib().take(8).collect::<Vec<_>>(), [0, 1, 1, 2, 3, 5, 8, 13]);
//! ```
//!
//! - **The state** is an enum with a variant for each point where the function can be suspended. A local that lives
//!   across one is a field there, and its type a parameter of the enum: rustc infers it from the step, so no type
//!   is ever written.
//! - **The step** takes the state out ([`take`]), leaving `Done`, runs to the next suspension, puts the next state in
//!   ([`put`]) and says what happened with a [`CoroutineState`]. If it panics, the state remains `Done`.
//! - **The outer closure** `||` returns the step as a function pointer. It keeps the type of a machine short: see
//!   [`Machine`].
//! - **The input** is `None` at [`start`](Coroutine::start), else `Some` of what the machine is resumed with;
//!   [`received`] takes it out.
//!
//! A local that is dead but still in scope at a suspension lives on in a field if its drop can matter. `hold(&x).keep(x)`
//! decides that by the type of `x`; [`hold`] is all that it needs in scope.
//!
//! The names of std's that a step mentions come from `core::prelude::v1`, so that it means the same below
//! `#![no_implicit_prelude]`. This module does not have them: rustc would propose `unawait::machine::Some` to whoever
//! forgets a `Some`.

use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;

mod awaits;
mod compared;
mod delegating;
mod edition;
mod generator;
mod hold;
mod input;
mod leftover;
mod no_drop;
mod no_pointer;
mod number;
mod outcome;
mod panics;
mod part;
mod positions;
#[cfg(feature = "alloc")]
mod recursive;
mod shown;
mod slot;

#[doc(no_inline)]
pub use crate::Coroutine;
#[doc(no_inline)]
pub use crate::CoroutineState::{self, Complete, Yielded};
pub use crate::stepper::Awaits;
#[doc(no_inline)]
pub use crate::{async_generator_to_stream, async_to_generator};

pub use self::Emitted::{Awaiting, Next};
pub use self::awaits::*;
pub use self::compared::{Compared, Early, Lasting, Later, Receiver, compared, unchanged};
pub use self::delegating::{Delegating, bounded_delegating, delegating};
pub use self::edition::{EndsEarly, ends_early};
pub use self::generator::{Generator, bounded_generator, generator};
pub use self::hold::{Hold, Never, hold, unheld};
pub use self::input::{InputSlot, delegate, received};
pub use self::leftover::{Leftover, leftover};
pub use self::no_drop::NoDrop;
pub use self::no_pointer::{NoPointer, no_pointer};
pub use self::number::{Number, number, number_at};
pub use self::outcome::Outcome;
pub use self::panics::{resumed_after_completion, unexpected_input, unreachable_pattern};
pub use self::part::{Moved, Part, Seen, part, unseen};
pub use self::positions::{
    Characters, CharactersBack, Positions, PositionsBack, next_back_of, next_of, nth_back_of, nth_of,
};
#[cfg(feature = "alloc")]
pub use self::recursive::{
    Recursion, Recursion::Become, Recursion::Call, Recursion::Emit, Recursive, bounded_recursive, recursive,
};
pub use self::slot::{put, take};
pub use crate::dbg_as;

/// A closure that returns the step of a machine as a function pointer: `|| |state, input| ..`.
///
/// It is implemented for every such closure, and for nothing else.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not return the step of a machine",
    label = "expected `|| |state: &mut State<..>, input: Option<Input>| -> CoroutineState<..> {{ .. }}`",
    note = "neither closure can capture anything: what the step needs is in the state"
)]
pub trait Code {
    /// The enum of the points where the machine can be suspended.
    type State;
    /// What the machine is resumed with.
    type Input;
    /// What it yields.
    type Yield;
    /// What it returns at its end.
    type Return;

    /// Runs from one suspension to the next, or to the end.
    fn step(&self, state: &mut Self::State, input: Option<Self::Input>) -> CoroutineState<Self::Yield, Self::Return>;
}

impl<S, I, O: Outcome, F: Fn() -> fn(&mut S, Option<I>) -> O> Code for F {
    type State = S;
    type Input = I;
    type Yield = O::Yield;
    type Return = O::Return;

    #[inline(always)]
    fn step(&self, state: &mut S, input: Option<I>) -> CoroutineState<O::Yield, O::Return> {
        self()(state, input).into_state()
    }
}

/// A state and the code that advances it: a suspended function as a value, made by [`machine()`].
///
/// It is a [`Coroutine`], and an [`Iterator`] when it needs no input and returns nothing. It is `Clone`, `Debug`,
/// `Send` and `Sync` when the state is, and always `Unpin`: nothing in it is ever pinned.
///
/// The closure is the only parameter that grows, and the state's type an associated type of it. A machine that runs
/// inside another one is then mentioned once by the outer machine's type. With the state as a parameter of its own it
/// would be mentioned twice, by the state and by the closure's signature, and the types of nested machines, as well as
/// the time to compile them, would double at each level.
///
/// `Lives` is `()`, or `&'a ()` in a machine that was made to live for `'a`: see [`bounded()`].
#[derive(Clone)]
#[must_use = "a machine does nothing until it is resumed"]
pub struct Machine<F: Code, Lives = ()> {
    state: F::State,
    code: F,
    lives: PhantomData<Lives>,
}

/// Makes a machine of its first state and its code.
///
/// `code` is a closure that returns the step: `|| |state: &mut State<_>, input: Option<Input>| -> CoroutineState<Yield,
/// Return> { .. }`. The types of the state's fields are inferred from the step; the step's return type has to be
/// written out, and may be a [`Result`] or an [`Option`] of a [`CoroutineState`] (see [`Outcome`]). Write the closure in
/// the call itself: it is the call that makes a function pointer of the step.
///
/// ```
/// use unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};
///
/// enum State<Left> { Start { left: Left }, Done }
///
/// let countdown = machine(State::Start { left: 3 }, || |state: &mut State<_>, _: Option<()>| -> CoroutineState<u8, ()> {
///     match take(state, State::Done) {
///         State::Start { left: 0 } | State::Done => Complete(()),
///         State::Start { left } => {
///             put(state, State::Start { left: left - 1 });
///             Yielded(left)
///         }
///     }
/// });
/// assert!(countdown.eq([3, 2, 1]));
/// ```
#[inline]
pub fn machine<S, I, O: Outcome, F: Fn() -> fn(&mut S, Option<I>) -> O>(state: S, code: F) -> Machine<F> {
    Machine {
        state,
        code,
        lives: PhantomData,
    }
}

/// As [`machine()`], for a machine that has to outlive something: one that is boxed as a trait object, or whose type is
/// promised to live for `'a`.
///
/// Whether a `Machine<F>` lives for `'a`, rustc decides by `F` alone, and a closure that captures nothing lives for ever,
/// whatever its state borrows ([rust-lang/rust#84366](https://github.com/rust-lang/rust/issues/84366)). So a machine that
/// goes where a lifetime is asked for has to ask it of its state itself, as this function does. Never box what
/// [`machine()`] makes of a state that borrows something.
///
/// ```
/// use unawait::machine::{Complete, CoroutineState, Yielded, bounded, put, take};
///
/// fn first<'a>(text: &'a str) -> Box<dyn Iterator<Item = &'a str> + 'a> {
///     enum State<Text> { Start { text: Text }, Done }
///     Box::new(bounded(State::Start { text }, || |state: &mut State<_>, _: Option<()>| -> CoroutineState<&str, ()> {
///         match take(state, State::Done) {
///             State::Start { text } => Yielded(&text[..1]),
///             State::Done => Complete(()),
///         }
///     }))
/// }
/// assert!(first("abc").eq(["a"]));
/// ```
#[inline]
pub fn bounded<'a, S: 'a, I, O: Outcome, F: Fn() -> fn(&mut S, Option<I>) -> O>(
    state: S,
    code: F,
) -> Machine<F, &'a ()> {
    Machine {
        state,
        code,
        lives: PhantomData,
    }
}

/// [`generator()`] of a stream: it yields what it waits for, and the stream's items.
#[inline]
pub fn async_generator<S, A, T, O, F>(state: S, code: F) -> Machine<F>
where
    A: Awaited<T>,
    O: Outcome<Yield = Emitted<A, T>>,
    F: Fn() -> fn(&mut S, Option<A::Output>) -> O,
{
    machine(state, code)
}

/// [`async_generator()`] as [`bounded()`] is [`machine()`].
#[inline]
pub fn bounded_async_generator<'a, S: 'a, A, T, O, F>(state: S, code: F) -> Machine<F, &'a ()>
where
    A: Awaited<T>,
    O: Outcome<Yield = Emitted<A, T>>,
    F: Fn() -> fn(&mut S, Option<A::Output>) -> O,
{
    bounded(state, code)
}

#[diagnostic::do_not_recommend]
impl<F: Code, Lives> Coroutine<F::Input> for Machine<F, Lives> {
    type Yield = F::Yield;
    type Return = F::Return;

    #[inline]
    fn resume(&mut self, input: F::Input) -> CoroutineState<F::Yield, F::Return> {
        self.code.step(&mut self.state, Some(input))
    }

    #[inline]
    fn start(&mut self) -> CoroutineState<F::Yield, F::Return> {
        self.code.step(&mut self.state, None)
    }

    #[inline]
    fn resume_or_start(&mut self, input: Option<F::Input>) -> CoroutineState<F::Yield, F::Return> {
        self.code.step(&mut self.state, input)
    }
}

impl<F: Code<Input = (), Return = ()>, Lives> Iterator for Machine<F, Lives> {
    type Item = F::Yield;

    #[inline]
    fn next(&mut self) -> Option<F::Yield> {
        self.code.step(&mut self.state, Some(())).yielded()
    }
}

/// The step of an iterator answers `Complete(())` again when it is asked again; `#[coro]` writes no other.
impl<F: Code<Input = (), Return = ()>, Lives> FusedIterator for Machine<F, Lives> {}

impl<F: Code, Lives> Unpin for Machine<F, Lives> {}

/// Shows the state.
impl<F: Code<State: fmt::Debug>, Lives> fmt::Debug for Machine<F, Lives> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.state.fmt(formatter)
    }
}
