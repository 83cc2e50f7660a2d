//! The tuple has the value itself; in an async function a borrow of it is enclosed.

use unawait::prelude::*;

struct Row {
    name: String,
}

fn row() -> Row {
    Row {
        name: String::from("ada"),
    }
}

#[coro]
fn first() -> impl Coroutine<u32, Yield = u32, Return = usize> {
    let both = (row(), yield_!(5));
    yield_!(1);
    both.0.name.len() + both.1 as usize
}

#[coro]
async fn enclosed() -> usize {
    let both = (&row(), std::future::ready(5).await, &row().name);
    std::future::ready(1).await;
    both.0.name.len() + both.1 + both.2.len()
}

fn main() {
    let mut first = first();
    assert_eq!(first.start(), CoroutineState::Yielded(5));
    assert_eq!(first.resume(2), CoroutineState::Yielded(1));
    assert_eq!(first.resume(2), CoroutineState::Complete(5));
    assert_eq!(pollster::block_on(enclosed()), 11);
}
