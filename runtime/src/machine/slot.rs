//! [`take`] and [`put`]: the state on its way out of the machine and back.

use core::mem;

/// Takes the state out of the machine, and leaves another one there, usually `Done`.
///
/// If the step panics, or returns without a [`put`], the machine stays in the state that was left.
///
/// ```
/// use unawait::machine::take;
///
/// let mut state = Some("at work");
/// assert_eq!(take(&mut state, None), Some("at work"));
/// assert_eq!(state, None);
/// ```
#[inline(always)]
pub fn take<S>(slot: &mut S, left: S) -> S {
    mem::replace(slot, left)
}

/// Puts the next state into a machine whose state has been taken.
///
/// What is in the slot is forgotten, not dropped: it is what [`take`] left there, a state without fields. An
/// assignment would check at every step whether it has something to drop, for nothing.
///
/// ```
/// use unawait::machine::put;
///
/// let mut state = None;
/// put(&mut state, Some("at work"));
/// assert_eq!(state, Some("at work"));
/// ```
#[inline(always)]
pub fn put<S>(slot: &mut S, next: S) {
    mem::forget(mem::replace(slot, next));
}
