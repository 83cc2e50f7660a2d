//! The futures of a queue.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use super::error::{GetError, PutError};
use super::shared::Shared;
use crate::sync::waiters::Place;

/// The future of [`Queue::put`](super::Queue::put).
#[must_use = "futures do nothing unless awaited"]
pub struct QueuePut<T> {
    shared: Rc<Shared<T>>,
    /// Until it has completed.
    item: Option<T>,
    place: Place,
}

impl<T> QueuePut<T> {
    pub(super) fn new(shared: Rc<Shared<T>>, item: T, place: Place) -> Self {
        QueuePut {
            shared,
            item: Some(item),
            place,
        }
    }
}

// Nothing of it is pinned.
impl<T> Unpin for QueuePut<T> {}

impl<T> Future for QueuePut<T> {
    type Output = Result<(), PutError<T>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        ready!(this.shared.room.poll_acquire(&mut this.place, context));
        let item = this.item.take().expect("it has not completed");
        if this.shared.closed.get() {
            return Poll::Ready(Err(PutError(item)));
        }
        this.shared.push(item);
        Poll::Ready(Ok(()))
    }
}

impl<T> Drop for QueuePut<T> {
    fn drop(&mut self) {
        self.shared.room.leave(&mut self.place);
    }
}

/// The future of [`Queue::get`](super::Queue::get).
#[must_use = "futures do nothing unless awaited"]
pub struct QueueGet<T> {
    shared: Rc<Shared<T>>,
    place: Place,
}

impl<T> QueueGet<T> {
    pub(super) fn new(shared: Rc<Shared<T>>, place: Place) -> Self {
        QueueGet { shared, place }
    }
}

impl<T> Future for QueueGet<T> {
    type Output = Result<T, GetError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        ready!(this.shared.filled.poll_acquire(&mut this.place, context));
        Poll::Ready(this.shared.pop().ok_or(GetError))
    }
}

impl<T> Drop for QueueGet<T> {
    fn drop(&mut self) {
        self.shared.filled.leave(&mut self.place);
    }
}

/// The future of [`Queue::join`](super::Queue::join).
#[must_use = "futures do nothing unless awaited"]
pub struct QueueJoin<T> {
    shared: Rc<Shared<T>>,
    place: Place,
}

impl<T> QueueJoin<T> {
    pub(super) fn new(shared: Rc<Shared<T>>, place: Place) -> Self {
        QueueJoin { shared, place }
    }
}

impl<T> Future for QueueJoin<T> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        let done = || this.shared.unfinished.get() == 0;
        this.shared.joiners.poll(&mut this.place, context, done).map(|_| ())
    }
}

impl<T> Drop for QueueJoin<T> {
    fn drop(&mut self) {
        self.shared.joiners.leave(&mut self.place);
    }
}
