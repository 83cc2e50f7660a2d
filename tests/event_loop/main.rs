//! The event loop: order, time, tasks, and what it says when something goes wrong.

mod closing;
mod deadlock;
mod limits;
mod order;
mod panics;
mod tasks;
mod threads;
mod time;
mod together;
mod traits;
