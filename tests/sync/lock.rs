//! Locks.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use unawait::sync::{Lock, LockGuard, OwnedLockGuard};

use crate::steps::{Counted, Step, wakes};

#[test]
fn one_at_a_time() {
    let lock = Lock::new(String::from("a"));
    assert!(!lock.is_locked());
    let mut guard = Step::new(lock.lock()).ready();
    assert!(lock.is_locked());
    assert!(lock.try_lock().is_none());
    guard.push('b');
    assert_eq!(
        (format!("{guard}"), format!("{guard:?}")),
        ("ab".into(), "\"ab\"".into())
    );
    drop(guard);
    assert_eq!(*lock.try_lock().unwrap(), "ab");
    assert_eq!(format!("{lock:?}"), "Lock { locked: false, .. }");
}

#[test]
fn served_as_they_came() {
    let lock = Lock::new(vec![]);
    let mut guard = lock.try_lock().unwrap();
    let mut line: Vec<_> = (0..4).map(|_| Step::waiting(lock.lock())).collect();
    for n in 0..4 {
        guard.push(n);
        drop(guard);
        assert_eq!(wakes(&line).iter().sum::<usize>(), n + 1);
        guard = line[n].ready();
    }
    assert_eq!(*guard, [0, 1, 2, 3]);
}

#[test]
fn nobody_overtakes() {
    let lock = Lock::new(0);
    let guard = lock.try_lock().unwrap();
    let mut first = Step::waiting(lock.lock());
    drop(guard);
    assert!(lock.is_locked());
    assert!(lock.try_lock().is_none());
    let late = Step::waiting(lock.lock());
    let guard = first.ready();
    assert_eq!(late.wakes(), 0);
    drop(guard);
    assert_eq!(late.wakes(), 1);
}

#[test]
fn dropped_in_each_state() {
    let lock = Lock::new(0);
    drop(lock.lock());
    assert!(!lock.is_locked());

    let guard = lock.try_lock().unwrap();
    let chosen = Step::waiting(lock.lock());
    let waiting = Step::waiting(lock.lock());
    let mut next = Step::waiting(lock.lock());
    drop(waiting);
    drop(guard);
    assert_eq!((chosen.wakes(), next.wakes()), (1, 0));
    drop(chosen);
    assert_eq!(next.wakes(), 1);
    let guard = next.ready();
    drop(next);
    assert!(lock.is_locked());
    drop(guard);
    assert!(!lock.is_locked());
}

#[test]
fn an_owned_guard_keeps_the_lock() {
    let drops = Rc::new(RefCell::new(vec![]));
    let lock = Rc::new(Lock::new(Counted(1, drops.clone())));
    let guard: OwnedLockGuard<Counted> = Step::new(lock.lock_owned()).ready();
    assert!(lock.try_lock_owned().is_none());
    let mut waiting = Step::waiting(lock.lock_owned());
    drop(lock);
    drop(guard);
    let guard = waiting.ready();
    drop(waiting);
    assert_eq!(guard.0, 1);
    assert!(drops.borrow().is_empty());
    drop(guard);
    assert_eq!(*drops.borrow(), [1]);
}

#[test]
fn a_panic_unlocks_and_does_not_poison() {
    let lock = Lock::new(1);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut guard = lock.try_lock().unwrap();
        *guard = 2;
        panic!("in between");
    }));
    assert!(outcome.is_err());
    assert_eq!(*lock.try_lock().unwrap(), 2);
}

#[test]
fn without_a_guard() {
    let mut lock = Lock::<u32>::default();
    *lock.get_mut() = 5;
    assert_eq!(*lock.try_lock().unwrap(), 5);
    assert_eq!(lock.into_inner(), 5);
}

#[test]
fn a_forgotten_guard_locks_for_ever() {
    let lock = Lock::new(1);
    let guard: LockGuard<u32> = lock.try_lock().unwrap();
    std::mem::forget(guard);
    assert!(lock.try_lock().is_none());
    drop(Step::waiting(lock.lock()));
    let outcome = catch_unwind(AssertUnwindSafe(|| lock.into_inner()));
    assert!(outcome.is_err());
}
