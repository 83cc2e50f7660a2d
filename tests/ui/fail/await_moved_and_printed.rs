//! A value that was moved is printed after an await, by a format string that captures it.

use unawait::prelude::*;

use std::future::ready;

fn eat(_: String) {}

#[coro]
async fn print(name: String) {
    eat(name);
    ready(()).await;
    println!("{name}");
}

fn main() {}
