//! The panics of a step. They are functions, so that an expansion holds no nested macro.

/// Panics because the coroutine `name` was resumed though it had completed or panicked.
///
/// ```should_panic
/// unawait::machine::resumed_after_completion("fib");
/// ```
///
/// # Panics
///
/// Always, with "`name` resumed after completion or panic".
#[cold]
#[inline(never)]
#[track_caller]
pub fn resumed_after_completion(name: &'static str) -> ! {
    panic!("`{name}` resumed after completion or panic")
}

/// Panics where a pattern that has matched before a suspension does not match after it.
///
/// A borrow out of a local is not carried across a suspension but taken again, with the same pattern on the
/// same place. Nothing can have changed that place meanwhile, so this is the branch that is never taken.
///
/// # Panics
///
/// Always.
#[cold]
#[inline(never)]
#[track_caller]
pub fn unreachable_pattern() -> ! {
    unreachable!("a pattern that matched before the suspension does not match after it")
}

/// Panics where a machine is resumed with the output of another await than the one where it is suspended.
///
/// A stepper does not do that: it gives back the output of what was yielded.
///
/// # Panics
///
/// Always.
#[cold]
#[inline(never)]
#[track_caller]
pub fn unexpected_input() -> ! {
    panic!("resumed with the output of another await")
}
