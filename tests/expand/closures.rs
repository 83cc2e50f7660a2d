//! A closure that borrows is made again, one that owns is carried.

use unawait::prelude::*;

#[coro]
fn scaled(factor: u32, numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    let scale = |n| n * factor;
    let largest = numbers.iter().copied().max().unwrap_or(0);
    let share = move |n: u32| n * 100 / largest;
    for n in numbers {
        yield_!(scale(n));
        yield_!(share(n));
    }
}
