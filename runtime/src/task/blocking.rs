//! [`spawn_blocking`].

use std::fmt;
use std::marker::PhantomData;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

use crate::event_loop::{EventLoop, Shared};

/// Runs what blocks on a thread, so that the loop goes on meanwhile: asyncio's `to_thread`.
///
/// The threads are those of the crate [`blocking`](https://docs.rs/blocking): they start as they are needed, 500 at most, and
/// what is more waits for its turn.
///
/// Cancel safety: when the future is dropped, a job that has not begun never does, and one that has runs to its end, for
/// nobody can stop a thread.
///
/// ```
/// use unawait::event_loop::run;
/// use unawait::task::spawn_blocking;
///
/// let lines = run(async { spawn_blocking(|| std::fs::read_to_string("Cargo.toml")).await });
/// # let _ = lines;
/// ```
///
/// # Panics
///
/// If no loop is running. Awaiting panics with the panic of `job`.
#[track_caller]
pub fn spawn_blocking<T, F>(job: F) -> Blocking<T>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let ours = Arc::new(Job::new(EventLoop::running().shared().clone()));
    let theirs = ours.clone();
    Blocking {
        job: ours,
        thread: blocking::unblock(move || theirs.end(catch_unwind(AssertUnwindSafe(job)))),
        local: PhantomData,
    }
}

/// What [`spawn_blocking`] gives: the output of the job.
#[must_use = "a job that has not begun is dropped with this"]
pub struct Blocking<T> {
    job: Arc<Job<T>>,
    /// Dropping it cancels a job that has not begun.
    #[expect(dead_code, reason = "as above")]
    thread: blocking::Task<()>,
    /// It belongs to the thread of its loop, as all futures of this crate do.
    local: PhantomData<Rc<()>>,
}

impl<T> Unpin for Blocking<T> {}

impl<T> Future for Blocking<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        match self.job.poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(output)) => Poll::Ready(output),
            Poll::Ready(Err(payload)) => resume_unwind(payload),
        }
    }
}

impl<T> Drop for Blocking<T> {
    fn drop(&mut self) {
        self.job.give_up();
    }
}

impl<T> fmt::Debug for Blocking<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Blocking").finish_non_exhaustive()
    }
}

/// What a job and its future share. While it is at work, it is counted among those that the loop waits for.
struct Job<T> {
    state: Mutex<State<T>>,
    shared: Arc<Shared>,
}

enum State<T> {
    /// At work, or about to be, with who awaits it.
    Working(Option<Waker>),
    Done(thread::Result<T>),
    /// The output was taken, or nobody wants it.
    Gone,
}

impl<T> Job<T> {
    fn new(shared: Arc<Shared>) -> Self {
        shared.begin_job();
        let state = Mutex::new(State::Working(None));
        Job { state, shared }
    }

    /// It has ended, on its thread.
    fn end(&self, result: thread::Result<T>) {
        let mut state = self.state();
        let State::Working(waiter) = &mut *state else {
            return;
        };
        let waiter = waiter.take();
        *state = State::Done(result);
        drop(state);
        // First the loop has to have something to do: else virtual time would jump.
        if let Some(waiter) = waiter {
            waiter.wake();
        }
        self.shared.end_job();
    }

    fn poll(&self, context: &Context<'_>) -> Poll<thread::Result<T>> {
        let mut state = self.state();
        let waiter = match &mut *state {
            State::Working(waiter) => waiter.replace(context.waker().clone()),
            State::Done(_) => {
                let State::Done(result) = mem::replace(&mut *state, State::Gone) else {
                    unreachable!("it is done")
                };
                return Poll::Ready(result);
            }
            State::Gone => panic!("`Blocking` polled after it was complete"),
        };
        drop(state);
        drop(waiter);
        Poll::Pending
    }

    /// Nobody awaits it any more.
    fn give_up(&self) {
        let state = mem::replace(&mut *self.state(), State::Gone);
        if let State::Working(_) = state {
            self.shared.end_job();
        }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
