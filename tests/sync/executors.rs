//! Executors of one thread: each runs a set of tasks to its end.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;
use futures::{StreamExt, stream::FuturesUnordered};

pub type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Runs the tasks that `tasks` makes, on one executor after the other.
pub fn on_each(tasks: impl Fn() -> Vec<Task>) {
    pollster_with_one_task(tasks());
    smol_local(tasks());
    futures_local(tasks());
    tokio_local(tasks());
    our_loop(tasks());
}

/// All in one task.
fn pollster_with_one_task(tasks: Vec<Task>) {
    let mut all: FuturesUnordered<_> = tasks.into_iter().collect();
    pollster::block_on(async { while all.next().await.is_some() {} });
}

fn smol_local(tasks: Vec<Task>) {
    let executor = smol::LocalExecutor::new();
    let tasks: Vec<_> = tasks.into_iter().map(|task| executor.spawn(task)).collect();
    for task in tasks {
        smol::block_on(executor.run(task));
    }
}

fn futures_local(tasks: Vec<Task>) {
    let mut pool = LocalPool::new();
    for task in tasks {
        pool.spawner().spawn_local(task).unwrap();
    }
    pool.run();
}

fn tokio_local(tasks: Vec<Task>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let set = tokio::task::LocalSet::new();
    let tasks: Vec<_> = tasks.into_iter().map(|task| set.spawn_local(task)).collect();
    for task in tasks {
        set.block_on(&runtime, task).unwrap();
    }
}

fn our_loop(tasks: Vec<Task>) {
    unawait::event_loop::run(unawait::task::gather(tasks)).unwrap();
}

/// Lets the other tasks run.
pub async fn turn() {
    let mut first = true;
    poll_fn(|context| {
        if std::mem::take(&mut first) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
}
