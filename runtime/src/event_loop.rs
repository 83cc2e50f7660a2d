//! The event loop.

/// Whether an event loop is running on this thread.
pub(crate) fn is_running() -> bool {
    false
}
