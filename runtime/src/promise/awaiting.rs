//! A promise as a future: the task that awaits it is a reaction, like a callback.

use std::cell::Cell;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_core::FusedFuture;

use super::Promise;
use super::drivers::Driver;
use super::microtasks::{Microtask, Slot, run_microtasks};
use super::shared::Shared;
use crate::event_loop;
use crate::waiting::{Registration, last_await};

/// The task that awaits a promise. It waits no longer when this is dropped.
pub(super) struct Waiting<T: 'static, E: 'static> {
    shared: Rc<Shared<T, E>>,
    /// The reaction, if the promise was pending. Its microtask empties the slot.
    reaction: Option<u64>,
    slot: Slot,
    driver: Option<Driver>,
}

impl<T: 'static, E: 'static> Waiting<T, E> {
    fn new(shared: Rc<Shared<T, E>>, context: &Context<'_>, at: &'static Location<'static>) -> Self {
        let registration = Registration::new(context, "Promise", at);
        let slot = Rc::new(Cell::new(Some(registration)));
        Waiting {
            reaction: shared.react(Microtask::Wake(slot.clone())),
            shared,
            slot,
            driver: None,
        }
    }

    /// Has the task woken that polls now. `false` if it was woken: then the promise is settled, and it is this task's turn.
    fn renew(&self, context: &Context<'_>) -> bool {
        let registration = self.slot.take().map(|mut registration| {
            registration.renew(context);
            registration
        });
        let waits = registration.is_some();
        self.slot.set(registration);
        waits
    }
}

impl<T: 'static, E: 'static> Drop for Waiting<T, E> {
    fn drop(&mut self) {
        self.slot.take();
        if let Some(reaction) = self.reaction {
            self.shared.forget(reaction);
        }
    }
}

/// Awaiting a promise gives its result: a clone, if there are other handles.
///
/// The task goes on in its turn, in the order in which callbacks and tasks began to wait for the promise, and after the
/// microtasks that were queued before. On an event loop that is so for a promise that is settled already, too: as in
/// JavaScript, an `await` always lets those go first.
///
/// Any executor will do. Without an event loop of this crate polling a promise runs the microtasks of its thread.
///
/// Cancel safety: a promise that is dropped before it is ready has taken nothing from the other handles.
///
/// # Panics
///
/// Polling panics if the result was taken through this handle.
impl<T: 'static, E: 'static> Future for Promise<T, E> {
    type Output = Result<T, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T, E>> {
        let this = self.get_mut();
        let looped = event_loop::is_running();
        if !looped {
            run_microtasks(&mut || {});
        }
        let shared = this.claim().shared();
        let waits = this.waiting.as_ref().is_none_or(|waiting| waiting.renew(context));
        // Without a loop those that were before have had their turn just now.
        if shared.is_settled() && !(looped && waits) {
            this.waiting = None;
            return Poll::Ready(this.take_claim().read());
        }
        let shared = shared.clone();
        let waiting = this
            .waiting
            .get_or_insert_with(|| Waiting::new(shared, context, last_await().unwrap_or(this.at)));
        waiting.driver = (!looped).then(|| Driver::new(context.waker()));
        Poll::Pending
    }
}

impl<T: 'static, E: 'static> FusedFuture for Promise<T, E> {
    fn is_terminated(&self) -> bool {
        self.claim.is_none()
    }
}
