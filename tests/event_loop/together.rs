//! Several tasks awaited at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError};
use unawait::prelude::*;
use unawait::task::{Cancelled, ReturnWhen, Task, as_completed, gather, shield, spawn, task_group, wait};
use unawait::time::sleep;

use super::order::Log;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[coro]
async fn nap(log: Log, length: u64) -> u64 {
    log.say(format!("{length} begins"));
    let _guard = Says(log.clone(), format!("{length} drops"));
    sleep(seconds(length)).await;
    log.say(format!("{length} ends"));
    length
}

struct Says(Log, String);

impl Drop for Says {
    fn drop(&mut self) {
        self.0.say(self.1.clone());
    }
}

/// Runs in virtual time, and gives the output, how many seconds that took, and what was said.
fn run<T: 'static, F: Future<Output = T> + 'static>(program: impl FnOnce(Log) -> F) -> (T, u64, Vec<String>) {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    let output = event_loop.run_until_complete(program(log.clone())).unwrap();
    (output, event_loop.time().as_secs(), log.take())
}

#[test]
fn gather_keeps_the_order_of_what_it_was_given() {
    let (output, time, log) = run(|log| async move { gather([3, 1, 2].map(|n| nap(log.clone(), n))).await });
    assert_eq!((output, time), (vec![3, 1, 2], 3));
    assert_eq!(log[..3], ["3 begins", "1 begins", "2 begins"]);
    let (output, time, _) = run(|log| async move { gather((nap(log.clone(), 2), async { "x" }, nap(log, 1))).await });
    assert_eq!((output, time), ((2, "x", 1), 2));
    let (output, _, _) = run(|_| gather(Vec::<std::future::Ready<u32>>::new()));
    assert!(output.is_empty());
}

#[test]
fn a_tuple_that_is_gathered_may_borrow() {
    let (output, _, _) = run(|_| async {
        let text = String::from("borrowed");
        let length = async || {
            sleep(seconds(1)).await;
            text.len()
        };
        gather((length(), length())).await
    });
    assert_eq!(output, (8, 8));
}

#[test]
fn gather_that_is_dropped_cancels_its_tasks() {
    let ((), time, log) = run(|log| async move {
        let gathered = spawn(gather([5, 6].map(|n| nap(log.clone(), n))));
        sleep(seconds(1)).await;
        drop(gathered);
        sleep(seconds(1)).await;
        log.say("over");
    });
    assert_eq!(time, 2);
    assert_eq!(log, ["5 begins", "6 begins", "5 drops", "6 drops", "over"]);
}

#[test]
fn wait_returns_when_it_was_told() {
    async fn after(log: Log, when: ReturnWhen) -> (Vec<u64>, usize) {
        let tasks: Vec<_> = [3, 1, 1, 2].map(|n| spawn(nap(log.clone(), n))).into();
        let (done, pending) = wait(tasks, when).await;
        let outputs = gather(done.into_iter().collect::<Vec<_>>()).await;
        (outputs.into_iter().map(Result::unwrap).collect(), pending.len())
    }
    let (output, time, _) = run(|log| after(log, ReturnWhen::AllCompleted));
    assert_eq!((output, time), ((vec![3, 1, 1, 2], 0), 3));
    // Both that ended in one pass are done.
    let (output, time, _) = run(|log| after(log, ReturnWhen::FirstCompleted));
    assert_eq!((output, time), ((vec![1, 1], 2), 1));
    let (output, time, _) = run(|log| after(log, ReturnWhen::FirstException));
    assert_eq!((output, time), ((vec![3, 1, 1, 2], 0), 3));
}

#[test]
fn wait_for_the_first_exception_returns_at_a_panic() {
    let ((done, pending), time, _) = run(|log| async move {
        let bad = spawn(async {
            sleep(seconds(2)).await;
            panic!("bad")
        });
        let tasks: [Task<u64>; 3] = [spawn(nap(log.clone(), 1)), bad, spawn(nap(log, 9))];
        let (mut done, pending) = wait(tasks, ReturnWhen::FirstException).await;
        let panic = spawn(done.pop().unwrap());
        let (panicked, _) = wait([panic], ReturnWhen::AllCompleted).await;
        for task in panicked {
            task.detach();
        }
        (done.len(), pending.len())
    });
    assert_eq!((done, pending, time), (1, 1, 2));
}

