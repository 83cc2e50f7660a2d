//! With the event loop: cancellation by it, its clock, and what it says when all wait for one another.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError};
use unawait::prelude::*;
use unawait::sync::{Condition, Lock, Queue, Semaphore};
use unawait::task::{gather, spawn};
use unawait::time::{TimeoutError, sleep, timeout};

const SECOND: Duration = Duration::from_secs(1);

/// The lines of a deadlock's report, but that of the future that the loop ran for.
fn report(result: Result<(), RunError>) -> Vec<String> {
    let Err(RunError::Deadlock(deadlock)) = result else {
        panic!("{result:?}");
    };
    deadlock.tasks().iter().skip(1).map(ToString::to_string).collect()
}

#[coro]
async fn holds_one_and_wants_the_other(one: Rc<Lock<u32>>, other: Rc<Lock<u32>>) {
    let one = one.lock_owned().await;
    sleep(SECOND).await;
    let other = other.lock_owned().await;
    drop((one, other));
}

#[test]
fn two_that_wait_for_each_other_are_named_with_their_lines() {
    let (fork, knife) = (Rc::new(Lock::new(0)), Rc::new(Lock::new(0)));
    let result = EventLoop::with_virtual_time().run_until_complete(async {
        let ada = spawn(holds_one_and_wants_the_other(fork.clone(), knife.clone())).named("Ada");
        let alan = spawn(holds_one_and_wants_the_other(knife, fork)).named("Alan");
        let _ = (ada.await, alan.await);
    });
    let report = report(result);
    assert_eq!(report.len(), 2);
    for (line, name) in report.iter().zip(["Ada", "Alan"]) {
        assert!(line.starts_with(&format!("{name} in `Lock::lock_owned` at ")), "{line}");
        assert!(line.ends_with(": `let other = other.lock_owned().await;`"), "{line}");
    }
}

#[coro]
async fn get(queue: Queue<u32>) -> Option<u32> {
    queue.get().await.ok()
}

#[test]
fn a_queue_that_nobody_fills() {
    let queue = Queue::unbounded();
    let result = EventLoop::new().run_until_complete(async {
        let _ = spawn(get(queue.clone())).await;
    });
    let report = report(result);
    assert_eq!(report.len(), 1);
    assert!(
        report[0].contains("in `Queue::get` at tests/sync/on_the_loop.rs:"),
        "{report:?}"
    );
}

#[coro]
async fn take(queue: Queue<u32>, log: Rc<RefCell<Vec<u32>>>, patience: Duration) {
    loop {
        match timeout(patience, queue.get()).await {
            Ok(Ok(item)) => log.borrow_mut().push(item),
            Ok(Err(_)) => return,
            Err(TimeoutError) => {}
        }
    }
}

#[test]
fn timeouts_lose_nothing() {
    let (queue, log) = (Queue::bounded(2), Rc::<RefCell<Vec<u32>>>::default());
    let event_loop = EventLoop::with_virtual_time();
    let feed = async {
        let takers: Vec<_> = [7, 10, 30]
            .map(|millis| take(queue.clone(), log.clone(), Duration::from_millis(millis)))
            .into_iter()
            .map(spawn)
            .collect();
        for item in 0..500 {
            // Often at the very moment when one gives up.
            sleep(Duration::from_millis(u64::from(item % 11))).await;
            queue.put(item).await.unwrap();
        }
        queue.close();
        for taker in takers {
            taker.await.unwrap();
        }
    };
    event_loop.run_until_complete(feed).unwrap();
    assert!(log.take().into_iter().eq(0..500));
}

#[coro]
async fn hold(semaphore: Rc<Semaphore>) {
    let _permit = semaphore.acquire().await;
    sleep(SECOND).await;
}

#[test]
fn cancelled_tasks_leave_no_trace() {
    let semaphore = Rc::new(Semaphore::new(2));
    let event_loop = EventLoop::with_virtual_time();
    let run = async {
        for cancelled in 0..6 {
            let tasks: Vec<_> = (0..6).map(|_| spawn(hold(semaphore.clone()))).collect();
            sleep(SECOND / 2).await;
            tasks[cancelled].cancel();
            for (n, task) in tasks.into_iter().enumerate() {
                assert_eq!(task.await.is_err(), n == cancelled);
            }
            assert_eq!(semaphore.available(), 2);
        }
    };
    event_loop.run_until_complete(run).unwrap();
}

#[test]
fn a_task_that_panics_unlocks() {
    #[coro]
    async fn fail(lock: Rc<Lock<u32>>) {
        let mut guard = lock.lock().await;
        sleep(SECOND).await;
        *guard += 1;
        panic!("on purpose");
    }

    let event_loop = EventLoop::with_virtual_time();
    event_loop.set_exception_handler(|_| {});
    let lock = Rc::new(Lock::new(0));
    let run = async {
        spawn(fail(lock.clone())).detach();
        sleep(SECOND / 2).await;
        assert_eq!(*lock.lock().await, 1);
    };
    event_loop.run_until_complete(run).unwrap();
}

/// Tasks of another order than that in which they were woken would show.
#[test]
fn first_come_first_served() {
    #[coro]
    async fn enter(n: u32, lock: Rc<Lock<Vec<u32>>>) {
        let mut log = lock.lock().await;
        log.push(n);
        sleep(SECOND).await;
    }

    let event_loop = EventLoop::with_virtual_time();
    let lock = Rc::new(Lock::new(vec![]));
    let all: Vec<_> = (0..20).map(|n| enter(n, lock.clone())).collect();
    event_loop.run_until_complete(gather(all)).unwrap();
    assert!(lock.try_lock().unwrap().iter().copied().eq(0..20));
    assert_eq!(event_loop.time(), SECOND * 20);
}

#[test]
fn a_condition_with_a_timeout() {
    let (lock, condition) = (Lock::new(0), Condition::new());
    let event_loop = EventLoop::with_virtual_time();
    let wait = async {
        let guard = lock.lock().await;
        timeout(SECOND, condition.wait(guard)).await.is_err()
    };
    let other = async {
        let mut guard = lock.lock().await;
        sleep(SECOND * 2).await;
        *guard = 1;
    };
    let (is_over, ()) = event_loop.run_until_complete(gather((wait, other))).unwrap();
    assert!(is_over);
    assert_eq!(event_loop.time(), SECOND * 2);
    assert_eq!(lock.into_inner(), 1);
}
