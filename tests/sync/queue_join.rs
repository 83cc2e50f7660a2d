//! `join` and `task_done`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use unawait::sync::Queue;

use crate::steps::{Step, wakes};

#[test]
fn of_a_new_queue_at_once() {
    Step::new(Queue::<u32>::unbounded().join()).ready();
}

#[test]
fn getting_is_not_enough() {
    let queue = Queue::unbounded();
    queue.try_put(1).unwrap();
    queue.try_put(2).unwrap();
    let mut join = Step::waiting(queue.join());
    assert_eq!(queue.try_get(), Ok(1));
    assert_eq!(queue.try_get(), Ok(2));
    assert!(join.poll().is_pending());
    queue.task_done();
    assert!(join.poll().is_pending());
    assert_eq!(join.wakes(), 0);
    queue.task_done();
    assert_eq!(join.wakes(), 1);
    join.ready();
}

#[test]
fn several_wait_and_one_leaves() {
    let queue = Queue::unbounded();
    queue.try_put(1).unwrap();
    let mut joins: Vec<_> = (0..4).map(|_| Step::waiting(queue.join())).collect();
    drop(joins.remove(1));
    queue.task_done();
    assert_eq!(wakes(&joins), [1, 1, 1]);
    drop(joins.remove(0));
    for join in &mut joins {
        join.ready();
    }
}

#[test]
fn it_goes_on_even_if_an_item_is_put_before_it_runs() {
    let queue = Queue::unbounded();
    queue.try_put(1).unwrap();
    let mut early = Step::waiting(queue.join());
    queue.task_done();
    queue.try_put(2).unwrap();
    let mut late = Step::waiting(queue.join());
    early.ready();
    assert_eq!(late.wakes(), 0);
    queue.task_done();
    late.ready();
}

#[test]
fn an_item_counts_when_it_is_put() {
    let queue = Queue::bounded(1);
    queue.try_put(1).unwrap();
    let mut putter = Step::waiting(queue.put(2));
    assert_eq!(queue.try_get(), Ok(1));
    queue.task_done();
    // Room has been given to the putter, but it has not put.
    Step::new(queue.join()).ready();
    assert_eq!(putter.ready(), Ok(()));
    let mut join = Step::waiting(queue.join());
    queue.task_done();
    join.ready();
}

#[test]
fn an_item_that_is_given_back_does_not_count() {
    let queue = Queue::bounded(1);
    queue.try_put(1).unwrap();
    assert!(queue.try_put(2).is_err());
    let mut putter = Step::waiting(queue.put(3));
    queue.close();
    assert!(putter.ready().is_err());
    queue.task_done();
    Step::new(queue.join()).ready();
}

#[test]
#[should_panic(expected = "task_done() called too many times")]
fn too_many() {
    let queue = Queue::unbounded();
    queue.try_put(1).unwrap();
    queue.task_done();
    queue.task_done();
}

#[test]
fn too_many_changes_nothing() {
    let queue = Queue::unbounded();
    assert!(catch_unwind(AssertUnwindSafe(|| queue.task_done())).is_err());
    queue.try_put(1).unwrap();
    let mut join = Step::waiting(queue.join());
    queue.task_done();
    join.ready();
}
