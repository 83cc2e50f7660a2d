//! Polling by hand.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll, Wake, Waker};

/// A future that is polled by hand, and whose wakes are counted. Dropped, it is cancelled.
pub struct Step<F> {
    future: Pin<Box<F>>,
    wakes: Arc<Wakes>,
}

struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

impl<F: Future> Step<F> {
    pub fn new(future: F) -> Self {
        Step {
            future: Box::pin(future),
            wakes: Arc::new(Wakes(AtomicUsize::new(0))),
        }
    }

    /// One that has been polled, and waits.
    #[track_caller]
    pub fn waiting(future: F) -> Self {
        let mut step = Step::new(future);
        assert!(step.poll().is_pending(), "it has to wait");
        step
    }

    pub fn poll(&mut self) -> Poll<F::Output> {
        self.poll_with(&self.waker())
    }

    /// The waker whose wakes are counted.
    pub fn waker(&self) -> Waker {
        Waker::from(self.wakes.clone())
    }

    /// Polls as another task does.
    pub fn poll_with(&mut self, waker: &Waker) -> Poll<F::Output> {
        self.future.as_mut().poll(&mut Context::from_waker(waker))
    }

    #[track_caller]
    pub fn ready(&mut self) -> F::Output {
        match self.poll() {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("it still waits"),
        }
    }

    pub fn wakes(&self) -> usize {
        self.wakes.0.load(SeqCst)
    }
}

/// How often each has been woken.
pub fn wakes<F: Future>(steps: &[Step<F>]) -> Vec<usize> {
    steps.iter().map(Step::wakes).collect()
}

/// Counts its drops.
pub struct Counted(pub u32, pub Rc<RefCell<Vec<u32>>>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}
