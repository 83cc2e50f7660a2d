//! The primitives of `unawait::sync`: step by step with wakes that are counted, by random steps against a model, and in
//! programs on the executors of others.

mod condition;
mod event;
mod executors;
mod lock;
mod on_the_loop;
mod programs;
mod queue_cancel;
mod queue_close;
mod queue_join;
mod queue_order;
mod random;
mod reentrancy;
mod scale;
mod semaphore;
mod steps;
mod wakers;
