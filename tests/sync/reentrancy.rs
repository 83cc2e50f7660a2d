//! Wakers that come back: they run code which uses what has just woken or dropped them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Wake, Waker};

use unawait::sync::{Condition, Event, Lock, Queue, Semaphore};

use crate::steps::Step;

type Action = Box<dyn FnOnce()>;

thread_local! {
    /// What wakers do, by their number: a waker itself is `Send`.
    static ACTIONS: RefCell<HashMap<usize, Action>> = RefCell::default();
}

fn act(number: usize) {
    let action = ACTIONS.with_borrow_mut(|actions| actions.remove(&number));
    action.into_iter().for_each(|action| action());
}

fn number(action: impl FnOnce() + 'static) -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Relaxed);
    ACTIONS.with_borrow_mut(|actions| actions.insert(number, Box::new(action)));
    number
}

struct WhenWoken(usize);

impl Wake for WhenWoken {
    fn wake(self: Arc<Self>) {
        act(self.0);
    }
}

/// It acts when it is woken for the first time.
fn when_woken(action: impl FnOnce() + 'static) -> Waker {
    Waker::from(Arc::new(WhenWoken(number(action))))
}

struct WhenDropped(usize);

impl Wake for WhenDropped {
    fn wake(self: Arc<Self>) {}
}

impl Drop for WhenDropped {
    fn drop(&mut self) {
        act(self.0);
    }
}

/// It acts when its last clone is dropped.
fn when_dropped(action: impl FnOnce() + 'static) -> Waker {
    Waker::from(Arc::new(WhenDropped(number(action))))
}

#[test]
fn a_getter_is_polled_inside_of_the_put() {
    let (queue, got) = (Queue::bounded(1), Rc::new(RefCell::new(vec![])));
    let getter = Rc::new(RefCell::new(Step::new(queue.get())));
    let waker = when_woken({
        let (queue, got, getter) = (queue.clone(), got.clone(), getter.clone());
        move || {
            got.borrow_mut().push(getter.borrow_mut().ready());
            queue.try_put(2).unwrap();
        }
    });
    assert!(getter.borrow_mut().poll_with(&waker).is_pending());
    queue.try_put(1).unwrap();
    assert_eq!(*got.borrow(), [Ok(1)]);
    assert_eq!(queue.try_get(), Ok(2));
}

#[test]
fn a_putter_is_polled_inside_of_the_get() {
    let queue = Queue::bounded(1);
    queue.try_put(1).unwrap();
    let putter = Rc::new(RefCell::new(Step::new(queue.put(2))));
    let waker = when_woken({
        let putter = putter.clone();
        move || assert_eq!(putter.borrow_mut().ready(), Ok(()))
    });
    assert!(putter.borrow_mut().poll_with(&waker).is_pending());
    assert_eq!(queue.try_get(), Ok(1));
    assert_eq!(queue.try_get(), Ok(2));
}

#[test]
fn a_woken_one_waits_again_at_once() {
    let event = Rc::new(Event::new());
    let again = Rc::new(RefCell::new(None));
    let mut wait = Step::new(event.wait());
    let waker = when_woken({
        let (event, again) = (event.clone(), again.clone());
        move || {
            event.clear();
            again.replace(Some(Step::waiting(waiter(event))));
        }
    });
    assert!(wait.poll_with(&waker).is_pending());
    let mut other = Step::waiting(event.wait());
    event.set();
    // It waits for the next time.
    let mut again = again.take().expect("it was woken");
    assert!(again.poll().is_pending());
    assert_eq!((again.wakes(), other.wakes()), (0, 1));
    wait.ready();
    other.ready();
    event.set();
    again.ready();
}

async fn waiter(event: Rc<Event>) {
    event.wait().await;
}

#[test]
fn a_permit_is_given_on_inside_of_the_release() {
    let semaphore = Rc::new(Semaphore::new(1));
    let permit = semaphore.try_acquire_owned();
    let acquire = Rc::new(RefCell::new(Step::new(semaphore.acquire_owned())));
    let waker = when_woken({
        let acquire = acquire.clone();
        move || drop(acquire.borrow_mut().ready())
    });
    assert!(acquire.borrow_mut().poll_with(&waker).is_pending());
    let last = Step::waiting(semaphore.acquire());
    drop(permit);
    assert_eq!(last.wakes(), 1);
    drop(last);
    assert_eq!(semaphore.available(), 1);
}

#[test]
fn whoever_gets_the_lock_notifies_inside_of_the_wait() {
    let (lock, condition) = (Rc::new(Lock::new(0)), Rc::new(Condition::new()));
    let guard = lock.try_lock_owned().unwrap();
    let other = Rc::new(RefCell::new(Step::new(lock.lock_owned())));
    let waker = when_woken({
        let (other, condition) = (other.clone(), condition.clone());
        move || {
            *other.borrow_mut().ready() = 1;
            condition.notify_one();
        }
    });
    assert!(other.borrow_mut().poll_with(&waker).is_pending());
    // To unlock wakes the other one, who notifies before `wait` returns.
    let mut wait = Step::waiting(condition.wait(guard));
    assert_eq!(wait.wakes(), 1);
    assert_eq!(*wait.ready(), 1);
}

#[test]
fn a_waker_that_is_replaced_wakes_its_own_future() {
    let event = Rc::new(Event::new());
    let mut wait = Step::new(event.wait());
    let waker = when_dropped({
        let event = event.clone();
        move || event.set()
    });
    assert!(wait.poll_with(&waker).is_pending());
    drop(waker);
    // Another waker takes the place of the last clone, and its drop sets the event.
    assert!(!event.is_set());
    wait.ready();
    assert!(event.is_set());
}

#[test]
fn a_waker_that_is_dropped_with_its_future_uses_the_queue() {
    let queue = Queue::unbounded();
    let mut getter = Step::new(queue.get());
    let waker = when_dropped({
        let queue = queue.clone();
        move || queue.try_put(1).unwrap()
    });
    assert!(getter.poll_with(&waker).is_pending());
    drop(waker);
    let mut next = Step::waiting(queue.get());
    drop(getter);
    assert_eq!(next.ready(), Ok(1));
}

#[test]
fn a_waker_that_is_dropped_by_a_wake_cancels_another_future() {
    let queue = Queue::unbounded();
    let mut first = Step::new(queue.get());
    let second = Rc::new(RefCell::new(None));
    let waker = when_dropped({
        let second = second.clone();
        move || drop(second.take())
    });
    assert!(first.poll_with(&waker).is_pending());
    drop(waker);
    second.replace(Some(Step::waiting(queue.get())));
    let mut third = Step::waiting(queue.get());
    queue.try_put(1).unwrap();
    assert!(second.borrow().is_none());
    queue.try_put(2).unwrap();
    assert_eq!([first.ready(), third.ready()], [Ok(1), Ok(2)]);
}

#[test]
fn an_item_whose_drop_uses_its_queue() {
    struct Echo(Queue<Option<Echo>>);

    impl Drop for Echo {
        fn drop(&mut self) {
            let _ = self.0.try_put(None);
        }
    }

    let queue = Queue::unbounded();
    assert!(queue.try_put(Some(Echo(queue.clone()))).is_ok());
    drop(queue.try_get());
    assert!(matches!(queue.try_get(), Ok(None)));
    queue.close();
    drop(Step::new(queue.put(Some(Echo(queue.clone())))).ready());
    assert!(queue.is_empty());
}
