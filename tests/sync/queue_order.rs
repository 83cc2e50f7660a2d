//! First in, first out: for items, for those that get and for those that put. Nobody overtakes.

use std::task::Poll;

use unawait::sync::{Queue, TryGetError, TryPutError};

use crate::steps::{Step, wakes};

#[test]
fn items_come_out_as_they_went_in() {
    let queue = Queue::unbounded();
    for n in 0..100 {
        assert_eq!(Step::new(queue.put(n)).ready(), Ok(()));
    }
    assert_eq!(queue.len(), 100);
    for n in 0..100 {
        assert_eq!(Step::new(queue.get()).ready(), Ok(n));
    }
    assert!(queue.is_empty());
}

#[test]
fn getters_are_served_as_they_came() {
    let queue = Queue::unbounded();
    let mut getters: Vec<_> = (0..3).map(|_| Step::waiting(queue.get())).collect();
    for n in 0..3 {
        queue.try_put(n).unwrap();
    }
    assert_eq!(wakes(&getters), [1, 1, 1]);
    for (n, getter) in (0..).zip(&mut getters) {
        assert_eq!(getter.ready(), Ok(n));
    }
}

#[test]
fn one_item_wakes_one_getter() {
    let queue = Queue::unbounded();
    let getters: Vec<_> = (0..3).map(|_| Step::waiting(queue.get())).collect();
    queue.try_put(1).unwrap();
    assert_eq!(wakes(&getters), [1, 0, 0]);
    queue.try_put(2).unwrap();
    assert_eq!(wakes(&getters), [1, 1, 0]);
}

#[test]
fn an_item_that_is_spoken_for_cannot_be_snatched() {
    let queue = Queue::unbounded();
    let mut first = Step::waiting(queue.get());
    queue.try_put(1).unwrap();
    assert_eq!((queue.len(), queue.is_empty()), (0, true));
    assert_eq!(queue.try_get(), Err(TryGetError::Empty));
    let mut late = Step::waiting(queue.get());
    assert_eq!(first.ready(), Ok(1));
    assert!(late.poll().is_pending());
    assert_eq!(late.wakes(), 0);
}

#[test]
fn putters_are_served_as_they_came() {
    let queue = Queue::bounded(1);
    queue.try_put(0).unwrap();
    let mut putters: Vec<_> = (1..4).map(|n| Step::waiting(queue.put(n))).collect();
    for n in 0..3 {
        assert_eq!(queue.try_get(), Ok(n));
        assert_eq!(wakes(&putters).iter().sum::<usize>(), n as usize + 1);
        assert_eq!(putters[n as usize].ready(), Ok(()));
    }
    assert_eq!(wakes(&putters), [1, 1, 1]);
    assert_eq!(queue.try_get(), Ok(3));
}

#[test]
fn room_that_is_spoken_for_cannot_be_snatched() {
    let queue = Queue::bounded(1);
    queue.try_put(0).unwrap();
    let mut putter = Step::waiting(queue.put(1));
    assert_eq!(queue.try_get(), Ok(0));
    assert!(queue.is_full());
    assert_eq!(queue.try_put(2), Err(TryPutError::Full(2)));
    let mut late = Step::waiting(queue.put(3));
    assert_eq!(putter.ready(), Ok(()));
    assert_eq!(late.wakes(), 0);
    assert_eq!(queue.try_get(), Ok(1));
    assert_eq!(late.ready(), Ok(()));
    assert_eq!(queue.try_get(), Ok(3));
}

#[test]
fn a_place_in_the_line_is_taken_by_the_first_poll() {
    let queue = Queue::unbounded();
    let mut made_first = Step::new(queue.get());
    let mut polled_first = Step::waiting(queue.get());
    assert!(made_first.poll().is_pending());
    queue.try_put(1).unwrap();
    assert_eq!(polled_first.ready(), Ok(1));
    assert!(made_first.poll().is_pending());
}

#[test]
fn a_future_that_is_not_polled_does_nothing() {
    let queue = Queue::bounded(1);
    drop(queue.put(1));
    drop(queue.get());
    drop(queue.join());
    assert_eq!((queue.len(), queue.is_full()), (0, false));
    queue.try_put(2).unwrap();
    assert_eq!(queue.try_get(), Ok(2));
}

#[test]
fn never_more_items_than_the_capacity() {
    let queue = Queue::bounded(3);
    assert_eq!((queue.capacity(), queue.is_full()), (Some(3), false));
    for n in 0..3 {
        queue.try_put(n).unwrap();
    }
    assert_eq!((queue.len(), queue.is_full()), (3, true));
    assert_eq!(queue.try_put(3), Err(TryPutError::Full(3)));
    assert_eq!(queue.try_get(), Ok(0));
    assert_eq!((queue.len(), queue.is_full()), (2, false));
    assert_eq!(Queue::<u32>::unbounded().capacity(), None);
}

#[test]
fn handles_are_of_one_queue() {
    let queue = Queue::unbounded();
    let other = queue.clone();
    let mut getter = Step::waiting(other.get());
    drop(other);
    queue.clone().try_put(7).unwrap();
    assert_eq!(getter.ready(), Ok(7));
    assert_eq!(
        format!("{queue:?}"),
        "Queue { len: 0, capacity: None, closed: false, .. }"
    );
}

#[test]
fn polled_again_it_waits_on_and_wakes_its_latest_task() {
    let queue = Queue::unbounded();
    let mut getter = Step::waiting(queue.get());
    let other = Step::new(std::future::pending::<()>());
    assert!(getter.poll().is_pending());
    assert!(getter.poll_with(&other.waker()).is_pending());
    queue.try_put(1).unwrap();
    assert_eq!((getter.wakes(), other.wakes()), (0, 1));
    assert_eq!(getter.poll(), Poll::Ready(Ok(1)));
}

#[test]
#[should_panic(expected = "a queue needs room for an item")]
fn a_bound_of_none_panics() {
    let _ = Queue::<u32>::bounded(0);
}

#[test]
#[should_panic(expected = "the future of `Queue::get` was polled after it had completed")]
fn polled_after_completion_it_panics() {
    let queue = Queue::unbounded();
    queue.try_put(1).unwrap();
    let mut getter = Step::new(queue.get());
    assert_eq!(getter.ready(), Ok(1));
    let _ = getter.poll();
}
