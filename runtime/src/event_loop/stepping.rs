//! A task that waits for a promise goes on within the microtask that settled it, as JavaScript's functions do, not in the
//! next pass. So the loop takes the step over from the queue while it wakes such a task.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr;

use super::running;
use super::shared::{Ready, Shared};

/// What waking a task means at this moment.
enum Stepping {
    /// It is stepped in the next pass.
    Later,
    /// The loop waits for the step of a task.
    Now(*const Shared),
    /// It was woken, and this is the step.
    Taken(Ready),
}

thread_local! {
    static STEPPING: RefCell<Stepping> = const { RefCell::new(Stepping::Later) };
}

/// Calls `wake`, and steps the task that it wakes at once, if it is one of the running loop.
pub(crate) fn step_now(wake: impl FnOnce(), main: &mut dyn FnMut()) {
    let Some(event_loop) = running() else {
        return wake();
    };
    STEPPING.set(Stepping::Now(ptr::from_ref(event_loop.shared())));
    // A waker of another executor may panic: the loop must not go on to take steps over.
    let woken = catch_unwind(AssertUnwindSafe(wake));
    if let Stepping::Taken(step) = STEPPING.replace(Stepping::Later) {
        event_loop.inner().call(step, main);
    }
    woken.unwrap_or_else(|payload| resume_unwind(payload));
}

/// Gives the step back if it has to wait for its pass.
pub(super) fn take_over(shared: &Shared, step: Ready) -> Option<Ready> {
    let mut step = Some(step);
    // On a thread that is ending nothing is taken over.
    let _ = STEPPING.try_with(|stepping| {
        let mut stepping = stepping.borrow_mut();
        if let Stepping::Now(of) = *stepping
            && ptr::eq(of, shared)
        {
            *stepping = step.take().map_or(Stepping::Later, Stepping::Taken);
        }
    });
    step
}
