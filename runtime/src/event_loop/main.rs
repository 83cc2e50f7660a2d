//! The future that a loop runs for. It stays where it is, on the stack, so it may borrow; all that the queue has of it is
//! [`Ready::Main`].

use std::any::Any;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use super::shared::{Ready, Shared};
use super::{EventLoop, Inner};
use crate::task::Info;

/// What is known of it. While it lives, it is one of the loop's tasks.
pub(super) struct Main {
    info: Rc<Info>,
    event_loop: Rc<Inner>,
    waker: Arc<MainWaker>,
}

impl Main {
    /// Has the next pass poll it.
    pub(super) fn new(event_loop: &EventLoop, at: &'static Location<'static>) -> Self {
        let info = Info::new(event_loop, at);
        info.set_name("main".to_owned());
        event_loop.inner().tasks.insert(info.clone(), None);
        let waker = Arc::new(MainWaker {
            is_ready: AtomicBool::new(false),
            shared: event_loop.shared().clone(),
        });
        waker.wake_by_ref();
        Main {
            info,
            event_loop: event_loop.inner().clone(),
            waker,
        }
    }

    /// Polls it once. A panic of it is its output, so that it does not end the pass.
    pub(super) fn poll<F: Future>(&self, future: Pin<&mut F>) -> Poll<Result<F::Output, Box<dyn Any + Send>>> {
        self.waker.is_ready.store(false, Ordering::Release);
        let waker = Waker::from(self.waker.clone());
        let poll = |context: &mut Context<'_>| catch_unwind(AssertUnwindSafe(|| future.poll(context)));
        match self.info.step(&self.event_loop, &waker, poll) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(payload) => Poll::Ready(Err(payload)),
        }
    }
}

impl Drop for Main {
    fn drop(&mut self) {
        self.info.end(false);
    }
}

/// Queues the future, if it is not queued yet.
struct MainWaker {
    is_ready: AtomicBool,
    shared: Arc<Shared>,
}

impl Wake for MainWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_ready.swap(true, Ordering::AcqRel) {
            self.shared.schedule(Ready::Main);
        }
    }
}
