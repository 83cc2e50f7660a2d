//! The microtasks of a thread: what has to run as soon as the code that runs now has returned. Reactions to promises are
//! microtasks; they run in the order in which they were queued, each once, and those that they queue run after them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use super::drivers;
use crate::event_loop::{self, EventLoop, Report};
use crate::waiting::Registration;

/// A registered task until it is woken, or gives up waiting.
pub(super) type Slot = Rc<Cell<Option<Registration>>>;

/// A microtask, queued or kept by a promise until that is settled.
pub(super) enum Microtask {
    Callback(Box<dyn FnOnce()>),
    /// Steps the task that awaits a promise.
    Wake(Slot),
}

thread_local! {
    static QUEUE: RefCell<VecDeque<Microtask>> = const { RefCell::new(VecDeque::new()) };
    /// How many calls of [`run_microtasks`] are on the stack.
    static RUNNING: Cell<usize> = const { Cell::new(0) };
}

/// Calls `callback` as soon as the code that runs now has returned: after the callback of the event loop, or the step of a
/// task, that calls this, and after the microtasks queued before.
///
/// It is JavaScript's function of that name. Microtasks go before everything else that is ready: one that always queues
/// another keeps the event loop from all its other work. A panic is reported to the event loop, and the other microtasks run
/// on.
///
/// Without an event loop the microtasks of a thread run when some promise is polled on it; a task that waits for one is
/// woken to do so.
///
/// ```
/// use std::cell::RefCell;
/// use std::rc::Rc;
/// use unawait::promise::{Promise, queue_microtask};
///
/// let log = Rc::new(RefCell::new(Vec::new()));
/// let microtask = log.clone();
/// queue_microtask(move || microtask.borrow_mut().push("microtask"));
/// log.borrow_mut().push("script");
///
/// # pollster::block_on(async {
/// Promise::<_>::resolve(()).await?;
/// assert_eq!(*log.borrow(), ["script", "microtask"]);
/// # Ok::<_, unawait::promise::Reason>(())
/// # }).unwrap();
/// ```
pub fn queue_microtask(callback: impl FnOnce() + 'static) {
    queue(Microtask::Callback(Box::new(callback)));
}

/// Queues a microtask. A thread that is ending runs none any more: then it is dropped.
pub(super) fn queue(microtask: Microtask) {
    let mut microtask = Some(microtask);
    let first = QUEUE.try_with(|queue| {
        let mut queue = queue.borrow_mut();
        queue.extend(microtask.take());
        queue.len() == 1
    });
    if first == Ok(true) && RUNNING.get() == 0 && !event_loop::is_running() {
        drivers::wake();
    }
}

/// Runs microtasks until there are none. The event loop calls this after each callback and after each step of a task. `main`
/// polls the future that the loop runs for.
pub(crate) fn run_microtasks(main: &mut dyn FnMut()) {
    /// Leaves, by a panic too.
    struct Leave;

    impl Drop for Leave {
        fn drop(&mut self) {
            RUNNING.set(RUNNING.get() - 1);
        }
    }

    RUNNING.set(RUNNING.get() + 1);
    let _leave = Leave;
    // A thread that is ending has none any more.
    let next = || QUEUE.try_with(|queue| queue.borrow_mut().pop_front()).ok().flatten();
    while let Some(microtask) = next() {
        // The promise that it should have settled is broken by a panic: it owned the resolver.
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| microtask.run(main)))
            && event_loop::is_running()
        {
            EventLoop::running().inner().report(&Report::CallbackPanicked {
                message: event_loop::message(payload),
            });
        }
    }
}

impl Microtask {
    fn run(self, main: &mut dyn FnMut()) {
        match self {
            Microtask::Callback(callback) => callback(),
            Microtask::Wake(slot) => {
                if let Some(registration) = slot.take() {
                    registration.wake_now(main);
                }
            }
        }
    }
}
