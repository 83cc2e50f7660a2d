//! Independent errors are reported together.

use unawait::prelude::*;

#[coro(frist = input)]
async fn signature(n: u32, n: u32) -> impl Iterator + Copy {
    break;
}

#[coro]
fn body() -> impl Iterator<Item = u32> {
    let numbers = std::iter::from_fn(|| yield_!(1));
    yield_!(1, 2);
    yield_from!();
    let future = async { yield_!(3) };
    yield_!(numbers.next()?);
    let text = if numbers.next() == None {
        &String::from("a long text")
    } else {
        &String::new()
    };
    yield_!(text.len() as u32);
}

fn main() {}
