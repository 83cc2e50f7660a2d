//! Generators and coroutines on stable Rust, as state machines that people can read.
//!
//! The attribute [`coro`] rewrites a function into the state machine that a careful engineer would have
//! written by hand: an enum of the points where it is suspended, and one `match`. This crate holds the
//! attribute and the small runtime that the machines stand on:
//!
//! - [`Coroutine`] and [`CoroutineState`], with the names of the standard library's unstable
//!   `std::ops::Coroutine`; [`Throw`] to resume with an error.
//! - [`machine`], the module that an expansion imports: [`machine()`](machine::machine) makes a value of a
//!   state and a step, and that value is the [`Iterator`] or the [`Coroutine`].
//! - [`prelude`], what a function under `#[coro]` wants in scope.
//!
//! # Features
//!
//! The crate is `no_std` and allocates nothing. `alloc` adds the [`Coroutine`] of `Box<C>`; `std`, on by
//! default, adds what only the standard library has.
//!
//! # Where the ideas come from
//!
//! The trait is `std::ops::Coroutine` without `Pin`, because these coroutines are movable values. What `start`,
//! `throw`, delegation and the first input mean is the generator protocol of JavaScript. That each local which
//! outlives a suspension can be a type parameter of the state, inferred by rustc, was shown by
//! [erickt/stateful](https://github.com/erickt/stateful).

#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod coroutine;
mod iter;
pub mod machine;
mod misplaced;
pub mod prelude;
mod state;
mod throw;

pub use unawait_macros::coro;

pub use crate::coroutine::Coroutine;
pub use crate::iter::IntoIter;
pub use crate::state::CoroutineState;
pub use crate::throw::Throw;
