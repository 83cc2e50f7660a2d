//! An `async` block that is not awaited borrows a local, and is left early.

use std::future::ready;
use unawait::prelude::*;

async fn show(name: &str) {
    println!("{name}");
}

#[coro]
async fn greet(stop: bool) -> usize {
    let name = String::from("Ada");
    loop {
        let greeting = async { show(&name).await };
        ready(()).await;
        if stop {
            break;
        }
        drop(greeting);
    }
    name.len()
}

fn main() {}
