//! What a function under `#[coro]` wants in scope: `use unawait::prelude::*;`.
//!
//! It holds no name that shadows one of the standard library's prelude.

#[doc(no_inline)]
pub use crate::{Coroutine, CoroutineState, Stream, Throw, coro, yield_, yield_from};
