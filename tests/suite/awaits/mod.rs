//! Async functions against rustc's own: each body stands in a `#[coro] async fn` and in an `async fn`.

#[macro_use]
pub mod harness;

mod aliases;
mod arrays;
mod basics;
mod boxed_futures;
mod boxes;
mod captured;
mod changed_meanwhile;
mod channels;
mod clients;
mod compared;
mod enclosed;
mod everyday;
mod expressions;
mod futures;
mod given;
mod given_away;
mod guards;
mod leaving;
mod leaving_both;
mod leftovers;
mod lending;
mod lent_operands;
mod locals;
mod looked_through;
mod methods;
mod nested;
mod operand_guards;
mod patterns;
mod pools;
mod reborrowed;
mod received;
mod rustc_drops;
mod selects;
mod selftest;
mod servers;
mod state;
pub mod stubs;
mod tails;
mod taken;
mod together;
mod together_guards;
mod views;
