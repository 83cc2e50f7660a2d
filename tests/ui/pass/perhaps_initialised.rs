//! A variable that only one path initialises is dropped if that path was taken.

use unawait::prelude::*;

#[coro]
fn numbers(yes: bool) -> impl Iterator<Item = u32> {
    let late;
    if yes {
        late = String::from("late");
        assert_eq!(late.len(), 4);
    }
    yield_!(1);
}

fn main() {
    assert!(numbers(true).eq(numbers(false)));
}
