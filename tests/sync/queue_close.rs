//! A queue that is closed, with whatever waits at it.

use std::cell::RefCell;
use std::rc::Rc;

use unawait::sync::{GetError, PutError, Queue, TryGetError, TryPutError};

use crate::steps::{Counted, Step, wakes};

#[test]
fn getters_that_wait_get_the_error() {
    let queue = Queue::<u32>::unbounded();
    let mut getters: Vec<_> = (0..3).map(|_| Step::waiting(queue.get())).collect();
    queue.close();
    assert_eq!(wakes(&getters), [1, 1, 1]);
    for getter in &mut getters {
        assert_eq!(getter.ready(), Err(GetError));
    }
    assert_eq!(Step::new(queue.get()).ready(), Err(GetError));
}

#[test]
fn putters_that_wait_get_their_items_back() {
    let queue = Queue::bounded(1);
    queue.try_put(0).unwrap();
    let mut putters: Vec<_> = (1..4).map(|n| Step::waiting(queue.put(n))).collect();
    queue.close();
    assert_eq!(wakes(&putters), [1, 1, 1]);
    for (n, putter) in (1..).zip(&mut putters) {
        assert_eq!(putter.ready(), Err(PutError(n)));
    }
    assert_eq!(queue.try_get(), Ok(0));
    assert_eq!(queue.try_get(), Err(TryGetError::Closed));
}

#[test]
fn what_is_left_is_drained() {
    let queue = Queue::unbounded();
    for n in 0..3 {
        queue.try_put(n).unwrap();
    }
    queue.close();
    assert!(queue.is_closed());
    assert_eq!(Step::new(queue.put(3)).ready(), Err(PutError(3)));
    assert_eq!(queue.try_put(4), Err(TryPutError::Closed(4)));
    assert_eq!(queue.len(), 3);
    for n in 0..3 {
        assert_eq!(Step::new(queue.get()).ready(), Ok(n));
    }
    assert_eq!(Step::new(queue.get()).ready(), Err(GetError));
    assert_eq!(queue.try_get(), Err(TryGetError::Closed));
    assert_eq!((queue.len(), queue.is_empty()), (0, true));
}

#[test]
fn a_chosen_getter_still_gets_its_item() {
    let queue = Queue::unbounded();
    let mut chosen = Step::waiting(queue.get());
    let mut waiting = Step::waiting(queue.get());
    queue.try_put(1).unwrap();
    queue.close();
    // It may have to take the item over.
    assert_eq!(waiting.wakes(), 0);
    assert_eq!(queue.try_get(), Err(TryGetError::Empty));
    assert_eq!(chosen.ready(), Ok(1));
    assert_eq!(waiting.wakes(), 1);
    assert_eq!(waiting.ready(), Err(GetError));
}

#[test]
fn a_chosen_getter_hands_over_in_a_closed_queue() {
    let queue = Queue::unbounded();
    let chosen = Step::waiting(queue.get());
    queue.try_put(1).unwrap();
    queue.close();
    let mut late = Step::waiting(queue.get());
    drop(chosen);
    assert_eq!(late.wakes(), 1);
    assert_eq!(late.ready(), Ok(1));
    assert_eq!(queue.try_get(), Err(TryGetError::Closed));
}

#[test]
fn a_chosen_putter_gets_its_item_back() {
    let queue = Queue::bounded(1);
    queue.try_put(0).unwrap();
    let mut chosen = Step::waiting(queue.put(1));
    assert_eq!(queue.try_get(), Ok(0));
    queue.close();
    assert_eq!(chosen.wakes(), 1);
    assert_eq!(chosen.ready(), Err(PutError(1)));
    assert_eq!(queue.try_get(), Err(TryGetError::Closed));
}

#[test]
fn cancelled_after_the_close() {
    let queue = Queue::bounded(1);
    queue.try_put(0).unwrap();
    let putters: Vec<_> = (1..4).map(|n| Step::waiting(queue.put(n))).collect();
    queue.close();
    drop(putters);
    assert_eq!(queue.try_get(), Ok(0));
    let mut getter = Step::new(queue.get());
    assert_eq!(getter.ready(), Err(GetError));
    drop(getter);
    let queue = Queue::<u32>::unbounded();
    let getters: Vec<_> = (1..4).map(|_| Step::waiting(queue.get())).collect();
    queue.close();
    drop(getters);
    assert_eq!(queue.try_get(), Err(TryGetError::Closed));
    assert_eq!(queue.len(), 0);
}

#[test]
fn closing_again_does_nothing() {
    let queue = Queue::unbounded();
    queue.try_put(1).unwrap();
    queue.close();
    queue.close();
    assert_eq!(queue.try_get(), Ok(1));
    queue.close();
    assert_eq!(queue.try_get(), Err(TryGetError::Closed));
}

#[test]
fn items_are_dropped_once() {
    let (queue, drops) = (Queue::bounded(1), Rc::new(RefCell::new(vec![])));
    let item = |n| Counted(n, drops.clone());
    assert!(queue.try_put(item(0)).is_ok());
    let mut putter = Step::waiting(queue.put(item(1)));
    queue.close();
    let PutError(back) = putter.ready().unwrap_err();
    drop(putter);
    assert!(drops.borrow().is_empty());
    drop(back);
    drop(queue);
    assert_eq!(*drops.borrow(), [1, 0]);
}

#[test]
fn errors_say_what_is_wrong() {
    struct Opaque;
    let full: TryPutError<Opaque> = TryPutError::Full(Opaque);
    assert_eq!(full.to_string(), "the queue is full");
    assert_eq!(format!("{full:?}"), "Full(..)");
    let Opaque = full.into_inner();
    assert_eq!(TryPutError::Closed(1).to_string(), "the queue is closed");
    assert_eq!(PutError(1).to_string(), "the queue is closed");
    assert_eq!(GetError.to_string(), "the queue is closed and empty");
    assert_eq!(TryGetError::Empty.to_string(), "the queue is empty");
    assert_eq!(TryGetError::Closed.to_string(), "the queue is closed and empty");
}
