//! A reference to a local does not outlive the function.

use unawait::prelude::*;

#[coro]
async fn longest(names: Vec<String>) -> &'static str {
    std::future::ready(()).await;
    let name = names[0].clone();
    &name
}

fn main() {}
