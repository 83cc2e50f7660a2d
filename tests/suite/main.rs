//! The transform against rustc: each module holds one phenomenon, each test one body.

#[macro_use]
mod differential;
mod harness;

mod attributes;
mod auto_traits;
mod awaits;
mod borrows;
mod captures;
mod chains;
mod clone_debug;
mod closures;
mod conditionals;
mod coroutine_inputs;
mod delegation;
mod drops;
mod first;
mod generics;
mod inference;
mod items;
mod labels;
mod leftovers;
mod let_else;
mod lifetimes;
mod lints;
mod loops;
mod matches;
mod methods;
mod moves;
mod names;
mod natural;
mod no_prelude;
mod operands;
mod order;
mod outcome;
mod panics;
mod positions;
mod recursion;
mod scale;
mod selftest;
mod shadowing;
mod signatures;
mod streams;
mod temporaries;
mod temporaries_order;
mod throw;
