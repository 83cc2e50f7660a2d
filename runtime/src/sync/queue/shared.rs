//! What a queue is made of: its items, and permits to put and to get.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use crate::sync::permits::Permits;
use crate::sync::waiters::Waiters;

/// What the handles of a queue share, and its futures.
pub(super) struct Shared<T> {
    pub(super) items: RefCell<VecDeque<T>>,
    pub(super) capacity: Option<usize>,
    /// One for each item that is not spoken for. Open when no item will come any more.
    pub(super) filled: Permits,
    /// One for each free place that is not spoken for. Open when the queue is closed: then putting fails at once.
    pub(super) room: Permits,
    pub(super) closed: Cell<bool>,
    /// Items that were put and for which nobody has called `task_done`.
    pub(super) unfinished: Cell<usize>,
    /// Those that wait until there are none.
    pub(super) joiners: Waiters,
}

impl<T> Shared<T> {
    pub(super) fn new(capacity: Option<usize>) -> Self {
        Shared {
            items: RefCell::default(),
            capacity,
            filled: Permits::new(0),
            room: Permits::new(capacity.unwrap_or(usize::MAX)),
            closed: Cell::new(false),
            unfinished: Cell::new(0),
            joiners: Waiters::default(),
        }
    }

    /// The caller has room.
    pub(super) fn push(&self, item: T) {
        self.items.borrow_mut().push_back(item);
        self.unfinished.set(self.unfinished.get() + 1);
        self.filled.release();
    }

    /// The caller has been let pass: there is an item for it, or none will come any more.
    pub(super) fn pop(&self) -> Option<T> {
        let item = self.items.borrow_mut().pop_front()?;
        self.room.release();
        self.fill_for_ever_if_drained();
        Some(item)
    }

    /// When no item will come any more, whoever wants one need not wait to learn that. While some are spoken for, they have to:
    /// an item may be left to them.
    pub(super) fn fill_for_ever_if_drained(&self) {
        if self.closed.get() && self.items.borrow().is_empty() {
            self.filled.open();
        }
    }
}
