//! When nothing can go on, the loop says so, and says who waits where.

use std::future::pending;
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError};
use unawait::prelude::*;
use unawait::task::{Task, spawn};
use unawait::time::sleep;

#[coro]
async fn wait_for(task: Task<()>) {
    task.await.unwrap();
}

#[test]
fn all_tasks_are_listed_with_the_places_where_they_wait() {
    let event_loop = EventLoop::new();
    let result = event_loop.run_until_complete(async {
        let stuck = spawn(pending::<()>()).named("stuck");
        let waiting = spawn(wait_for(stuck)).named("waiting");
        sleep(Duration::from_millis(1)).await;
        waiting.await.unwrap();
    });
    let Err(RunError::Deadlock(deadlock)) = result else {
        panic!("{result:?}");
    };
    let names: Vec<_> = deadlock.tasks().iter().map(|task| task.name()).collect();
    assert_eq!(names, ["main", "stuck", "waiting"]);
    let text = deadlock.to_string();
    assert!(
        text.contains("stuck, spawned at tests/event_loop/deadlock.rs:"),
        "{text}"
    );
    let waiting = text
        .lines()
        .find(|line| line.starts_with("  waiting in `Task` at tests/event_loop/deadlock.rs:"));
    // The `.await` of a `#[coro]` function; of an `async` block only where the awaited task was spawned.
    assert!(waiting.unwrap().ends_with("`task.await.unwrap();`"), "{text}");
    let main = text.lines().find(|line| line.starts_with("  main in `Task` at "));
    assert!(main.unwrap().contains("`let waiting = spawn("), "{text}");
}

#[test]
fn who_waits_for_a_thread_is_no_deadlock() {
    let event_loop = EventLoop::new();
    let (sender, receiver) = futures::channel::oneshot::channel();
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        sender.send(5).unwrap();
    });
    assert_eq!(event_loop.run_until_complete(receiver).unwrap(), Ok(5));
    thread.join().unwrap();
}
