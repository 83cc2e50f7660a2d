//! What a method of a type of the user's borrows, only types tell.

use unawait::prelude::*;

struct Table(Vec<u32>);

impl Table {
    fn view(&self) -> View<'_> {
        View(&self.0)
    }
}

struct View<'t>(&'t [u32]);

#[coro]
fn rows(table: Table) -> impl Iterator<Item = usize> {
    let view = table.view();
    yield_!(1);
    yield_!(view.0.len());
}

fn main() {}
