//! [`ends_early`]: what is left of a difference between editions, decided by the type of a temporary.

#[cfg(feature = "alloc")]
use alloc::{string::String, vec::Vec};

use super::Never;
#[cfg(feature = "alloc")]
use super::Seen;

/// Whether nobody can tell that a temporary of type `T` drops before the variables of its block.
///
/// Before edition 2024 a temporary of the last expression of a block drops after them; a machine drops it before them, as
/// edition 2024 does.
#[diagnostic::on_unimplemented(
    message = "before edition 2024, this temporary of a last expression outlives its block; `#[coro]` drops it first, as edition 2024 does",
    label = "it is of type `{T}`, whose drop may do something",
    note = "bind it: `let value = ..;`, and use `value` in the last expression",
    note = "or set `edition = \"2024\"` in Cargo.toml"
)]
pub trait EndsEarly<T> {}

#[diagnostic::do_not_recommend]
impl<T> EndsEarly<T> for Never {}

// Nobody can tell when memory is given back.
#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl EndsEarly<String> for Seen {}

#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<T: Copy> EndsEarly<Vec<T>> for Seen {}

/// Asks that of a temporary by [`hold`](super::hold), in crates of edition 2021 and older.
///
/// ```
/// use unawait::machine::{ends_early, hold};
///
/// let (reference, memory) = ("a reference", String::from("a text"));
/// ends_early(&reference, hold(&reference).drops());
/// ends_early(&memory, hold(&memory).drops());
/// ```
///
/// ```compile_fail,E0277
/// use unawait::machine::{ends_early, hold};
///
/// let temporary = vec![String::from("a value with a drop")];
/// ends_early(&temporary, hold(&temporary).drops());
/// ```
#[inline(always)]
pub fn ends_early<T, Drops: EndsEarly<T>>(_temporary: &T, _drops: Option<Drops>) {}
