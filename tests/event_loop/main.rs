//! The event loop: order, time, tasks, and what it says when something goes wrong.

mod deadlock;
mod order;
mod tasks;
mod time;
mod together;
