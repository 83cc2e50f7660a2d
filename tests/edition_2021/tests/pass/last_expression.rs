//! The temporary has a name.

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
fn of_a_branch(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    if numbers.len() > 1 {
        let table = Table(numbers);
        yield_!(1);
        let value = table.row(1);
        yield_!(value.total())
    }
}

#[coro]
async fn of_what_is_awaited(numbers: Vec<u32>) -> u32 {
    let table = Table(numbers);
    let value = table.row(1);
    value.load().await
}

fn main() {
    drop(of_what_is_awaited(vec![2, 3]));
    assert!(of_a_branch(vec![2, 3]).eq([1, 5]));
}
