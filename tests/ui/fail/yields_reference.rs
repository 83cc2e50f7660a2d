//! A reference is yielded where a value is wanted.

use unawait::prelude::*;

#[coro]
fn cells(rows: Vec<Vec<u32>>) -> impl Iterator<Item = u32> {
    for row in rows {
        for cell in row {
            yield_!(&cell);
        }
    }
}

fn main() {}
