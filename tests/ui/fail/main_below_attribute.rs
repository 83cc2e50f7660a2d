//! An attribute above has taken `async` away.

use unawait::prelude::*;

#[coro]
fn main() {
    std::future::ready(()).await;
}
