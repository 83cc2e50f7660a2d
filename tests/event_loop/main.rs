//! The event loop: order, time, tasks, and what it says when something goes wrong.

mod cancel;
mod closing;
mod deadlock;
mod fairness;
mod interrupt;
mod limits;
mod memory;
mod order;
mod panics;
mod stuck;
mod tasks;
mod threads;
mod time;
mod together;
mod traits;
