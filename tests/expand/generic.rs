//! Type parameters, a `where` clause, and bounds that the machine meets.

use unawait::prelude::*;

use core::fmt::Debug;

#[coro]
pub fn pairs<A, B, const N: usize>(left: A, right: [B; N]) -> impl Iterator<Item = (A, B)> + Clone + Debug
where
    A: Clone + Debug,
    B: Clone + Debug,
{
    for b in right {
        yield_!((left.clone(), b));
    }
}
