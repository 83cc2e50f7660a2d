//! Sockets of a loop: who waits for which, and for what.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::task::{Context, Poll};

use polling::{AsSource, Event};

use super::{EventLoop, Inner, Shared};
use crate::waiting::{Registration, Wait};

/// The sockets that the poller knows, by the key that it gives back.
#[derive(Default)]
pub(super) struct Sources {
    by_key: RefCell<HashMap<usize, Weak<Source>>>,
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
struct Source {
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
    fn new(socket: Rc<dyn AsSource>, event_loop: &EventLoop) -> io::Result<Rc<Self>> {
        let sources = &event_loop.inner().sources;
        let key = sources.next.get();
        sources.next.set(key + 1);
        #[cfg(unix)]
        let raw = std::os::fd::AsRawFd::as_raw_fd(&socket.source());
        #[cfg(windows)]
        let raw = std::os::windows::io::AsRawSocket::as_raw_socket(&socket.source());
        // SAFETY: the source holds the socket, and its drop takes it out of the poller, which is alive then, for the source
        // holds that as well.
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

    /// Has the task that is being polled wait.
    fn wait(&self, direction: Direction, registration: Registration) -> io::Result<u64> {
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
        self.shared.poller.modify(&*self.socket, interest)
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

    fn forget(&self, number: u64) {
        let mut waiting = self.waiting.borrow_mut();
        let before = waiting.len();
        waiting.retain(|waiting| waiting.number != number);
        self.awaited.set(self.awaited.get() - (before - waiting.len()));
    }

    /// Whether the wait is still there, for the task that is being polled now.
    fn renew(&self, number: u64, context: &Context<'_>) -> bool {
        let mut waiting = self.waiting.borrow_mut();
        let mine = waiting.iter_mut().find(|waiting| waiting.number == number);
        mine.map(|waiting| waiting.registration.renew(context)).is_some()
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        // It fails if the socket was closed behind our back; then the poller has forgotten it already.
        let _ = self.shared.poller.delete(&*self.socket);
        if let Some(event_loop) = self.event_loop.upgrade() {
            event_loop.sources.by_key.borrow_mut().remove(&self.key);
        }
    }
}

/// A wait for a socket. It ends when this drops.
pub(crate) struct Interest {
    source: Rc<Source>,
    number: u64,
}

impl Drop for Interest {
    fn drop(&mut self) {
        self.source.forget(self.number);
    }
}

/// A socket that does not block, in the poller of a loop. Clones share it.
pub(crate) struct Io<T> {
    socket: Rc<T>,
    source: Rc<Source>,
}

impl<T> Clone for Io<T> {
    fn clone(&self) -> Self {
        Io {
            socket: self.socket.clone(),
            source: self.source.clone(),
        }
    }
}

impl<T: AsSource + 'static> Io<T> {
    /// Gives the running loop a socket that was set not to block.
    #[track_caller]
    pub(crate) fn new(socket: T) -> io::Result<Self> {
        let socket = Rc::new(socket);
        let source = Source::new(socket.clone(), &EventLoop::running())?;
        Ok(Io { socket, source })
    }

    pub(crate) fn get(&self) -> &T {
        &self.socket
    }

    /// Tries `operation`. If it would block, the task waits until the socket is ready for another try.
    pub(crate) fn poll<R>(
        &self,
        context: &Context<'_>,
        direction: Direction,
        interest: &mut Option<Interest>,
        wait: Wait,
        mut operation: impl FnMut(&T) -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        if !self.source.shared.spend() {
            // Others have their turn first.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        loop {
            match operation(&self.socket) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                done => {
                    *interest = None;
                    return Poll::Ready(done);
                }
            }
        }
        if interest
            .as_ref()
            .is_none_or(|interest| !self.source.renew(interest.number, context))
        {
            *interest = None;
            let number = self.source.wait(direction, Registration::of(context, wait))?;
            let source = self.source.clone();
            *interest = Some(Interest { source, number });
        }
        Poll::Pending
    }
}
