//! What happens to all that is left when a loop ends.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError, run};
use unawait::promise::Promise;
use unawait::task::spawn;
use unawait::time::sleep;

use super::order::Log;

/// Calls a function when it drops.
struct OnDrop<F: FnMut()>(F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[test]
fn what_a_task_spawns_in_its_drop_is_dropped_and_not_polled() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let outer = log.clone();
    event_loop
        .spawn(async move {
            let _guard = OnDrop(move || {
                let inner = OnDrop({
                    let log = outer.clone();
                    move || log.say("inner drops")
                });
                let log = outer.clone();
                spawn(async move {
                    let _inner = inner;
                    log.say("polled");
                    pending::<()>().await;
                })
                .detach();
            });
            pending::<()>().await;
        })
        .detach();
    event_loop.run_until_complete(sleep(Duration::ZERO)).unwrap();
    event_loop.close();
    assert_eq!(log.take(), ["inner drops"]);
    // Nothing is left of them, so nothing is stuck.
    event_loop.run_until_complete(async {}).unwrap();
    drop(event_loop);
}

#[test]
fn a_callback_may_schedule_and_cancel_in_its_drop() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    event_loop.set_exception_handler({
        let log = log.clone();
        move |report| log.say(report.to_string())
    });
    let other = event_loop.call_later(Duration::from_secs(2), || {});
    let guard = OnDrop({
        let (event_loop, log) = (event_loop.clone(), log.clone());
        move || {
            other.cancel();
            let log = log.clone();
            log.say("dropped");
            event_loop.call_soon(move || log.say("called"));
        }
    });
    event_loop.call_later(Duration::from_secs(1), move || drop(guard));
    event_loop.close();
    assert_eq!(log.take(), ["dropped"]);
}

#[test]
fn a_panic_in_the_drop_of_a_callback_is_reported() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    event_loop.set_exception_handler({
        let log = log.clone();
        move |report| log.say(report.to_string())
    });
    let bomb = OnDrop(|| panic!("boom"));
    event_loop.call_soon(move || drop(bomb));
    event_loop.close();
    assert_eq!(log.take(), ["a callback panicked: boom"]);
}

#[test]
fn run_drops_what_is_left_when_its_future_panics() {
    let dropped = Rc::new(Cell::new(false));
    let guard = OnDrop({
        let dropped = dropped.clone();
        move || dropped.set(true)
    });
    let caught = catch_unwind(AssertUnwindSafe(|| {
        run(async {
            let event_loop = EventLoop::running();
            spawn(async move {
                let _both = (event_loop, guard);
                pending::<()>().await;
            })
            .detach();
            sleep(Duration::ZERO).await;
            panic!("main");
        })
    }));
    assert!(caught.is_err());
    assert!(dropped.get());
}

#[test]
fn a_handler_that_holds_the_loop_does_not_keep_it_once_it_is_closed() {
    let event_loop = EventLoop::new();
    let held = Rc::new(());
    event_loop.set_exception_handler({
        let (event_loop, held) = (event_loop.clone(), held.clone());
        move |_| {
            let _ = &held;
            event_loop.stop();
        }
    });
    event_loop.close();
    drop(event_loop);
    assert_eq!(Rc::strong_count(&held), 1);
}

#[test]
fn what_another_thread_gives_to_a_loop_that_has_ended_is_dropped() {
    let event_loop = EventLoop::new();
    let remote = event_loop.remote();
    drop(event_loop);
    let held = Arc::new(());
    remote.call_soon_threadsafe({
        // With a remote in it, it would keep itself alive in the queue.
        let (held, remote) = (held.clone(), remote.clone());
        move || drop((held, remote))
    });
    assert_eq!(Arc::strong_count(&held), 1);
}

#[test]
fn a_loop_may_end_with_its_thread() {
    thread_local! {
        static LOOP: RefCell<Option<EventLoop>> = const { RefCell::new(None) };
    }
    let (sender, dropped) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        LOOP.with_borrow_mut(|slot| {
            let event_loop = slot.insert(EventLoop::new()).clone();
            event_loop
                .spawn(async move {
                    let _guard = OnDrop(move || sender.send(()).unwrap());
                    Promise::<()>::with_resolvers().0.await.unwrap_err();
                    pending::<()>().await;
                })
                .detach();
            event_loop.run_until_complete(sleep(Duration::from_millis(1))).unwrap();
        });
    });
    thread.join().unwrap();
    assert_eq!(dropped.try_recv(), Ok(()));
}

#[test]
fn the_last_handle_may_drop_in_a_callback() -> Result<(), RunError> {
    let log = Log::default();
    let event_loop = Rc::new(RefCell::new(Some(EventLoop::new())));
    let handle = event_loop.borrow().clone().unwrap();
    let inner = log.clone();
    let task = handle.spawn(async move {
        let _guard = OnDrop(move || inner.say("dropped"));
        pending::<()>().await;
    });
    handle.call_soon({
        let (event_loop, log) = (event_loop.clone(), log.clone());
        move || {
            event_loop.take();
            log.say("called");
        }
    });
    let later = handle.call_later(Duration::from_secs(1), || {});
    handle.run_once()?;
    assert_eq!(log.take(), ["called"]);
    drop(handle);
    assert_eq!(log.take(), ["dropped"]);
    assert!(task.is_cancelled() && !task.cancel() && !later.cancel());
    Ok(())
}
