//! [`Waiters`]: the futures that wait for one thing, in the order in which they came. Every primitive of this module is made
//! of it.
//!
//! A future has a [`Place`] in the queue. Whoever wakes it takes it out of the queue first, and marks its slot as chosen. The
//! slot stays until the future sees that, or is dropped: then [`leave`](Waiters::leave) says whether another one has to be
//! chosen in its stead. All of it takes constant time for each future.
//!
//! Wakers are code of the executor. They are cloned, woken and dropped while the list is not borrowed, so what they run may
//! come back here.

use std::cell::RefCell;
use std::iter;
use std::mem;
use std::panic::Location;
use std::task::{Context, Poll};

use crate::waiting::Registration;

/// The futures that wait for one thing.
#[derive(Default)]
pub(super) struct Waiters {
    list: RefCell<List>,
}

/// How a future was chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wake {
    /// It got something that another one can have in its stead.
    Alone,
    /// All that waited got the same.
    WithAll,
}

/// The place of one future among the waiters.
pub(super) struct Place {
    what: &'static str,
    at: &'static Location<'static>,
    state: State,
}

enum State {
    /// Not polled yet.
    New,
    /// It waits in this slot, or has been chosen there.
    Waiting(usize),
    /// It has completed, or left.
    Done,
}

impl Place {
    /// The place of a future that was made at `at`, by the function that `what` names.
    pub(super) fn new(what: &'static str, at: &'static Location<'static>) -> Self {
        Place {
            what,
            at,
            state: State::New,
        }
    }
}

impl Waiters {
    /// Polls a future. In its first poll `ready` says whether it need not wait; later it waits to be chosen.
    ///
    /// # Panics
    ///
    /// If the future has completed.
    pub(super) fn poll(&self, place: &mut Place, context: &Context<'_>, ready: impl FnOnce() -> bool) -> Poll<Wake> {
        let chosen = match place.state {
            State::New if ready() => Poll::Ready(Wake::Alone),
            State::New => {
                let registration = Registration::new(context, place.what, place.at);
                place.state = State::Waiting(self.list.borrow_mut().enter(registration));
                return Poll::Pending;
            }
            State::Waiting(key) => self.poll_again(key, context),
            State::Done => completed(place.what),
        };
        if chosen.is_ready() {
            place.state = State::Done;
        }
        chosen
    }

    fn poll_again(&self, key: usize, context: &Context<'_>) -> Poll<Wake> {
        let registration = match self.list.borrow_mut().take_registration(key) {
            Ok(registration) => registration,
            Err(wake) => return Poll::Ready(wake),
        };
        // Meanwhile the future may be chosen: the old waker may be the last one of a task, and drop it.
        let registration = registration.map(|mut registration| {
            registration.renew(context);
            registration
        });
        self.list.borrow_mut().put_registration(key, registration)
    }

    /// Chooses the one that has waited longest, if any.
    pub(super) fn wake_first(&self) -> bool {
        let first = self.list.borrow_mut().choose_first(Wake::Alone);
        let found = first.is_some();
        if let Some(registration) = first.flatten() {
            registration.wake();
        }
        found
    }

    /// Chooses all that wait now.
    pub(super) fn wake_all(&self) {
        let mut list = self.list.borrow_mut();
        let all: Vec<_> = iter::from_fn(|| list.choose_first(Wake::WithAll)).collect();
        drop(list);
        all.into_iter().flatten().for_each(Registration::wake);
    }

    /// A future that may still wait is dropped. Whether it had been chosen alone, so that another one has to be chosen in its
    /// stead.
    pub(super) fn leave(&self, place: &mut Place) -> bool {
        match mem::replace(&mut place.state, State::Done) {
            State::Waiting(key) => {
                let slot = self.list.borrow_mut().remove(key);
                matches!(slot, Slot::Chosen(Wake::Alone))
            }
            State::New | State::Done => false,
        }
    }
}

/// Reports that a future is polled which has completed.
#[cold]
pub(super) fn completed(what: &str) -> ! {
    panic!("the future of `{what}` was polled after it had completed")
}

/// A doubly linked list in slots, and a list of the free ones.
#[derive(Default)]
struct List {
    slots: Vec<Slot>,
    first: Option<usize>,
    last: Option<usize>,
    free: Option<usize>,
}

enum Slot {
    /// In the list of those that wait.
    Waiting(Waiter),
    /// No longer in that list; its future does not know it yet.
    Chosen(Wake),
    /// In the list of free slots, in front of this one.
    Free(Option<usize>),
}

struct Waiter {
    /// `None` only while it is being renewed.
    registration: Option<Registration>,
    previous: Option<usize>,
    next: Option<usize>,
}

impl List {
    /// Appends one that waits.
    fn enter(&mut self, registration: Registration) -> usize {
        let slot = Slot::Waiting(Waiter {
            registration: Some(registration),
            previous: self.last,
            next: None,
        });
        let key = match self.free {
            Some(key) => {
                let Slot::Free(next) = mem::replace(&mut self.slots[key], slot) else {
                    unreachable!("a slot in the list of free ones is free")
                };
                self.free = next;
                key
            }
            None => {
                self.slots.push(slot);
                self.slots.len() - 1
            }
        };
        match self.last.replace(key) {
            Some(last) => self.waiter(last).next = Some(key),
            None => self.first = Some(key),
        }
        key
    }

    /// Takes the first one out of the list, with its registration.
    fn choose_first(&mut self, wake: Wake) -> Option<Option<Registration>> {
        let key = self.first?;
        self.unlink(key);
        match mem::replace(&mut self.slots[key], Slot::Chosen(wake)) {
            Slot::Waiting(waiter) => Some(waiter.registration),
            Slot::Chosen(_) | Slot::Free(_) => unreachable!("what is in the list waits"),
        }
    }

    /// What is registered for one that waits; or it has been chosen, and the slot is free.
    fn take_registration(&mut self, key: usize) -> Result<Option<Registration>, Wake> {
        match self.slots[key] {
            Slot::Waiting(ref mut waiter) => Ok(waiter.registration.take()),
            Slot::Chosen(wake) => {
                self.remove(key);
                Err(wake)
            }
            Slot::Free(_) => unreachable!("a slot is free only when its future is done"),
        }
    }

    fn put_registration(&mut self, key: usize, registration: Option<Registration>) -> Poll<Wake> {
        match self.take_registration(key) {
            Ok(_) => {
                self.waiter(key).registration = registration;
                Poll::Pending
            }
            Err(wake) => Poll::Ready(wake),
        }
    }

    /// Frees a slot, and gives what was there: a waker, which is to be dropped elsewhere.
    fn remove(&mut self, key: usize) -> Slot {
        if let Slot::Waiting(_) = self.slots[key] {
            self.unlink(key);
        }
        let free = Slot::Free(self.free.replace(key));
        mem::replace(&mut self.slots[key], free)
    }

    /// Takes one that waits out of the list.
    fn unlink(&mut self, key: usize) {
        let waiter = self.waiter(key);
        let (previous, next) = (waiter.previous, waiter.next);
        match previous {
            Some(previous) => self.waiter(previous).next = next,
            None => self.first = next,
        }
        match next {
            Some(next) => self.waiter(next).previous = previous,
            None => self.last = previous,
        }
    }

    fn waiter(&mut self, key: usize) -> &mut Waiter {
        match &mut self.slots[key] {
            Slot::Waiting(waiter) => waiter,
            Slot::Chosen(_) | Slot::Free(_) => unreachable!("what is in the list waits"),
        }
    }
}
