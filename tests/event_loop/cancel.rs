//! Cancelling: when, by whom, in which order, and of what.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError};
use unawait::sync::{Event, Queue};
use unawait::task::{
    Cancelled, ReturnWhen, Task, as_completed, gather, shield, spawn, spawn_blocking, task_group, wait,
};
use unawait::time::{TimeoutError, sleep, timeout};

use super::order::Log;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

struct Says(Log, &'static str);

impl Drop for Says {
    fn drop(&mut self) {
        self.0.say(self.1);
    }
}

fn run<T>(program: impl AsyncFnOnce(Log) -> T) -> (T, Vec<String>) {
    let (event_loop, log) = (EventLoop::with_virtual_time(), Log::default());
    let output = event_loop.run_until_complete(program(log.clone())).unwrap();
    drop(event_loop);
    (output, log.take())
}

#[test]
fn a_task_that_was_never_polled_drops_what_it_was_given() {
    let ((), log) = run(async |log| {
        let guard = Says(log.clone(), "drops");
        let task = spawn(async move {
            let _guard = guard;
            log.say("polled");
        });
        assert!(task.cancel());
        assert!(!task.cancel() && !task.is_finished() && !task.is_cancelled());
        assert_eq!(task.await, Err(Cancelled));
    });
    assert_eq!(log, ["drops"]);
}

#[test]
fn a_task_that_is_ready_does_not_complete() {
    let (output, _) = run(async |_| {
        let event = Rc::new(Event::new());
        let task = spawn({
            let event = event.clone();
            async move { event.wait().await }
        });
        sleep(Duration::ZERO).await;
        event.set();
        task.cancel();
        task.await
    });
    assert_eq!(output, Err(Cancelled));
}

#[test]
fn a_task_that_has_ended_keeps_its_output() {
    let (output, _) = run(async |_| {
        let task = spawn(async { 5 });
        sleep(seconds(1)).await;
        assert!(task.is_finished() && !task.cancel() && !task.is_cancelled());
        task.await
    });
    assert_eq!(output, Ok(5));
}

/// Spawns a task that has its own handle.
fn with_itself<F: Future<Output: 'static> + 'static>(future: impl FnOnce(Rc<RefCell<Option<Task<F::Output>>>>) -> F) {
    let slot = Rc::new(RefCell::new(None));
    let task = spawn(future(slot.clone()));
    slot.replace(Some(task));
}

#[test]
fn a_task_may_cancel_and_drop_itself() {
    let ((), log) = run(async |log| {
        let other = log.clone();
        with_itself(async move |slot: Rc<RefCell<Option<Task<()>>>>| {
            let _guard = Says(other.clone(), "cancelled drops");
            assert!(slot.borrow().as_ref().unwrap().cancel());
            other.say("runs on to its await");
            sleep(seconds(1)).await;
            other.say("never");
        });
        let other = log.clone();
        with_itself(async move |slot: Rc<RefCell<Option<Task<()>>>>| {
            let _guard = Says(other.clone(), "dropped drops");
            drop(slot.take());
            other.say("runs on");
            pending::<()>().await;
        });
        let done = Rc::new(RefCell::new(None));
        let task = spawn({
            let done = done.clone();
            async move {
                done.borrow().as_ref().map(Task::cancel);
                5
            }
        });
        done.replace(Some(task));
        sleep(seconds(2)).await;
        let task = done.take().unwrap();
        // It had no await left.
        assert!(!task.is_cancelled());
        assert_eq!(task.await, Ok(5));
    });
    assert_eq!(
        log,
        ["runs on to its await", "cancelled drops", "runs on", "dropped drops"]
    );
}

#[test]
fn who_awaits_goes_on_after_the_drops() {
    let ((), log) = run(async |log| {
        let inner = spawn({
            let log = log.clone();
            async move {
                let _guard = Says(log, "inner drops");
                pending::<()>().await;
            }
        });
        let handles = Queue::unbounded();
        let outer = spawn({
            let (log, handles) = (log.clone(), handles.clone());
            async move {
                let _guard = Says(log.clone(), "outer drops");
                let task: Task<()> = handles.get().await.unwrap();
                assert_eq!(task.await, Err(Cancelled));
                log.say("outer goes on");
            }
        });
        sleep(seconds(1)).await;
        inner.cancel();
        handles.try_put(inner).unwrap();
        outer.await.unwrap();
    });
    assert_eq!(log, ["inner drops", "outer goes on", "outer drops"]);
}

#[test]
fn whoever_awaits_by_value_takes_the_task_along() {
    let ((), log) = run(async |log| {
        let inner = spawn({
            let log = log.clone();
            async move {
                let _guard = Says(log, "inner drops");
                pending::<()>().await;
            }
        });
        let outer = spawn({
            let log = log.clone();
            async move {
                let _guard = Says(log, "outer drops");
                let _ = inner.await;
            }
        });
        sleep(seconds(1)).await;
        outer.cancel();
        assert_eq!(outer.await, Err(Cancelled));
        log.say("over");
        sleep(seconds(1)).await;
    });
    assert_eq!(log, ["outer drops", "inner drops", "over"]);
}

#[test]
fn a_handle_may_drop_in_another_task_and_in_a_drop() {
    let ((), log) = run(async |log| {
        let first = spawn({
            let log = log.clone();
            async move {
                let _guard = Says(log, "first drops");
                pending::<()>().await;
            }
        });
        let second = spawn({
            let log = log.clone();
            async move {
                let _guard = (first, Says(log, "second drops"));
                pending::<()>().await;
            }
        });
        spawn(async move { drop(second) }).detach();
        sleep(seconds(1)).await;
    });
    assert_eq!(log, ["second drops", "first drops"]);
}

#[test]
fn sets_take_tasks_that_have_ended_and_were_awaited_before() {
    let ((), _) = run(async |_| {
        let nap = |n| {
            spawn(async move {
                sleep(seconds(n)).await;
                n
            })
        };
        let (mut slow, ready) = (nap(3), nap(1));
        assert_eq!(timeout(seconds(2), &mut slow).await, Err(TimeoutError));
        assert!(ready.is_finished());
        let (done, waiting) = wait([slow, ready], ReturnWhen::FirstCompleted).await;
        assert_eq!((done.len(), waiting.len()), (1, 1));
        let (done, rest) = wait(done.into_iter().chain(waiting), ReturnWhen::AllCompleted).await;
        assert!(rest.is_empty());
        let mut outputs = as_completed(done);
        assert_eq!(outputs.next().await, Some(Ok(1)));
        assert_eq!(outputs.next().await, Some(Ok(3)));
        assert_eq!(outputs.next().await, None);
        let (none, nobody) = wait(Vec::<Task<()>>::new(), ReturnWhen::FirstCompleted).await;
        assert!(none.is_empty() && nobody.is_empty());
        assert_eq!(as_completed(Vec::<Task<()>>::new()).next().await, None);
        assert_eq!(task_group::<(), (), _, _>(async |_| Ok(7)).await, Ok((7, vec![])));
        // One of a set that was given up.
        let mut set = as_completed([nap(9), nap(1)]);
        assert_eq!(timeout(Duration::ZERO, set.next()).await, Err(TimeoutError));
        assert_eq!(set.next().await, Some(Ok(1)));
        drop(set);
        let mut task = nap(1);
        assert_eq!(timeout(Duration::ZERO, shield(nap(1))).await, Err(TimeoutError));
        assert_eq!(timeout(Duration::ZERO, &mut task).await, Err(TimeoutError));
        assert_eq!(gather((shield(task), async { 1 })).await, (Ok(1), 1));
    });
}

/// Counts how many live.
struct Counted(Rc<Cell<i32>>);

impl Counted {
    fn new(living: &Rc<Cell<i32>>) -> Self {
        living.set(living.get() + 1);
        Counted(living.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

#[test]
fn what_is_nested_drops_whole_whenever_it_is_cancelled() -> Result<(), RunError> {
    for cut in 0..8 {
        let (event_loop, living) = (EventLoop::with_virtual_time(), Rc::new(Cell::new(0)));
        let leaf = {
            let living = living.clone();
            move |n: u64| {
                let counted = Counted::new(&living);
                async move {
                    let _counted = counted;
                    sleep(seconds(n)).await;
                    Ok::<_, ()>(n)
                }
            }
        };
        event_loop.run_until_complete(async {
            let nested = spawn(async move {
                let group = task_group(async move |group| {
                    group.spawn(leaf(5));
                    group.spawn({
                        let leaf = leaf.clone();
                        async move {
                            let tasks = [1, 7].map(|n| spawn(leaf(n)));
                            let (done, waiting) = wait(tasks, ReturnWhen::FirstCompleted).await;
                            gather(waiting).await;
                            Ok(done.len() as u64)
                        }
                    });
                    let mut inner = as_completed([2, 6].map(|n| spawn(leaf(n))));
                    while inner.next().await.is_some() {}
                    let _ = timeout(seconds(1), gather(vec![leaf(3), leaf(4)])).await;
                    spawn_blocking(|| ()).await;
                    Ok(())
                });
                let _ = shield(spawn(group)).await;
            });
            sleep(seconds(cut)).await;
            drop(nested);
            sleep(seconds(20)).await;
        })?;
        assert_eq!(living.get(), 0, "cut at {cut}");
    }
    Ok(())
}
