//! A borrow of a local cannot be carried beside it, and only types tell that `view` borrows.

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
async fn rows() -> usize {
    let table = Table(vec![1, 2]);
    let view = table.view();
    let n = ready(1).await;
    n + view.0.len()
}

fn main() {}
