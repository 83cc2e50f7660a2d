//! The waker of a future is kept while it waits, and no longer: not when it has been dropped, nor when it has been woken.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Wake, Waker};

use unawait::sync::{Condition, Event, Lock, Queue, Semaphore};

use crate::steps::Step;

struct Idle;

impl Wake for Idle {
    fn wake(self: Arc<Self>) {}
}

/// `wake` makes what `future` makes go on, however often it is called.
fn check<F: Future>(future: impl Fn() -> F, wake: impl Fn()) {
    let idle = Arc::new(Idle);
    let waker = Waker::from(idle.clone());
    let waiting = || {
        let mut step = Step::new(future());
        assert!(step.poll_with(&waker).is_pending());
        assert_eq!(Arc::strong_count(&idle), 3);
        step
    };
    drop(waiting());
    assert_eq!(Arc::strong_count(&idle), 2, "dropped");
    let woken = waiting();
    wake();
    assert_eq!(Arc::strong_count(&idle), 2, "woken");
    drop(woken);
    assert_eq!(Arc::strong_count(&idle), 2, "dropped when it was woken");
}

#[test]
fn of_queues() {
    let empty = Queue::unbounded();
    check(|| empty.get(), || empty.try_put(1).unwrap());
    let full = Queue::bounded(1);
    full.try_put(1).unwrap();
    check(|| full.put(2), || assert_eq!(full.try_get(), Ok(1)));
    check(|| full.join(), || full.task_done());
    let empty = Queue::<u32>::unbounded();
    check(|| empty.get(), || empty.close());
    let full = Queue::bounded(1);
    full.try_put(1).unwrap();
    check(|| full.put(2), || full.close());
}

#[test]
fn of_events() {
    let event = Event::new();
    check(|| event.wait(), || event.set());
}

#[test]
fn of_semaphores() {
    let semaphore = Rc::new(Semaphore::new(2));
    let permit = || semaphore.try_acquire_owned().expect("there is one");
    let held = RefCell::new(vec![permit(), permit()]);
    check(|| semaphore.acquire(), || drop(held.borrow_mut().pop()));
    held.borrow_mut().push(permit());
    check(|| semaphore.acquire_owned(), || drop(held.borrow_mut().pop()));
}

#[test]
fn of_locks_and_conditions() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    check(|| condition.wait(lock.try_lock().unwrap()), || condition.notify_one());
    check(|| condition.wait(lock.try_lock().unwrap()), || condition.notify_all());
    let held = Cell::new(lock.try_lock());
    check(|| lock.lock(), || drop(held.take()));
}
