//! A million that wait: each costs the same, whichever leaves first. Were one of these quadratic, it would take hours.

use std::cell::Cell;
use std::collections::VecDeque;

use unawait::sync::{Event, Queue, Semaphore};

use crate::steps::Step;

const MANY: usize = 1_000_000;

#[test]
fn served_in_order() {
    let semaphore = Semaphore::new(1);
    let permit = semaphore.try_acquire().unwrap();
    let mut line: VecDeque<_> = (0..MANY).map(|_| Step::waiting(semaphore.acquire())).collect();
    drop(permit);
    while let Some(mut first) = line.pop_front() {
        assert_eq!(first.wakes(), 1);
        drop(first.ready());
    }
    assert_eq!(semaphore.available(), 1);
}

#[test]
fn cancelled_from_the_front_the_back_and_the_middle() {
    let queue = Queue::unbounded();
    let mut getters: Vec<_> = (0..MANY).map(|_| Some(Step::waiting(queue.get()))).collect();
    let mut rest = getters.split_off(MANY * 3 / 4);
    let mut middle = getters.split_off(MANY / 2);
    middle.iter_mut().step_by(2).for_each(|getter| drop(getter.take()));
    middle.iter_mut().skip(1).for_each(|getter| drop(getter.take()));
    rest.iter_mut().rev().for_each(|getter| drop(getter.take()));
    let last = getters.len() - 1;
    getters[..last].iter_mut().for_each(|getter| drop(getter.take()));
    queue.try_put(1).unwrap();
    assert_eq!(getters[last].as_mut().unwrap().ready(), Ok(1));
}

#[test]
fn woken_together() {
    let event = Event::new();
    let mut waits: Vec<_> = (0..MANY).map(|_| Step::waiting(event.wait())).collect();
    event.set();
    for wait in &mut waits {
        assert_eq!(wait.wakes(), 1);
        wait.ready();
    }
}

#[test]
fn each_hands_over_to_the_next() {
    let queue = Queue::unbounded();
    let mut getters: VecDeque<_> = (0..MANY).map(|_| Step::waiting(queue.get())).collect();
    queue.try_put(1).unwrap();
    while getters.len() > 1 {
        getters.pop_front();
    }
    assert_eq!(getters[0].ready(), Ok(1));
}

#[test]
fn one_waits_while_others_come_and_go() {
    let event = Event::new();
    let count = Cell::new(0);
    let _first = Step::waiting(event.wait());
    let mut newest = Step::waiting(event.wait());
    for _ in 0..MANY {
        newest = Step::waiting(event.wait());
        count.set(count.get() + newest.wakes());
    }
    assert_eq!((count.get(), newest.wakes()), (0, 0));
}
