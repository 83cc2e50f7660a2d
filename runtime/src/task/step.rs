//! The future around a task's: it keeps the output, a panic, and who waits for either.

use std::any::Any;
use std::cell::RefCell;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::finished::Finished;
use super::registry::Info;
use crate::waiting::Registration;

/// What a task and its handle share.
pub(super) struct Outcome<T> {
    pub(super) state: RefCell<State<T>>,
    pub(super) waiter: RefCell<Option<Waiter>>,
    pub(super) info: Rc<Info>,
}

/// Who is told that a task has ended.
pub(super) enum Waiter {
    /// Who awaits its handle.
    Task(Registration),
    /// A set of tasks, in which it has a number.
    Set(Rc<Finished>, usize),
}

impl Waiter {
    fn wake(self) {
        match self {
            Waiter::Task(registration) => registration.wake(),
            Waiter::Set(finished, number) => finished.push(number),
        }
    }
}

/// How far a task is. It leaves `Pending` once.
pub(super) enum State<T> {
    Pending,
    Finished(T),
    Panicked(Box<dyn Any + Send>),
    Cancelled,
    /// Whoever awaited it has the output.
    Taken,
}

impl<T> Outcome<T> {
    pub(super) fn new(info: Rc<Info>) -> Self {
        Outcome {
            state: RefCell::new(State::Pending),
            waiter: RefCell::new(None),
            info,
        }
    }

    /// Takes what the task ended with.
    pub(super) fn take(&self) -> State<T> {
        self.state.replace(State::Taken)
    }

    /// The future has been dropped.
    fn end(&self) {
        let cancelled = matches!(*self.state.borrow(), State::Pending);
        if cancelled {
            self.state.replace(State::Cancelled);
        }
        self.info.end(cancelled);
        if let Some(waiter) = self.waiter.take() {
            self.info.guard(|| waiter.wake());
        }
    }

    /// Drops the output, which nobody will take.
    fn discard(&self) {
        let is_finished = matches!(*self.state.borrow(), State::Finished(_));
        if is_finished {
            let output = self.take();
            self.info.guard(|| drop(output));
        }
    }
}

impl<T> Drop for Outcome<T> {
    fn drop(&mut self) {
        if let State::Panicked(payload) = mem::replace(self.state.get_mut(), State::Taken) {
            self.info.report_panic(payload);
        }
    }
}

pin_project! {
    /// A task as `async-task` runs it. It never panics, since that would reach the loop.
    pub(super) struct Step<F: Future> {
        #[pin]
        future: Option<F>,
        outcome: Rc<Outcome<F::Output>>,
    }

    impl<F: Future> PinnedDrop for Step<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            this.outcome.info.guard(|| this.future.set(None));
            this.outcome.end();
            if Rc::strong_count(this.outcome) == 1 {
                this.outcome.discard();
            }
        }
    }
}

impl<F: Future> Step<F> {
    pub(super) fn new(future: F, outcome: Rc<Outcome<F::Output>>) -> Self {
        Step {
            future: Some(future),
            outcome,
        }
    }
}

impl<F: Future> Future for Step<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        let Some(future) = this.future.as_mut().as_pin_mut() else {
            return Poll::Ready(());
        };
        let info = &this.outcome.info;
        let Some(event_loop) = info.event_loop.upgrade() else {
            return Poll::Ready(());
        };
        if event_loop.is_closing() {
            return Poll::Ready(());
        }
        let poll = |context: &mut Context<'_>| catch_unwind(AssertUnwindSafe(|| future.poll(context)));
        let polled = info.step(&event_loop, context.waker(), poll);
        let state = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => State::Finished(output),
            Err(payload) => State::Panicked(payload),
        };
        this.outcome.state.replace(state);
        // Who awaits the task has its output all the same, if this panics.
        info.guard(|| this.future.set(None));
        Poll::Ready(())
    }
}