#[test]
fn as_completed_gives_outputs_as_they_come() {
    let (output, _, log) = run(|log| async move {
        let mut naps = as_completed([4, 1, 3].map(|n| spawn(nap(log.clone(), n))));
        assert_eq!(naps.size_hint(), (3, Some(3)));
        let mut order = vec![naps.next().await.unwrap().unwrap()];
        order.push(naps.next().await.unwrap().unwrap());
        order
    });
    assert_eq!(output, [1, 3]);
    assert!(!log.contains(&"4 ends".to_owned()), "{log:?}");
}

#[test]
fn a_shielded_task_outlives_who_awaits_it() {
    let ((), _, log) = run(|log| async move {
        let waiting = spawn(shield(spawn(nap(log.clone(), 2))));
        sleep(seconds(1)).await;
        assert!(waiting.cancel());
        assert_eq!(waiting.await, Err(Cancelled));
        sleep(seconds(5)).await;
    });
    assert_eq!(log, ["2 begins", "2 ends", "2 drops"]);
}

#[coro]
async fn fails(length: u64, error: &'static str) -> Result<u64, &'static str> {
    sleep(seconds(length)).await;
    Err(error)
}

#[coro]
async fn succeeds(log: Log, length: u64) -> Result<u64, &'static str> {
    Ok(nap(log, length).await)
}

#[test]
fn a_group_gives_all_outputs() {
    let (output, time, _) = run(|log| {
        task_group(async move |group| {
            for length in [2, 1] {
                group.spawn(succeeds(log.clone(), length));
            }
            sleep(seconds(3)).await;
            group.spawn(succeeds(log, 1));
            Ok("body")
        })
    });
    assert_eq!((output, time), (Ok(("body", vec![2, 1, 1])), 4));
}

#[test]
fn a_failure_cancels_the_siblings_and_the_body_and_all_are_awaited() {
    let (output, time, log) = run(|log| async move {
        let said = log.clone();
        let output = task_group(async move |group| {
            group.spawn(succeeds(log.clone(), 9));
            group.spawn(fails(2, "first"));
            group.spawn(fails(3, "second"));
            let _guard = Says(log, "body drops".into());
            sleep(seconds(100)).await;
            Ok(())
        })
        .await;
        said.say("over");
        output
    });
    assert_eq!((output, time), (Err("first"), 2));
    assert_eq!(log, ["9 begins", "body drops", "9 drops", "over"]);
}

#[test]
fn a_body_that_fails_cancels_the_tasks() {
    let (output, time, log) = run(|log| {
        task_group(async move |group| {
            group.spawn(succeeds(log.clone(), 9));
            sleep(seconds(1)).await;
            Err::<(), _>("body")
        })
    });
    assert_eq!((output, time), (Err("body"), 1));
    assert_eq!(log, ["9 begins", "9 drops"]);
}

#[test]
fn a_panic_in_a_group_goes_on_when_all_have_ended() {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    let said = log.clone();
    let program = task_group(async move |group| {
        group.spawn(succeeds(said, 9));
        group.spawn(async { panic!("task") });
        Ok(())
    });
    let caught = catch_unwind(AssertUnwindSafe(|| event_loop.run_until_complete(program)));
    assert_eq!(*caught.unwrap_err().downcast::<&str>().unwrap(), "task");
    assert_eq!(log.take(), ["9 begins", "9 drops"]);
}

#[test]
fn a_group_that_is_dropped_cancels_its_tasks() -> Result<(), RunError> {
    let ((), _, log) = run(|log| async move {
        let said = log.clone();
        let group = spawn(task_group(async move |group| {
            group.spawn(succeeds(said, 9));
            sleep(seconds(100)).await;
            Ok(())
        }));
        sleep(seconds(1)).await;
        drop(group);
        sleep(seconds(1)).await;
        log.say("over");
    });
    assert_eq!(log, ["9 begins", "9 drops", "over"]);
    Ok(())
}
