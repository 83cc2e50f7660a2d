//! What a task waits for is in its list for as long as it waits, with the place where the user wrote that.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use super::{Condition, Event, Lock, Queue, Semaphore};
use crate::waiting::Waits;

/// A task that is polled by hand.
struct Task<F> {
    future: Pin<Box<F>>,
    waits: Rc<Waits>,
}

impl<F: Future> Task<F> {
    fn new(future: F) -> Self {
        Task {
            future: Box::pin(future),
            waits: Waits::new(Waker::noop().clone()),
        }
    }

    /// Polls it, and gives the names and lines of what it waits for.
    fn poll(&mut self) -> Vec<(&'static str, u32)> {
        let Task { future, waits } = self;
        let _ = waits.enter(|| future.as_mut().poll(&mut Context::from_waker(waits.waker())));
        let list = waits.list().into_iter();
        list.map(|wait| {
            assert_eq!(wait.at.file(), file!());
            (wait.what, wait.at.line())
        })
        .collect()
    }
}

#[test]
fn each_names_what_it_waits_for_and_where() {
    #[track_caller]
    fn check(future: impl Future, what: &str) {
        let mut task = Task::new(future);
        let line = std::panic::Location::caller().line();
        assert_eq!(task.poll(), [(what, line)]);
        assert_eq!(task.poll(), [(what, line)]);
        drop(task.future);
        assert_eq!(task.waits.len(), 0);
    }

    let (empty, full) = (Queue::<u32>::unbounded(), Queue::bounded(1));
    full.try_put(1).unwrap();
    let (lock, semaphore) = (Rc::new(Lock::new(0)), Rc::new(Semaphore::new(0)));
    let (event, condition) = (Event::new(), Condition::new());
    let guard = || lock.try_lock().unwrap();
    check(condition.wait(guard()), "Condition::wait");
    check(condition.wait_for(guard(), |_| false), "Condition::wait_for");
    let _guard = guard();
    check(empty.get(), "Queue::get");
    check(full.put(2), "Queue::put");
    check(full.join(), "Queue::join");
    check(event.wait(), "Event::wait");
    check(semaphore.acquire(), "Semaphore::acquire");
    check(semaphore.acquire_owned(), "Semaphore::acquire_owned");
    check(lock.lock(), "Lock::lock");
    check(lock.lock_owned(), "Lock::lock_owned");
}

#[test]
fn a_wake_ends_the_waiting() {
    let queue = Queue::unbounded();
    let mut task = Task::new(queue.get());
    assert_eq!(task.poll().len(), 1);
    queue.try_put(1).unwrap();
    assert_eq!(task.waits.len(), 0);
    assert_eq!(task.poll(), []);
    assert!(queue.is_empty());
}

#[test]
fn a_notified_one_waits_for_the_lock_under_its_own_name() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let mut task = Task::new(condition.wait(lock.try_lock().unwrap()));
    let waits = task.poll();
    let guard = lock.try_lock().unwrap();
    condition.notify_one();
    assert_eq!(task.waits.len(), 0);
    assert_eq!(task.poll(), waits);
    drop(guard);
    assert_eq!(task.poll(), []);
}

#[test]
fn moved_to_another_task_it_is_in_the_list_of_that() {
    let event = Event::new();
    let mut first = Task::new(event.wait());
    assert_eq!(first.poll().len(), 1);
    let waker = Waker::from(std::sync::Arc::new(Other));
    let mut second = Task {
        future: first.future,
        waits: Waits::new(waker),
    };
    assert_eq!(second.poll().len(), 1);
    assert_eq!(first.waits.len(), 0);
}

/// A task beside that of the waker that does nothing.
struct Other;

impl std::task::Wake for Other {
    fn wake(self: std::sync::Arc<Self>) {}
}
