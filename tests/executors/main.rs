//! Async functions and streams of `#[coro]` on executors and with libraries that people use. Nothing here waits for real
//! time: where a clock matters it is tokio's, paused.

mod attributes;
mod executors;
mod futures_crate;
mod programs;
mod shapes;
mod streams;
mod tokio_crate;
