//! Async functions against rustc's own: each body stands in a `#[coro] async fn` and in an `async fn`.

#[macro_use]
mod harness;

mod basics;
mod expressions;
mod futures;
mod lending;
mod methods;
mod state;
