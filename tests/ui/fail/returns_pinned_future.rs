//! The error of the future is more use than that of the pin.

use unawait::prelude::*;

use std::future::Future;
use std::pin::Pin;

#[coro]
fn number() -> Pin<Box<dyn Future<Output = u32>>> {
    1
}

fn main() {}
