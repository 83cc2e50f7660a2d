//! Ways out of "what this await gives borrows a local", and of rustc's "cannot move out of `table` because it is borrowed".

use std::future::ready;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use unawait::prelude::*;

struct Table(u32);

impl Table {
    async fn row(&self, _n: usize) -> &u32 {
        ready(&self.0).await
    }

    async fn lock(&self) -> &u32 {
        ready(&self.0).await
    }
}

#[coro]
async fn enclosed() -> u32 {
    let table = Table(1);
    let sum = async {
        let row = table.row(1).await;
        *row + ready(1).await
    }
    .await;
    sum + table.0
}

#[coro]
async fn left() -> u32 {
    let table = Table(1);
    loop {
        let left = async {
            let guard = table.lock().await;
            ready(*guard).await > 0
        }
        .await;
        if left {
            break;
        }
    }
    table.0
}

struct View<'p>(&'p u32);

impl Table {
    fn view(&self) -> View<'_> {
        View(&self.0)
    }
}

#[coro]
async fn viewed() -> u32 {
    let table = Table(1);
    let n = async {
        let view = table.view();
        ready(1).await + view.0
    }
    .await;
    n + table.0
}

#[coro]
async fn by_reference(table: &Table) -> u32 {
    let row = table.row(1).await;
    *row + ready(1).await
}

fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing is pending"),
    }
}

fn main() {
    assert_eq!(run(enclosed()), 3);
    assert_eq!(run(left()), 1);
    assert_eq!(run(viewed()), 3);
    assert_eq!(run(by_reference(&Table(4))), 5);
}
