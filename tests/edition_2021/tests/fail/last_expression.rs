//! Before edition 2024 a temporary of a last expression drops after the variables of the block.

use unawait::prelude::*;

struct Table(Vec<u32>);

impl Table {
    fn row(&self, _number: usize) -> Row {
        Row(self.0.clone())
    }
}

struct Row(Vec<u32>);

impl Row {
    async fn load(&self) -> u32 {
        self.total()
    }

    fn total(&self) -> u32 {
        self.0.iter().sum()
    }
}

#[coro]
async fn of_the_function(numbers: Vec<u32>) -> u32 {
    let table = Table(numbers);
    std::future::ready(()).await;
    table.row(1).total()
}

#[coro]
fn of_a_branch(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    if numbers.len() > 1 {
        let table = Table(numbers);
        yield_!(1);
        yield_!(table.row(1).total())
    }
}

#[coro]
async fn of_a_block(table: &Table) -> u32 {
    let n = {
        std::future::ready(()).await;
        table.row(1).total()
    };
    n + 1
}

#[coro]
async fn of_what_is_awaited(numbers: Vec<u32>) -> u32 {
    let table = Table(numbers);
    table.row(1).load().await
}

fn main() {}
