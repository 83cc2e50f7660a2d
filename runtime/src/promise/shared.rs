//! What the handles, the resolvers and the reactions of one promise share: its state, and the result until it is claimed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::panic::Location;
use std::rc::{Rc, Weak};

use super::microtasks::{self, Microtask};
use super::unhandled::{self, Rejected, Unhandled};

type Cloner<T, E> = fn(&Result<T, E>) -> Result<T, E>;

pub(super) struct Shared<T, E> {
    pub(super) state: RefCell<State<T, E>>,
    /// Handles and callbacks that may yet read the result. The last one gets it, the others get clones.
    claims: Cell<usize>,
    /// Set before there is a second claim.
    clone: Cell<Option<Cloner<T, E>>>,
    /// Whether it is decided how it settles: it is settled, or adopts a promise. Nothing changes that any more.
    decided: Cell<bool>,
    /// The promise that it adopts, until it settles.
    adopts: RefCell<Weak<Shared<T, E>>>,
    /// The number of its rejection among those that nobody has read.
    unread: Cell<Option<u64>>,
    /// Whether it was rejected because its resolvers are gone.
    broken: Cell<bool>,
    describe: fn(&E) -> String,
    /// Where the promise was made.
    at: &'static Location<'static>,
}

pub(super) enum State<T, E> {
    /// With its reactions, in order.
    Pending(BTreeMap<u64, Microtask>),
    Settled(Result<T, E>),
    /// The last claim has had the result.
    Read,
}

impl<T: 'static, E: 'static> Shared<T, E> {
    /// A pending promise. `describe` tells a rejection that nobody handles.
    pub(super) fn new(describe: fn(&E) -> String, at: &'static Location<'static>) -> Rc<Self> {
        Rc::new(Shared {
            state: RefCell::new(State::Pending(BTreeMap::new())),
            claims: Cell::new(0),
            clone: Cell::new(None),
            decided: Cell::new(false),
            adopts: RefCell::new(Weak::new()),
            unread: Cell::new(None),
            broken: Cell::new(false),
            describe,
            at,
        })
    }

    pub(super) fn is_settled(&self) -> bool {
        !matches!(*self.state.borrow(), State::Pending(_))
    }

    /// Whether the caller is the one that decides how the promise settles: the first.
    pub(super) fn decide(&self) -> bool {
        !self.decided.replace(true)
    }

    /// Settles a promise for which that has been decided, and queues its reactions.
    pub(super) fn settle(self: &Rc<Self>, result: Result<T, E>) {
        if result.is_err() {
            let this: Weak<Self> = Rc::downgrade(self);
            self.unread.set(Some(unhandled::enter(this)));
        }
        self.adopts.take();
        let state = self.state.replace(State::Settled(result));
        if let State::Pending(reactions) = state {
            reactions.into_values().for_each(microtasks::queue);
        }
        if self.claims.get() == 0 {
            self.discard();
        }
    }

    /// Rejects a promise that nobody can settle any more.
    pub(super) fn break_with(self: &Rc<Self>, reason: E) {
        self.broken.set(true);
        self.settle(Err(reason));
    }

    /// Queues the reaction when the promise is settled; at once, if it is. Until then it can be removed by the number.
    pub(super) fn react(&self, reaction: Microtask) -> Option<u64> {
        if let State::Pending(reactions) = &mut *self.state.borrow_mut() {
            let id = reactions.last_key_value().map_or(0, |(last, _)| last + 1);
            reactions.insert(id, reaction);
            return Some(id);
        }
        microtasks::queue(reaction);
        None
    }

    /// Removes a reaction, if the promise is still pending.
    pub(super) fn forget(&self, id: u64) {
        let _reaction = match &mut *self.state.borrow_mut() {
            State::Pending(reactions) => reactions.remove(&id),
            _ => None,
        };
    }

    /// Notes that the promise will settle as `other` does. `false` if that one waits for this one already.
    pub(super) fn adopt(self: &Rc<Self>, other: &Rc<Self>) -> bool {
        let mut next = Some(other.clone());
        while let Some(promise) = next {
            if Rc::ptr_eq(self, &promise) {
                return false;
            }
            next = promise.adopts.borrow().upgrade();
        }
        self.adopts.replace(Rc::downgrade(other));
        true
    }

    /// Nobody will read the result: drops it. A rejection is unhandled then; but a promise whose two sides are gone, as with a
    /// task that had them and was cancelled, is missed by nobody.
    fn discard(&self) {
        if !self.is_settled() {
            return;
        }
        if let Some(id) = self.unread.take() {
            match self.describe() {
                Some(rejection) if !self.broken.get() => unhandled::dropped(id, rejection),
                _ => unhandled::handled(id),
            }
        }
        // It is dropped when the state can be used again.
        let _result = self.state.replace(State::Read);
    }
}

impl<T: 'static, E: 'static> Rejected for Shared<T, E> {
    fn describe(&self) -> Option<Unhandled> {
        match &*self.state.borrow() {
            State::Settled(Err(reason)) => Some(Unhandled {
                reason: (self.describe)(reason),
                at: self.at,
            }),
            _ => None,
        }
    }
}

/// A claim to the result of a promise, once it is settled.
pub(super) struct Claim<T: 'static, E: 'static> {
    shared: Rc<Shared<T, E>>,
}

impl<T: 'static, E: 'static> Claim<T, E> {
    pub(super) fn new(shared: Rc<Shared<T, E>>) -> Self {
        shared.claims.set(shared.claims.get() + 1);
        Claim { shared }
    }

    pub(super) fn shared(&self) -> &Rc<Shared<T, E>> {
        &self.shared
    }

    /// The result of a settled promise, or a clone of it if there are other claims.
    pub(super) fn read(self) -> Result<T, E> {
        if let Some(id) = self.shared.unread.take() {
            unhandled::handled(id);
        }
        if self.shared.claims.get() > 1
            && let Some(clone) = self.shared.clone.get()
            && let State::Settled(result) = &*self.shared.state.borrow()
        {
            return clone(result);
        }
        match self.shared.state.replace(State::Read) {
            State::Settled(result) => result,
            _ => unreachable!("a claim is read once, after the promise was settled"),
        }
    }
}

impl<T: Clone + 'static, E: Clone + 'static> Clone for Claim<T, E> {
    fn clone(&self) -> Self {
        self.shared.clone.set(Some(Result::clone));
        Claim::new(self.shared.clone())
    }
}

impl<T: 'static, E: 'static> Drop for Claim<T, E> {
    fn drop(&mut self) {
        let others = self.shared.claims.get() - 1;
        self.shared.claims.set(others);
        if others == 0 {
            self.shared.discard();
        }
    }
}
