//! Generators, coroutines, async functions and streams on stable Rust, as state machines that people can read.
//!
//! The attribute [`coro`] rewrites a function into the state machine that a careful engineer would have written by hand:
//! an enum of the points where it is suspended, and one `match`. The return type says what it becomes, and `yield_!` or
//! `.await` suspends it.
//!
//! ```
//! use unawait::prelude::*;
//!
//! /// The words of a text, as slices of it.
//! #[coro]
//! fn words(text: &str) -> impl Iterator<Item = &str> {
//!     let mut start = None;
//!     for (at, c) in text.char_indices() {
//!         match start {
//!             None if c.is_alphanumeric() => start = Some(at),
//!             Some(from) if !c.is_alphanumeric() => {
//!                 yield_!(&text[from..at]);
//!                 start = None;
//!             }
//!             _ => {}
//!         }
//!     }
//!     if let Some(from) = start {
//!         yield_!(&text[from..]);
//!     }
//! }
//!
//! assert!(words("Call me Ishmael.").eq(["Call", "me", "Ishmael"]));
//! ```
//!
//! A [`Coroutine`] takes an input at each resume: it is the value of the `yield_!` at which it was suspended.
//!
//! ```
//! use unawait::prelude::*;
//!
//! #[coro]
//! fn greeter() -> impl Coroutine<&'static str, Yield = &'static str, Return = String> + Clone {
//!     let greeting = yield_!("which greeting?");
//!     let name = yield_!("which name?");
//!     format!("{greeting}, {name}!")
//! }
//!
//! let mut greeter = greeter();
//! assert_eq!(greeter.start(), CoroutineState::Yielded("which greeting?"));
//! assert_eq!(greeter.resume("Hello"), CoroutineState::Yielded("which name?"));
//!
//! // A suspended function is a value: here two answers to the same question.
//! let mut other = greeter.clone();
//! assert_eq!(greeter.resume("Ada"), CoroutineState::Complete("Hello, Ada!".to_owned()));
//! assert_eq!(other.resume("Alan"), CoroutineState::Complete("Hello, Alan!".to_owned()));
//! ```
//!
//! An `async fn` becomes a generator of what it awaits, and [`async_to_generator`] drives that: a future for any executor.
//! A function that returns a [`Stream`] awaits and yields.
//!
//! ```
//! use unawait::prelude::*;
//!
//! async fn fetch(page: u32) -> Vec<u32> {
//!     if page < 2 { vec![page, page + 10] } else { vec![] }
//! }
//!
//! #[coro]
//! fn entries() -> impl Stream<Item = u32> {
//!     for page in 0.. {
//!         let entries = fetch(page).await;
//!         if entries.is_empty() {
//!             return;
//!         }
//!         for entry in entries {
//!             yield_!(entry);
//!         }
//!     }
//! }
//!
//! #[coro]
//! async fn sum() -> u32 {
//!     let (first, second) = (fetch(0).await, fetch(1).await);
//!     first.iter().chain(&second).sum()
//! }
//! # use std::{pin::pin, task::{Context, Poll, Waker}};
//! # let mut context = Context::from_waker(Waker::noop());
//! # assert_eq!(pin!(sum()).poll(&mut context), Poll::Ready(22));
//! # let mut entries = pin!(entries());
//! # let items: Vec<_> = std::iter::from_fn(|| match entries.as_mut().poll_next(&mut context) {
//! #     Poll::Ready(item) => item,
//! #     Poll::Pending => None,
//! # }).collect();
//! # assert_eq!(items, [0, 10, 1, 11]);
//! ```
//!
//! What the attribute accepts, its arguments and its limits are described [there](macro@coro). This crate holds it and the
//! small runtime that the machines stand on:
//!
//! - [`Coroutine`] and [`CoroutineState`], with the names of the standard library's unstable
//!   `std::ops::Coroutine`; [`Throw`] to resume with an error; [`IntoIter`] to loop over what is yielded.
//! - [`machine`], the module that an expansion imports: [`machine()`](machine::machine) makes a value of a
//!   state and a step, and that value is the [`Iterator`] or the [`Coroutine`].
//! - [`async_to_generator`] and [`async_generator_to_stream`], which make a future or a stream of such a value.
//! - [`prelude`], what a function under `#[coro]` wants in scope.
//!
//! With the feature `event-loop` there is an event loop for the futures: `event_loop`, `promise`, `task`, `time`, `sync` and
//! `net`. They run on any other as well.
//!
//! # Features
//!
//! The crate is `no_std` and allocates nothing, and neither do the expansions, which have no `unsafe` code. The crate has one
//! `unsafe` block: the pinned projection of what a function awaits that has several awaits (`machine::Await2` and the like).
//! The event loop is made of std, allocates, and has one more, which gives a socket to the system's poller.
//!
//! - `alloc`: [`Coroutine`] for `Box<C>`, and loops by position over the collections of `alloc`.
//! - `std`, on by default: `alloc`, and what only the standard library has.
//! - `event-loop`: `std`, and the event loop.
//!
//! # Where the ideas come from
//!
//! The trait is `std::ops::Coroutine` without `Pin`, because these coroutines are movable values. What `start`,
//! `throw`, delegation and the first input mean is the generator protocol of JavaScript. That each local which
//! outlives a suspension can be a type parameter of the state, inferred by rustc, was shown by
//! [erickt/stateful](https://github.com/erickt/stateful).

// The event loop is a program of std.
#![cfg_attr(not(feature = "event-loop"), no_std)]
#![deny(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod coroutine;
#[cfg(feature = "event-loop")]
pub mod event_loop;
mod iter;
pub mod machine;
mod misplaced;
#[cfg(feature = "event-loop")]
pub mod net;
pub mod prelude;
#[cfg(feature = "event-loop")]
pub mod promise;
mod state;
mod stepper;
mod stream;
#[cfg(feature = "event-loop")]
pub mod sync;
#[cfg(feature = "event-loop")]
pub mod task;
mod throw;
#[cfg(feature = "event-loop")]
pub mod time;
#[cfg(feature = "event-loop")]
mod waiting;

pub use unawait_macros::coro;

pub use crate::coroutine::Coroutine;
pub use crate::iter::IntoIter;
pub use crate::state::CoroutineState;
pub use crate::stepper::{AsyncToGenerator, async_to_generator};
pub use crate::stream::{AsyncGenerator, Emits, async_generator_to_stream};
pub use crate::throw::Throw;
#[doc(no_inline)]
pub use futures_core::Stream;

/// The code blocks of README.md and of the attribute's documentation, as doctests. Only those read files outside of this
/// crate, so a package of it builds without them. README shows the event loop too.
#[cfg(all(doctest, feature = "event-loop"))]
mod documents {
    #[doc = include_str!("../../README.md")]
    struct Readme;

    #[doc = include_str!("../../macros/src/coro.md")]
    struct Coro;
}
