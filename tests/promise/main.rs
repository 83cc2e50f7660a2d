//! Promises, without an event loop but where it says so. What JavaScript's order is was asked of Node.js.

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use unawait::promise::Promise;

mod adopting;
mod awaiting;
mod callbacks;
mod combinators;
mod drops;
mod event_loop;
mod executors;
mod order;
mod programs;
mod settling;
mod threads;

/// A promise whose reasons are text: it can be cloned and compared.
type Text<T> = Promise<T, String>;

/// What happened, in order.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn add(&self, entry: impl Display) {
        self.0.borrow_mut().push(entry.to_string());
    }

    /// A callback that adds an entry.
    fn adder<T, D: Display>(&self, entry: D) -> impl FnOnce(T) + use<T, D> {
        let log = self.clone();
        move |_| log.add(entry)
    }

    /// What happened since this was last asked.
    fn take(&self) -> String {
        self.0.take().join(" ")
    }
}

/// Counts how many of it there are.
#[derive(Default)]
struct Counted(Rc<Cell<usize>>);

impl Counted {
    fn new(count: &Rc<Cell<usize>>) -> Self {
        count.set(count.get() + 1);
        Counted(count.clone())
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        Counted::new(&self.0)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// The result of what is settled, once the microtasks have run.
fn result<T, E>(mut promise: Promise<T, E>) -> Result<T, E> {
    match poll(&mut promise) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("the promise is pending"),
    }
}

/// Runs the microtasks, as the poll of any promise does.
fn run_microtasks() {
    result(Text::resolve(())).unwrap();
}

/// The reason of a promise that was broken by the drop of its resolvers.
const DROPPED: &str = "broken promise: its resolvers were dropped, and none had settled it";
/// The reason of a promise whose callback panicked.
const PANICKED: &str = "broken promise: a panic dropped its last resolver";
/// The reason of a promise that waits for itself.
const CYCLE: &str = "broken promise: chaining cycle, it was to settle as it settles itself";
