//! Who runs the microtasks of a thread without an event loop: the tasks of other executors, whenever they poll a promise.
//! Those that wait for one are listed here, and all are woken when there is a microtask to run.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::mem;
use std::task::Waker;

#[derive(Default)]
struct Drivers {
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

thread_local! {
    static DRIVERS: RefCell<Drivers> = RefCell::default();
}

/// A task in the list. It leaves when this is dropped, or when it is woken.
pub(super) struct Driver {
    id: u64,
}

impl Driver {
    pub(super) fn new(waker: &Waker) -> Self {
        DRIVERS.with_borrow_mut(|drivers| {
            let id = drivers.next;
            drivers.next += 1;
            drivers.wakers.insert(id, waker.clone());
            Driver { id }
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The waker is dropped after the list has been left: with it may go a task, with promises that it awaits.
        let _waker = DRIVERS.try_with(|drivers| drivers.borrow_mut().wakers.remove(&self.id));
    }
}

/// Wakes all, and empties the list.
pub(super) fn wake() {
    let wakers = DRIVERS.try_with(|drivers| mem::take(&mut drivers.borrow_mut().wakers));
    for waker in wakers.unwrap_or_default().into_values() {
        waker.wake();
    }
}
