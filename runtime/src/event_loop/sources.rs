//! Sockets of a loop: who waits for which, and for what.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::task::Context;

use polling::{AsSource, Event};

use super::{EventLoop, Inner, Shared};
use crate::waiting::Registration;

/// The sockets that the poller knows, by the key that it gives back.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) by_key: RefCell<HashMap<usize, Weak<Source>>>,
    next: Cell<usize>,
    /// How many registrations there are in all.
    awaited: Rc<Cell<usize>>,
}

impl Sources {
    /// Whether any task waits for a socket.
    pub(super) fn is_awaited(&self) -> bool {
        self.awaited.get() > 0
    }

    /// Wakes who waits for what the poller reports.
    pub(super) fn wake(&self, events: impl Iterator<Item = Event>) {
        for event in events {
            let source = self.by_key.borrow().get(&event.key).and_then(Weak::upgrade);
            if let Some(source) = source {
                source.wake(event);
            }
        }
    }
}

/// What a task wants of a socket.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Read,
    Write,
}

/// One socket, and the tasks that wait for it. It is in the poller as long as it lives.
pub(super) struct Source {
    socket: Rc<dyn AsSource>,
    key: usize,
    waiting: RefCell<Vec<Waiting>>,
    next: Cell<u64>,
    awaited: Rc<Cell<usize>>,
    shared: Arc<Shared>,
    event_loop: Weak<Inner>,
}

/// One task that waits for a socket.
struct Waiting {
    number: u64,
    direction: Direction,
    registration: Registration,
}

impl Source {
    #[allow(unsafe_code)]
    pub(super) fn new(socket: Rc<dyn AsSource>, event_loop: &EventLoop) -> io::Result<Rc<Self>> {
        let sources = &event_loop.inner().sources;
        let key = sources.next.get();
        sources.next.set(key + 1);
        #[cfg(unix)]
        let raw = std::os::fd::AsRawFd::as_raw_fd(&socket.source());
        #[cfg(windows)]
        let raw = std::os::windows::io::AsRawSocket::as_raw_socket(&socket.source());
        // SAFETY: the poller must have forgotten the socket before that is closed. The source owns the socket and the poller, so
        // both are alive when its drop takes the one out of the other. Nothing closes or exchanges the socket meanwhile: it is in
        // an `Rc`, and `Io` gives out shared references only.
        unsafe { event_loop.shared().poller.add(raw, Event::none(key))? };
        let source = Rc::new(Source {
            socket,
            key,
            waiting: RefCell::default(),
            next: Cell::new(0),
            awaited: sources.awaited.clone(),
            shared: event_loop.shared().clone(),
            event_loop: Rc::downgrade(event_loop.inner()),
        });
        sources.by_key.borrow_mut().insert(key, Rc::downgrade(&source));
        Ok(source)
    }

    pub(super) fn is_of(&self, event_loop: &EventLoop) -> bool {
        self.event_loop.as_ptr() == Rc::as_ptr(event_loop.inner())
    }

    /// Takes an operation from what the step may do.
    pub(super) fn spend(&self) {
        if let Some(event_loop) = self.event_loop.upgrade() {
            event_loop.budget.set(event_loop.budget.get().saturating_sub(1));
        }
    }

    /// Has the task that is being polled wait.
    pub(super) fn wait(&self, direction: Direction, registration: Registration) -> io::Result<u64> {
        let number = self.next.get();
        self.next.set(number + 1);
        self.waiting.borrow_mut().push(Waiting {
            number,
            direction,
            registration,
        });
        self.awaited.set(self.awaited.get() + 1);
        self.arm().inspect_err(|_| self.forget(number))?;
        Ok(number)
    }

    /// Tells the poller what is wanted. It reports that once.
    fn arm(&self) -> io::Result<()> {
        let waiting = self.waiting.borrow();
        let wants = |direction| waiting.iter().any(|waiting| waiting.direction == direction);
        let interest = Event::new(self.key, wants(Direction::Read), wants(Direction::Write));
        self.shared.poller.modify(self.socket.source(), interest)
    }

    fn wake(&self, event: Event) {
        let is_ready = |waiting: &mut Waiting| match waiting.direction {
            Direction::Read => event.readable,
            Direction::Write => event.writable,
        };
        let ready: Vec<Waiting> = self.waiting.borrow_mut().extract_if(.., is_ready).collect();
        self.awaited.set(self.awaited.get() - ready.len());
        let rest = !self.waiting.borrow().is_empty();
        // If the poller refuses, nobody else will wake them: they try again, and are told.
        if rest && self.arm().is_err() {
            self.wake_all();
        }
        self.wake_each(ready);
    }

    fn wake_all(&self) {
        let all = self.waiting.take();
        self.awaited.set(self.awaited.get() - all.len());
        self.wake_each(all);
    }

    /// Wakes each, whether the waker of one panics or not.
    fn wake_each(&self, ready: Vec<Waiting>) {
        if let Some(event_loop) = self.event_loop.upgrade() {
            for waiting in ready {
                event_loop.call_back(|| waiting.registration.wake());
            }
        }
    }

    pub(super) fn forget(&self, number: u64) {
        let mut waiting = self.waiting.borrow_mut();
        let Some(at) = waiting.iter().position(|waiting| waiting.number == number) else {
            return;
        };
        let forgotten = waiting.remove(at);
        self.awaited.set(self.awaited.get() - 1);
        // Not borrowed while a waker drops: that may drop other waits.
        drop(waiting);
        drop(forgotten);
    }

    /// Whether the wait is still there, for the task that is being polled now.
    pub(super) fn renew(&self, number: u64, context: &Context<'_>) -> bool {
        let mut waiting = self.waiting.borrow_mut();
        let mine = waiting.iter_mut().find(|waiting| waiting.number == number);
        mine.map(|waiting| waiting.registration.renew(context)).is_some()
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        // It fails if the socket was closed behind our back; then the poller has forgotten it already.
        let _ = self.shared.poller.delete(self.socket.source());
        if let Some(event_loop) = self.event_loop.upgrade() {
            event_loop.sources.by_key.borrow_mut().remove(&self.key);
        }
    }
}
