//! The end of a loop: all that is left drops, on the loop's thread.

use std::sync::atomic::Ordering;
use std::thread;

use super::Inner;
use super::report::{Report, default_handler};
use super::shared::Ready;
use crate::promise::{Unhandled, run_microtasks, unhandled};

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
        // Other threads may still have wakers and `Remote`s.
        for ready in self.shared.close() {
            self.call_back(|| drop(ready));
        }
    }
}

impl Inner {
    /// Cancels all tasks and drops all callbacks. What those spawn or schedule in their drops is dropped as well.
    pub(super) fn close(&self) {
        self.closing.set(true);
        self.tasks.cancel_all();
        // The rejections that have a callback are handled by that, before the tasks drop what would settle others.
        run_microtasks(&mut || {});
        for Unhandled { reason, at } in unhandled() {
            self.report(&Report::UnhandledRejection { reason, at });
        }
        self.drop_all();
        // What the tasks have left undone breaks promises, and who awaited those is gone as well.
        drop(unhandled());
        let handler = self.exception_handler.replace(default_handler());
        self.call_back(|| drop(handler));
        self.shared.interrupted.store(false, Ordering::Release);
        self.closing.set(false);
    }

    /// Drops until nothing is left.
    fn drop_all(&self) {
        let mut pass = self.pass.take();
        loop {
            run_microtasks(&mut || {});
            let callbacks = self.timers.borrow_mut().clear();
            for callback in callbacks {
                self.call_back(|| drop(callback));
            }
            self.shared.drain_into(&mut pass);
            match pass.pop_front() {
                // A cancelled task is dropped by its last step.
                Some(Ready::Step(step)) => _ = step.run(),
                Some(Ready::Remote(callback)) => self.call_back(|| drop(callback)),
                Some(Ready::Main | Ready::Callback(_)) => {}
                None if self.tasks.have_ended() => break,
                // Another thread is waking a task: its last step is about to come.
                None => thread::yield_now(),
            }
        }
    }
}
