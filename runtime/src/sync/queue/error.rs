//! Why an item cannot be put or gotten.

use std::error::Error;
use std::fmt;

/// The queue is closed. Here is the item that was to be put: asyncio's `QueueShutDown`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PutError<T>(
    /// The item.
    pub T,
);

/// The queue is closed, and empty: asyncio's `QueueShutDown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetError;

/// Why [`Queue::try_put`](super::Queue::try_put) gives the item back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TryPutError<T> {
    /// There is no room: asyncio's `QueueFull`.
    Full(T),
    /// The queue is closed: asyncio's `QueueShutDown`.
    Closed(T),
}

/// Why [`Queue::try_get`](super::Queue::try_get) gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryGetError {
    /// There is no item that nobody has been woken for: asyncio's `QueueEmpty`.
    Empty,
    /// The queue is closed, and empty: asyncio's `QueueShutDown`.
    Closed,
}

const CLOSED: &str = "the queue is closed";

impl<T> TryPutError<T> {
    /// The item.
    pub fn into_inner(self) -> T {
        match self {
            TryPutError::Full(item) | TryPutError::Closed(item) => item,
        }
    }
}

// Without `T: Debug`, so that any item may be in a result that is unwrapped.
impl<T> fmt::Debug for PutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PutError(..)")
    }
}

impl<T> fmt::Debug for TryPutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryPutError::Full(_) => "Full(..)",
            TryPutError::Closed(_) => "Closed(..)",
        })
    }
}

impl<T> fmt::Display for PutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(CLOSED)
    }
}

impl fmt::Display for GetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue is closed and empty")
    }
}

impl<T> fmt::Display for TryPutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryPutError::Full(_) => "the queue is full",
            TryPutError::Closed(_) => CLOSED,
        })
    }
}

impl fmt::Display for TryGetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TryGetError::Empty => f.write_str("the queue is empty"),
            TryGetError::Closed => GetError.fmt(f),
        }
    }
}

impl<T> Error for PutError<T> {}
impl Error for GetError {}
impl<T> Error for TryPutError<T> {}
impl Error for TryGetError {}
