//! Semaphores.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use unawait::sync::Semaphore;

use crate::steps::{Step, wakes};

#[test]
fn permits_are_counted() {
    let semaphore = Semaphore::new(2);
    let first = Step::new(semaphore.acquire()).ready();
    assert_eq!(semaphore.available(), 1);
    let second = semaphore.try_acquire().unwrap();
    assert_eq!(semaphore.available(), 0);
    assert!(semaphore.try_acquire().is_none());
    drop(first);
    assert_eq!(semaphore.available(), 1);
    drop(second);
    assert_eq!(semaphore.available(), 2);
    assert_eq!(format!("{semaphore:?}"), "Semaphore { available: 2 }");
}

#[test]
fn served_as_they_came() {
    let semaphore = Semaphore::new(1);
    let mut permit = semaphore.try_acquire().unwrap();
    let mut line: Vec<_> = (0..4).map(|_| Step::waiting(semaphore.acquire())).collect();
    for n in 0..4 {
        drop(permit);
        assert_eq!(wakes(&line).iter().sum::<usize>(), n + 1);
        permit = line[n].ready();
    }
    assert_eq!(wakes(&line), [1, 1, 1, 1]);
}

#[test]
fn nobody_overtakes() {
    let semaphore = Semaphore::new(1);
    let permit = semaphore.try_acquire().unwrap();
    let mut first = Step::waiting(semaphore.acquire());
    drop(permit);
    assert_eq!(semaphore.available(), 0);
    assert!(semaphore.try_acquire().is_none());
    let late = Step::waiting(semaphore.acquire());
    let permit = first.ready();
    assert_eq!(late.wakes(), 0);
    drop(permit);
    assert_eq!(late.wakes(), 1);
}

#[test]
fn dropped_in_each_state() {
    let semaphore = Semaphore::new(1);
    drop(semaphore.acquire());
    assert_eq!(semaphore.available(), 1);

    let permit = semaphore.try_acquire().unwrap();
    let chosen = Step::waiting(semaphore.acquire());
    let waiting = Step::waiting(semaphore.acquire());
    let mut next = Step::waiting(semaphore.acquire());
    drop(waiting);
    drop(permit);
    assert_eq!((chosen.wakes(), next.wakes()), (1, 0));
    drop(chosen);
    assert_eq!(next.wakes(), 1);
    let permit = next.ready();
    drop(next);
    assert_eq!(semaphore.available(), 0);
    drop(permit);
    assert_eq!(semaphore.available(), 1);

    let permit = semaphore.try_acquire().unwrap();
    let chosen = Step::waiting(semaphore.acquire());
    drop(permit);
    drop(chosen);
    assert_eq!(semaphore.available(), 1);
}

#[test]
fn an_owned_permit_keeps_the_semaphore() {
    let semaphore = Rc::new(Semaphore::new(1));
    let permit = Step::new(semaphore.acquire_owned()).ready();
    let waiting = Step::waiting(semaphore.acquire_owned());
    assert!(semaphore.try_acquire_owned().is_none());
    let weak = Rc::downgrade(&semaphore);
    drop(semaphore);
    drop(permit);
    assert_eq!(waiting.wakes(), 1);
    drop(waiting);
    assert_eq!(weak.strong_count(), 0);
}

#[test]
fn none_available_waits_for_ever() {
    let semaphore = Semaphore::new(0);
    let mut acquire = Step::waiting(semaphore.acquire());
    assert!(acquire.poll().is_pending());
    assert_eq!(acquire.wakes(), 0);
}

#[test]
fn the_largest_number_is_never_used_up() {
    let semaphore = Semaphore::new(usize::MAX);
    let permits: Vec<_> = (0..100).map(|_| semaphore.try_acquire().unwrap()).collect();
    assert_eq!(semaphore.available(), usize::MAX);
    drop(permits);
    assert_eq!(semaphore.available(), usize::MAX);
}

#[test]
fn a_panic_gives_the_permit_back() {
    let semaphore = Semaphore::new(1);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let _permit = semaphore.try_acquire().unwrap();
        panic!("in between");
    }));
    assert!(outcome.is_err());
    assert_eq!(semaphore.available(), 1);
}
