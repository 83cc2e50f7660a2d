//! One pass of the loop: wait, then do what is ready.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::clock::Clock;
use super::shared::Ready;
use super::timers::Callback;
use super::{Deadlock, EventLoop, Inner, RUNNING, Report, RunError, message};
use crate::promise::run_microtasks;

impl EventLoop {
    /// Runs one pass: waits until something is ready, and does what is ready then. What becomes ready in the meantime is left
    /// to the next pass.
    ///
    /// # Errors
    ///
    /// As [`run_forever`](EventLoop::run_forever), and [`RunError::Stopped`].
    ///
    /// # Panics
    ///
    /// If a loop is running on this thread.
    #[track_caller]
    pub fn run_once(&self) -> Result<(), RunError> {
        let _running = self.enter();
        self.turn(&mut || {})
    }

    /// The event loop. First it waits until something is ready: a callback, a task, a socket, a timer. Then it does what is
    /// ready by then, in order. What becomes ready meanwhile is for the next pass, so that nobody can keep the sockets and
    /// timers from their turn. `main` polls the future that the loop runs for.
    pub(super) fn turn(&self, main: &mut dyn FnMut()) -> Result<(), RunError> {
        let inner = &self.0;
        // Of code that ran before the loop did.
        run_microtasks(main);
        inner.wait()?;
        inner.ring_timers();
        inner.shared.drain_into(&mut inner.pass.borrow_mut());
        let ready = inner.pass.borrow().len();
        for _ in 0..ready {
            let next = inner.pass.borrow_mut().pop_front();
            if let Some(next) = next {
                inner.call(next, main);
            }
            run_microtasks(main);
        }
        inner.check_stop()
    }

    /// Makes this the running loop, until the guard drops.
    #[track_caller]
    pub(super) fn enter(&self) -> Running {
        RUNNING.with_borrow_mut(|running| {
            assert!(running.is_none(), "an event loop is running on this thread already");
            *running = Some(self.clone());
        });
        Running
    }
}

/// While it lives, there is a running loop.
pub(super) struct Running;

impl Drop for Running {
    fn drop(&mut self) {
        let event_loop = RUNNING.take();
        drop(event_loop);
    }
}

impl Inner {
    /// Waits until something is ready. If it is already, sockets are asked all the same, so that they have their turn.
    fn wait(&self) -> Result<(), RunError> {
        if !self.pass.borrow().is_empty() || !self.shared.is_empty() || self.is_stopping() {
            return self.poll_sockets();
        }
        let timer = self.timers.borrow_mut().next();
        match (timer, &self.clock) {
            (Some(when), Clock::Real(_)) => self.poll(Some(when.saturating_sub(self.clock.now()))),
            (Some(when), Clock::Virtual(_)) => self.jump(when),
            (None, _) => {
                self.check_deadlock()?;
                self.poll(None)
            }
        }
    }

    /// Nothing is ready: it is the time of the next timer, unless a thread is at work.
    fn jump(&self, when: Duration) -> Result<(), RunError> {
        if when > self.clock.now() && self.shared.has_jobs() {
            return self.poll(None);
        }
        self.poll_sockets()?;
        if self.shared.is_empty() {
            self.clock.jump(when);
        }
        Ok(())
    }

    /// Asks which sockets are ready, without waiting.
    fn poll_sockets(&self) -> Result<(), RunError> {
        if self.sources.is_awaited() {
            self.poll(Some(Duration::ZERO))
        } else {
            Ok(())
        }
    }

    /// Waits in the system's poller for sockets, other threads, and the next timer.
    fn poll(&self, timeout: Option<Duration>) -> Result<(), RunError> {
        let waits = timeout != Some(Duration::ZERO) && self.shared.fall_asleep();
        let timeout = if waits { timeout } else { Some(Duration::ZERO) };
        let mut events = self.events.borrow_mut();
        events.clear();
        let polled = self.shared.poller.wait(&mut events, timeout);
        self.shared.wake_up();
        match polled {
            Ok(_) => {
                self.sources.wake(events.iter());
                Ok(())
            }
            // A signal was handled meanwhile: nothing is ready.
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => Ok(()),
            Err(error) => Err(RunError::Io(error)),
        }
    }

    /// Makes ready what is due.
    fn ring_timers(&self) {
        let now = self.clock.now();
        loop {
            let due = self.timers.borrow_mut().pop_due(now);
            let Some(id) = due else {
                break;
            };
            let mut timers = self.timers.borrow_mut();
            if let Some(Callback::Wake(_)) = timers.get_mut(id) {
                let callback = timers.remove(id);
                drop(timers);
                if let Some(Callback::Wake(registration)) = callback {
                    self.call_back(|| registration.wake());
                }
            } else {
                drop(timers);
                self.shared.push(Ready::Callback(id));
            }
        }
    }

    pub(super) fn call(&self, ready: Ready, main: &mut dyn FnMut()) {
        match ready {
            Ready::Main => main(),
            // A panic of it is kept for who awaits it.
            Ready::Step(step) => _ = step.run(),
            Ready::Callback(id) => {
                let callback = self.timers.borrow_mut().remove(id);
                if let Some(Callback::Call(callback)) = callback {
                    self.call_back(callback);
                }
            }
            Ready::Remote(callback) => self.call_back(callback),
        }
    }

    /// Calls a callback. Its panic is reported, and the loop goes on.
    pub(super) fn call_back(&self, callback: impl FnOnce()) {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(callback)) {
            self.report(&Report::CallbackPanicked {
                message: message(payload),
            });
        }
    }

    fn is_stopping(&self) -> bool {
        self.stopping.get()
            || self.shared.stopped.load(Ordering::Acquire)
            || self.shared.interrupted.load(Ordering::Acquire)
    }

    /// Whether the loop was asked to stop. It is asked once.
    fn check_stop(&self) -> Result<(), RunError> {
        if self.shared.interrupted.swap(false, Ordering::AcqRel) {
            return Err(RunError::Interrupted);
        }
        let remotely = self.shared.stopped.swap(false, Ordering::AcqRel);
        if self.stopping.replace(false) || remotely {
            Err(RunError::Stopped)
        } else {
            Ok(())
        }
    }

    /// The loop is about to wait without a timer: somebody has to be there who can end that.
    fn check_deadlock(&self) -> Result<(), RunError> {
        if self.sources.is_awaited() || self.shared.is_reachable() || self.shared.has_jobs() {
            return Ok(());
        }
        match self.tasks.stuck() {
            // A thread may have done something at the last moment, before it dropped its waker or its `Remote`.
            Some(tasks) if self.shared.is_empty() && !self.is_stopping() => Err(RunError::Deadlock(Deadlock { tasks })),
            _ => Ok(()),
        }
    }
}
