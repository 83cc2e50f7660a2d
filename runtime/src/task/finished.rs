//! The order in which the tasks of a set end, without asking each of them after each step.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::task::{Context, Poll};

use crate::waiting::{Registration, Wait};

/// The tasks of a set that have ended, by their numbers, and who waits for the next one.
#[derive(Default)]
pub(super) struct Finished {
    order: RefCell<VecDeque<usize>>,
    waiter: RefCell<Option<Registration>>,
}

impl Finished {
    pub(super) fn push(&self, number: usize) {
        self.order.borrow_mut().push_back(number);
        if let Some(waiter) = self.waiter.take() {
            waiter.wake();
        }
    }

    /// The task that ended next.
    pub(super) fn poll_next(&self, context: &Context<'_>, wait: Wait) -> Poll<usize> {
        if let Some(number) = self.order.borrow_mut().pop_front() {
            self.waiter.replace(None);
            return Poll::Ready(number);
        }
        match &mut *self.waiter.borrow_mut() {
            Some(waiter) => waiter.renew(context),
            none => *none = Some(Registration::of(context, wait)),
        }
        Poll::Pending
    }
}
