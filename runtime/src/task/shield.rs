//! [`shield`].

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Cancelled, Task};

/// Awaits a task without taking it along: when this future is dropped, because who awaits it was cancelled or its time is
/// over, the task runs on, detached. asyncio's `shield`.
///
/// ```
/// use std::time::Duration;
/// use unawait::event_loop::EventLoop;
/// use unawait::task::{shield, spawn};
/// use unawait::time::{sleep, timeout};
///
/// EventLoop::with_virtual_time().run_until_complete(async {
///     let save = spawn(async {
///         sleep(Duration::from_secs(2)).await;
///         println!("saved");
///     });
///     assert!(timeout(Duration::from_secs(1), shield(save)).await.is_err());
///     sleep(Duration::from_secs(5)).await;
/// })?;
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
pub fn shield<T>(task: Task<T>) -> Shield<T> {
    Shield(Some(task))
}

/// What [`shield`] gives.
#[must_use = "futures do nothing unless awaited"]
pub struct Shield<T>(Option<Task<T>>);

impl<T> Shield<T> {
    fn task(&self) -> &Task<T> {
        self.0.as_ref().expect("only the drop takes it")
    }
}

impl<T> Future for Shield<T> {
    type Output = Result<T, Cancelled>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let task = self.0.as_mut().expect("only the drop takes it");
        Pin::new(task).poll(context)
    }
}

impl<T> fmt::Debug for Shield<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Shield").field(self.task()).finish()
    }
}

impl<T> Drop for Shield<T> {
    fn drop(&mut self) {
        if let Some(task) = self.0.take() {
            task.detach();
        }
    }
}
