//! What a task waits for. Each future of this crate that returns `Pending` keeps a [`Registration`]: the waker, and an entry
//! in the list of the task that polled it, which says what is awaited and where in the user's source that future was made.
//!
//! The lists answer two questions of the event loop. Where does a task wait? And may anything else wake it: are there clones
//! of its waker beside those that registrations hold?

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::rc::Rc;
use std::task::{Context, Waker};

use crate::event_loop::step_now;

/// One thing that a task waits for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wait {
    /// As in `Queue::get`.
    pub(crate) what: &'static str,
    /// Where the future that waits was made.
    pub(crate) at: &'static Location<'static>,
}

impl Wait {
    /// `what`, for whom the caller calls.
    #[track_caller]
    pub(crate) fn here(what: &'static str) -> Self {
        let at = Location::caller();
        Wait { what, at }
    }
}

/// All that one task waits for. It grows when a future of this crate registers, and shrinks when the registration ends.
pub(crate) struct Waits {
    /// The task's own waker: what is registered under another one is not counted.
    waker: Waker,
    entries: RefCell<Vec<(u64, Wait)>>,
    next: Cell<u64>,
}

thread_local! {
    /// The list of the task that is being polled.
    static CURRENT: RefCell<Option<Rc<Waits>>> = const { RefCell::new(None) };
}

thread_local! {
    /// Where the function that is being polled awaits something, until a registration is made.
    static AWAITED_AT: Cell<Option<&'static Location<'static>>> = const { Cell::new(None) };
}

/// A machine awaits something, there.
#[inline]
pub(crate) fn awaits_at(at: &'static Location<'static>) {
    AWAITED_AT.set(Some(at));
}

/// Where a future is awaited that is polled for the first time and does not know it: `None` if no machine awaits it itself.
pub(crate) fn last_await() -> Option<&'static Location<'static>> {
    AWAITED_AT.take()
}

impl Waits {
    pub(crate) fn new(waker: Waker) -> Rc<Self> {
        Rc::new(Waits {
            waker,
            entries: RefCell::new(Vec::new()),
            next: Cell::new(0),
        })
    }

    /// Has `poll` register in this list.
    pub(crate) fn enter<T>(self: &Rc<Self>, poll: impl FnOnce() -> T) -> T {
        /// Puts the outer list back, by a panic too.
        struct Restore(Option<Rc<Waits>>);

        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.set(self.0.take());
            }
        }

        let _restore = Restore(CURRENT.replace(Some(self.clone())));
        AWAITED_AT.set(None);
        poll()
    }

    /// The waker to poll with.
    pub(crate) fn waker(&self) -> &Waker {
        &self.waker
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.borrow().len()
    }

    pub(crate) fn list(&self) -> Vec<Wait> {
        self.entries.borrow().iter().map(|&(_, wait)| wait).collect()
    }

    fn insert(&self, wait: Wait) -> u64 {
        let id = self.next.get();
        self.next.set(id + 1);
        self.entries.borrow_mut().push((id, wait));
        id
    }

    fn remove(&self, id: u64) {
        self.entries.borrow_mut().retain(|&(other, _)| other != id);
    }
}

/// The waker of a task that waits for something of this crate. It belongs to the thread of that task: what gives up waiting
/// drops it, what has happened wakes it.
pub(crate) struct Registration {
    waker: Waker,
    /// The list with the entry, and its number there. `None` outside of tasks of an event loop.
    entry: Option<(Rc<Waits>, u64)>,
    wait: Wait,
}

impl Registration {
    /// Registers the task that is being polled. `what` is awaited by a future that was made at `at`.
    pub(crate) fn new(context: &Context<'_>, what: &'static str, at: &'static Location<'static>) -> Self {
        Registration::of(context, Wait { what, at })
    }

    /// As `new`.
    pub(crate) fn of(context: &Context<'_>, wait: Wait) -> Self {
        // What is polled next in this step, by a `join!`, was awaited elsewhere.
        AWAITED_AT.set(None);
        Registration {
            waker: context.waker().clone(),
            entry: entry(context, wait),
            wait,
        }
    }

    /// To be called when a registered future is polled again: maybe by another task.
    pub(crate) fn renew(&mut self, context: &Context<'_>) {
        if !self.wakes(context) {
            *self = Registration::of(context, self.wait);
        }
    }

    /// Whether it is of the task that is being polled.
    pub(crate) fn wakes(&self, context: &Context<'_>) -> bool {
        self.waker.will_wake(context.waker())
    }

    /// Wakes the task, which is stepped at once if it is one of the running loop. `main` polls the future that the loop runs for.
    pub(crate) fn wake_now(self, main: &mut dyn FnMut()) {
        step_now(|| self.wake(), main);
    }

    /// Ends the registration and wakes the task.
    pub(crate) fn wake(self) {
        self.waker.wake_by_ref();
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        if let Some((waits, id)) = self.entry.take() {
            waits.remove(id);
        }
    }
}

/// Enters what is awaited into the list of the current task, if that is whom the waker wakes.
fn entry(context: &Context<'_>, wait: Wait) -> Option<(Rc<Waits>, u64)> {
    let waits = CURRENT.with_borrow(Clone::clone)?;
    if !waits.waker.will_wake(context.waker()) {
        return None;
    }
    let id = waits.insert(wait);
    Some((waits, id))
}
