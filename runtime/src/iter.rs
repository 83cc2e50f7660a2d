//! [`IntoIter`]: the yielded values of a coroutine as an iterator.

use core::iter::FusedIterator;

use crate::{Coroutine, CoroutineState};

/// The iterator over what a coroutine yields, made by [`Coroutine::into_iter`].
///
/// It is fused: the coroutine is dropped when it completes, and never resumed again.
#[derive(Clone, Debug)]
#[must_use = "iterators do nothing unless consumed"]
pub struct IntoIter<C> {
    /// `None` once the coroutine has completed.
    coroutine: Option<C>,
}

impl<C> IntoIter<C> {
    #[inline]
    pub(crate) fn new(coroutine: C) -> Self {
        Self {
            coroutine: Some(coroutine),
        }
    }
}

impl<C: Coroutine<(), Return = ()>> Iterator for IntoIter<C> {
    type Item = C::Yield;

    #[inline]
    fn next(&mut self) -> Option<C::Yield> {
        match self.coroutine.as_mut()?.resume(()) {
            CoroutineState::Yielded(value) => Some(value),
            CoroutineState::Complete(()) => {
                self.coroutine = None;
                None
            }
        }
    }
}

impl<C: Coroutine<(), Return = ()>> FusedIterator for IntoIter<C> {}
