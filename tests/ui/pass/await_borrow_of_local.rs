//! What uses the borrow is enclosed, or the owner is an argument by reference.

use std::future::ready;
use unawait::prelude::*;

struct Table(Vec<u32>);

impl Table {
    fn view(&self) -> View<'_> {
        View(&self.0)
    }
}

struct View<'t>(&'t [u32]);

#[coro]
async fn enclosed() -> usize {
    let table = Table(vec![1, 2]);
    let n = async {
        let view = table.view();
        ready(1).await + view.0.len()
    }
    .await;
    n + table.0.len()
}

#[coro]
async fn by_reference(table: &Table) -> usize {
    let view = table.view();
    ready(1).await + view.0.len()
}

fn main() {
    assert_eq!(pollster::block_on(enclosed()), 5);
    assert_eq!(pollster::block_on(by_reference(&Table(vec![1, 2]))), 3);
}
