//! Conditions.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use unawait::sync::{Condition, Lock};

use crate::steps::{Step, wakes};

#[test]
fn it_unlocks_waits_and_locks_again() {
    let (lock, condition) = (Lock::new(1), Condition::new());
    let wait = condition.wait(lock.try_lock().unwrap());
    assert!(lock.is_locked());
    let mut wait = Step::waiting(wait);
    *lock.try_lock().unwrap() = 2;
    assert!(wait.poll().is_pending());
    assert_eq!(wait.wakes(), 0);
    condition.notify_one();
    assert_eq!(wait.wakes(), 1);
    let guard = wait.ready();
    assert!(lock.is_locked());
    assert_eq!(*guard, 2);
}

#[test]
fn a_notified_one_stands_in_line_for_the_lock() {
    let (lock, condition) = (Lock::new(vec![]), Condition::new());
    let mut wait = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    let guard = lock.try_lock().unwrap();
    let mut before = Step::waiting(lock.lock());
    condition.notify_one();
    assert!(wait.poll().is_pending());
    let mut after = Step::waiting(lock.lock());
    drop(guard);
    before.ready().push("before");
    assert_eq!((wait.wakes(), after.wakes()), (2, 0));
    wait.ready().push("notified");
    assert_eq!(*after.ready(), ["before", "notified"]);
}

#[test]
fn notified_as_they_came() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let mut waits: Vec<_> = (0..4)
        .map(|_| Step::waiting(condition.wait(lock.try_lock().unwrap())))
        .collect();
    condition.notify_one();
    assert_eq!(wakes(&waits), [1, 0, 0, 0]);
    condition.notify_one();
    assert_eq!(wakes(&waits), [1, 1, 0, 0]);
    condition.notify_all();
    assert_eq!(wakes(&waits), [1, 1, 1, 1]);
    for wait in &mut waits {
        drop(wait.ready());
    }
}

#[test]
fn nobody_is_notified_in_advance() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    condition.notify_one();
    condition.notify_all();
    let mut early = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    condition.notify_all();
    let late = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    assert_eq!((early.wakes(), late.wakes()), (1, 0));
    drop(early.ready());
}

#[test]
fn dropped_before_it_is_polled_it_unlocks() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    drop(condition.wait(lock.try_lock().unwrap()));
    drop(condition.wait_for(lock.try_lock().unwrap(), |_| false));
    assert!(!lock.is_locked());
}

#[test]
fn dropped_while_it_waits_it_leaves_the_line() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let waiting = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    let mut next = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    drop(waiting);
    assert_eq!(next.wakes(), 0);
    condition.notify_one();
    drop(next.ready());
}

#[test]
fn dropped_when_notified_it_hands_over() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let chosen = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    let mut next = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    condition.notify_one();
    assert_eq!(next.wakes(), 0);
    drop(chosen);
    assert_eq!(next.wakes(), 1);
    drop(next.ready());
    assert!(!lock.is_locked());
}

#[test]
fn dropped_in_line_for_the_lock_it_hands_over() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let mut chosen = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    let mut next = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    let guard = lock.try_lock().unwrap();
    condition.notify_one();
    assert!(chosen.poll().is_pending());
    drop(chosen);
    assert_eq!(next.wakes(), 1);
    assert!(next.poll().is_pending());
    drop(guard);
    drop(next.ready());
    assert!(!lock.is_locked());
}

#[test]
fn dropped_with_the_lock_given_to_it_it_hands_over_both() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let mut chosen = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    let next = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    let guard = lock.try_lock().unwrap();
    condition.notify_one();
    assert!(chosen.poll().is_pending());
    let mut in_line = Step::waiting(lock.lock());
    drop(guard);
    drop(chosen);
    assert_eq!((next.wakes(), in_line.wakes()), (1, 1));
    drop(in_line.ready());
}

#[test]
fn what_went_to_all_is_not_handed_over() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let unseen = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    let mut seen = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    condition.notify_all();
    let late = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    let guard = lock.try_lock().unwrap();
    assert!(seen.poll().is_pending());
    drop(unseen);
    drop(seen);
    assert_eq!(late.wakes(), 0);
    drop(guard);
}

#[test]
fn completed_it_is_dropped_without_effect() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let mut first = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    let second = Step::waiting(condition.wait(lock.try_lock().unwrap()));
    condition.notify_one();
    let guard = first.ready();
    drop(first);
    assert_eq!(second.wakes(), 0);
    assert!(lock.is_locked());
    drop(guard);
}

#[test]
fn wait_for_calls_the_predicate_with_the_lock_held() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let mut calls = vec![];
    let mut wait = Step::waiting(condition.wait_for(lock.try_lock().unwrap(), |n| {
        calls.push((*n, lock.is_locked()));
        *n >= 2
    }));
    for n in 1..3 {
        *lock.try_lock().unwrap() = n;
        assert_eq!(wait.wakes(), n - 1);
        condition.notify_all();
        if n < 2 {
            assert!(wait.poll().is_pending());
            assert!(!lock.is_locked());
        }
    }
    assert_eq!(*wait.ready(), 2);
    drop(wait);
    assert_eq!(calls, [(0, true), (1, true), (2, true)]);
}

#[test]
fn wait_for_what_holds_does_not_wait() {
    let (lock, condition) = (Lock::new(1), Condition::new());
    let guard = Step::new(condition.wait_for(lock.try_lock().unwrap(), |n| *n == 1)).ready();
    assert!(lock.is_locked());
    drop(guard);
}

#[test]
fn wait_for_hands_over_too() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let chosen = Step::waiting(condition.wait_for(lock.try_lock().unwrap(), |n| *n > 0));
    let mut next = Step::waiting(condition.wait_for(lock.try_lock().unwrap(), |n| *n > 0));
    *lock.try_lock().unwrap() = 1;
    condition.notify_one();
    drop(chosen);
    assert_eq!(*next.ready(), 1);
}

#[test]
fn a_predicate_that_panics_unlocks() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let mut wait = Step::new(condition.wait_for(lock.try_lock().unwrap(), |_| panic!("no")));
    assert!(catch_unwind(AssertUnwindSafe(|| wait.poll().is_ready())).is_err());
    assert!(!lock.is_locked());
}

#[test]
fn with_owned_guards() {
    let (lock, condition) = (Rc::new(Lock::new(0)), Condition::new());
    let mut wait = Step::waiting(condition.wait(lock.try_lock_owned().unwrap()));
    condition.notify_one();
    let guard = wait.ready();
    drop(lock);
    let guard = Step::new(condition.wait_for(guard, |n| *n == 0)).ready();
    assert_eq!(*guard, 0);
}
