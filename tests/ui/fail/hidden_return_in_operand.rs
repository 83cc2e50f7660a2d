//! The same in the operand of an await, which borrows: it must not be taken for the output.

use unawait::prelude::*;

macro_rules! stop_if {
    ($condition:expr) => {
        if $condition {
            return;
        }
    };
}

async fn later<T>(value: T) -> T {
    value
}

#[coro]
async fn first(n: u32) {
    {
        let text = n.to_string();
        later((text.as_str(), stop_if!(n > 3)).1).await;
    }
    later(3).await;
}

fn main() {}
