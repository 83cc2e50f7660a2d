use std::future::ready;

use unawait::prelude::*;

#[coro]
pub fn squares(upto: u32) -> impl Stream<Item = u32> {
    for n in 0..upto {
        let square = ready(n * n).await;
        yield_!(square);
    }
}
