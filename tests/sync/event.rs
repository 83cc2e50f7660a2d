//! Events.

use unawait::sync::Event;

use crate::steps::{Step, wakes};

#[test]
fn it_is_a_flag() {
    let event = Event::new();
    assert!(!event.is_set());
    event.set();
    assert!(event.is_set());
    Step::new(event.wait()).ready();
    event.clear();
    assert!(!event.is_set());
    assert_eq!(format!("{event:?}"), "Event { set: false, .. }");
}

#[test]
fn all_that_wait_are_woken_once() {
    let event = Event::new();
    let mut waits: Vec<_> = (0..3).map(|_| Step::waiting(event.wait())).collect();
    event.set();
    event.set();
    assert_eq!(wakes(&waits), [1, 1, 1]);
    for wait in &mut waits {
        wait.ready();
    }
}

#[test]
fn they_go_on_even_if_it_is_cleared() {
    let event = Event::new();
    let mut early = Step::waiting(event.wait());
    event.set();
    event.clear();
    let mut late = Step::waiting(event.wait());
    early.ready();
    assert!(late.poll().is_pending());
    event.set();
    late.ready();
}

#[test]
fn whoever_is_not_polled_before_the_clear_waits() {
    let event = Event::new();
    let wait = event.wait();
    event.set();
    event.clear();
    drop(Step::waiting(wait));
}

#[test]
fn dropped_in_each_state() {
    let event = Event::new();
    drop(event.wait());
    let mut waits: Vec<_> = (0..3).map(|_| Step::waiting(event.wait())).collect();
    drop(waits.remove(1));
    event.set();
    event.clear();
    let late = Step::waiting(event.wait());
    drop(waits.remove(0));
    // What everybody got is not handed over.
    assert_eq!(late.wakes(), 0);
    waits[0].ready();
    drop(waits);
    drop(late);
    event.set();
}
