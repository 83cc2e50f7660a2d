//! Branches of which one suspends meet in a state, and that holds what they give.

use std::rc::Rc;

use unawait::prelude::*;

#[coro]
async fn counted(known: bool) -> u32 {
    let count = if known { Rc::new(4) } else { Rc::new(std::future::ready(3).await) };
    let n = *count;
    drop(count);
    std::future::ready(n).await
}

fn send<T: Send>(value: T) -> T {
    value
}

fn main() {
    let _ = send(counted(true));
}
