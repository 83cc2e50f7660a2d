//! Futures of a queue that are dropped, in each of their states: nothing is lost.

use std::cell::RefCell;
use std::rc::Rc;

use unawait::sync::{Queue, TryGetError};

use crate::steps::{Counted, Step, wakes};

#[test]
fn a_getter_that_waits_leaves_the_line() {
    for dropped in 0..3 {
        let queue = Queue::unbounded();
        let mut getters: Vec<_> = (0..3).map(|_| Step::waiting(queue.get())).collect();
        drop(getters.remove(dropped));
        queue.try_put(1).unwrap();
        queue.try_put(2).unwrap();
        assert_eq!(wakes(&getters), [1, 1]);
        assert_eq!([getters[0].ready(), getters[1].ready()], [Ok(1), Ok(2)]);
    }
}

#[test]
fn a_getter_that_was_chosen_hands_over() {
    let queue = Queue::unbounded();
    let first = Step::waiting(queue.get());
    let mut second = Step::waiting(queue.get());
    let third = Step::waiting(queue.get());
    queue.try_put(1).unwrap();
    assert_eq!((first.wakes(), second.wakes()), (1, 0));
    drop(first);
    assert_eq!((second.wakes(), third.wakes()), (1, 0));
    assert_eq!(second.ready(), Ok(1));
}

#[test]
fn a_chosen_getter_that_nobody_follows_leaves_the_item() {
    let queue = Queue::unbounded();
    let getter = Step::waiting(queue.get());
    queue.try_put(1).unwrap();
    assert_eq!(queue.try_get(), Err(TryGetError::Empty));
    drop(getter);
    assert_eq!(queue.len(), 1);
    assert_eq!(queue.try_get(), Ok(1));
}

#[test]
fn a_whole_line_of_chosen_getters_hands_over() {
    let queue = Queue::unbounded();
    let getters: Vec<_> = (0..10).map(|_| Step::waiting(queue.get())).collect();
    let mut last = Step::waiting(queue.get());
    queue.try_put(1).unwrap();
    for getter in getters {
        assert_eq!(last.wakes(), 0);
        drop(getter);
    }
    assert_eq!(last.wakes(), 1);
    assert_eq!(last.ready(), Ok(1));
}

#[test]
fn items_keep_their_order_when_a_getter_hands_over() {
    let queue = Queue::unbounded();
    let first = Step::waiting(queue.get());
    let mut second = Step::waiting(queue.get());
    let mut third = Step::waiting(queue.get());
    queue.try_put(1).unwrap();
    queue.try_put(2).unwrap();
    drop(first);
    assert_eq!([second.ready(), third.ready()], [Ok(1), Ok(2)]);
}

#[test]
fn a_putter_that_waits_takes_its_item_along() {
    for dropped in 0..3 {
        let (queue, drops) = (Queue::bounded(1), Rc::new(RefCell::new(vec![])));
        assert!(queue.try_put(Counted(9, drops.clone())).is_ok());
        let mut putters: Vec<_> = (0..3)
            .map(|n| Step::waiting(queue.put(Counted(n, drops.clone()))))
            .collect();
        drop(putters.remove(dropped));
        assert_eq!(*drops.borrow(), [dropped as u32]);
        drop(queue.try_get());
        assert_eq!(wakes(&putters), [1, 0]);
        assert!(putters[0].ready().is_ok());
        drop(queue.try_get());
        assert!(putters[1].ready().is_ok());
        assert_eq!(queue.len(), 1);
    }
}

#[test]
fn a_putter_that_was_chosen_hands_over() {
    let queue = Queue::bounded(1);
    queue.try_put(0).unwrap();
    let first = Step::waiting(queue.put(1));
    let mut second = Step::waiting(queue.put(2));
    assert_eq!(queue.try_get(), Ok(0));
    assert_eq!((first.wakes(), second.wakes()), (1, 0));
    drop(first);
    assert_eq!(second.wakes(), 1);
    assert_eq!(second.ready(), Ok(()));
    assert_eq!(queue.try_get(), Ok(2));
}

#[test]
fn a_chosen_putter_that_nobody_follows_leaves_the_room() {
    let queue = Queue::bounded(1);
    queue.try_put(0).unwrap();
    let putter = Step::waiting(queue.put(1));
    assert_eq!(queue.try_get(), Ok(0));
    assert!(queue.is_full());
    drop(putter);
    assert!(!queue.is_full());
    assert_eq!(queue.try_put(2), Ok(()));
    assert_eq!(queue.try_get(), Ok(2));
}

#[test]
fn what_has_completed_is_dropped_without_effect() {
    let queue = Queue::bounded(1);
    let mut putter = Step::new(queue.put(1));
    assert_eq!(putter.ready(), Ok(()));
    drop(putter);
    assert_eq!((queue.len(), queue.is_full()), (1, true));
    let mut getter = Step::new(queue.get());
    assert_eq!(getter.ready(), Ok(1));
    drop(getter);
    assert_eq!((queue.len(), queue.is_full()), (0, false));
    assert_eq!(queue.try_get(), Err(TryGetError::Empty));
}

#[test]
fn every_item_is_dropped_once() {
    let (queue, drops) = (Queue::bounded(2), Rc::new(RefCell::new(vec![])));
    let item = |n| Counted(n, drops.clone());
    assert!(queue.try_put(item(0)).is_ok());
    assert!(queue.try_put(item(1)).is_ok());
    let mut putter = Step::waiting(queue.put(item(2)));
    let cancelled = Step::waiting(queue.put(item(3)));
    drop(queue.try_put(item(4)));
    assert_eq!(*drops.borrow(), [4]);
    drop(cancelled);
    drop(queue.try_get());
    assert!(putter.ready().is_ok());
    assert_eq!(*drops.borrow(), [4, 3, 0]);
    drop(putter);
    drop(queue);
    assert_eq!(*drops.borrow(), [4, 3, 0, 1, 2]);
}

#[test]
fn a_waiting_future_keeps_the_items() {
    let (queue, drops) = (Queue::bounded(1), Rc::new(RefCell::new(vec![])));
    assert!(queue.try_put(Counted(0, drops.clone())).is_ok());
    let putter = Step::waiting(queue.put(Counted(1, drops.clone())));
    drop(queue);
    assert!(drops.borrow().is_empty());
    drop(putter);
    drops.borrow_mut().sort_unstable();
    assert_eq!(*drops.borrow(), [0, 1]);
}
