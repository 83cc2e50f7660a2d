//! The expansions as text: pinned, short, and as good as code that a person wrote.
//!
//! The inputs are `tests/expand/*.rs`, one construct a file, and the examples. No macro runs here: [`source`] puts what
//! the library makes of each `#[coro]` function in its place, as somebody would who pastes it.

mod pasted;
mod size;
mod snapshots;
mod source;
