//! What other threads see of a loop: the queue of what is ready, and the poller that they interrupt.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_task::Runnable;
use polling::Poller;

use super::stepping;
use super::timers::Id;

/// What the next pass will do.
pub(super) enum Ready {
    /// Polls the future that the loop runs for.
    Main,
    /// Polls a task once.
    Step(Runnable),
    /// Calls what `call_soon` was given, under its number.
    Callback(Id),
    /// Calls what another thread gave.
    Remote(Box<dyn FnOnce() + Send>),
}

/// The part of a loop that is `Sync`: wakers hold it.
pub(crate) struct Shared {
    ready: Mutex<Queue>,
    pub(super) poller: Poller,
    /// How many `Remote`s there are: as long as there is one, another thread may call.
    pub(super) remotes: AtomicUsize,
    /// How many jobs of `spawn_blocking` are at work, or have not begun.
    jobs: AtomicUsize,
    /// Ctrl-C was pressed.
    pub(super) interrupted: AtomicBool,
    /// Another thread asked the loop to stop.
    pub(super) stopped: AtomicBool,
}

struct Queue {
    items: VecDeque<Ready>,
    /// Whether the loop waits in the poller, or is about to: then it has to be told.
    asleep: bool,
    /// The loop has ended: whatever comes is dropped.
    closed: bool,
}

impl Shared {
    pub(super) fn new(poller: Poller) -> Self {
        Shared {
            ready: Mutex::new(Queue {
                items: VecDeque::new(),
                asleep: false,
                closed: false,
            }),
            poller,
            remotes: AtomicUsize::new(0),
            jobs: AtomicUsize::new(0),
            interrupted: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
        }
    }

    /// Has the next pass do it.
    pub(super) fn push(&self, ready: Ready) {
        let mut queue = self.queue();
        if queue.closed {
            // Its drop is the user's: it may call this.
            drop(queue);
            drop(ready);
            return;
        }
        queue.items.push_back(ready);
        let asleep = std::mem::take(&mut queue.asleep);
        drop(queue);
        if asleep {
            self.notify();
        }
    }

    /// Schedules a task that was woken: at once, if the loop has asked for that, else in the next pass.
    pub(super) fn schedule(&self, step: Ready) {
        if let Some(step) = stepping::take_over(self, step) {
            self.push(step);
        }
    }

    /// Schedules a task that was spawned.
    pub(crate) fn schedule_step(&self, step: Runnable) {
        self.schedule(Ready::Step(step));
    }

    /// Ends the loop's wait in the poller.
    pub(super) fn notify(&self) {
        // It fails only if the system has no resources left for a byte in a pipe; then the loop was notified before.
        let _ = self.poller.notify();
    }

    /// Moves all that is ready to the end of `pass`.
    pub(super) fn drain_into(&self, pass: &mut VecDeque<Ready>) {
        let mut queue = self.queue();
        if pass.is_empty() {
            std::mem::swap(&mut queue.items, pass);
        } else {
            pass.append(&mut queue.items);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.queue().items.is_empty()
    }

    /// Announces that the loop is going to wait. `false` if something is ready after all.
    pub(super) fn fall_asleep(&self) -> bool {
        let mut queue = self.queue();
        queue.asleep = queue.items.is_empty();
        queue.asleep
    }

    pub(super) fn wake_up(&self) {
        self.queue().asleep = false;
    }

    /// The loop has ended, and so have its tasks. Gives what came since.
    pub(super) fn close(&self) -> VecDeque<Ready> {
        let mut queue = self.queue();
        queue.closed = true;
        std::mem::take(&mut queue.items)
    }

    /// Whether another thread may make something ready, though no task waits for it.
    pub(super) fn is_reachable(&self) -> bool {
        self.remotes.load(Ordering::Acquire) > 0
    }

    pub(super) fn has_jobs(&self) -> bool {
        self.jobs.load(Ordering::Acquire) > 0
    }

    pub(crate) fn begin_job(&self) {
        self.jobs.fetch_add(1, Ordering::AcqRel);
    }

    /// A job has ended, or nobody wants it any more. The loop may wait for this one alone: it has to look again.
    pub(crate) fn end_job(&self) {
        if self.jobs.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.notify();
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Nothing that can panic runs under the lock.
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
