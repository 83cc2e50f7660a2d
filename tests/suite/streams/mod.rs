//! Streams against rustc: each body stands in a `#[coro]` stream and in an `async fn` that gives its items to a driver.

#[macro_use]
mod harness;

mod basics;
mod delegation;
mod everyday;
