//! The event loop: one thread, a queue of what is ready, a heap of timers, and the system's poller for sockets.
//!
//! [`EventLoop::run_once`] is the heart, and the only place where callbacks are called and tasks are polled. It waits until
//! something is ready, and then does what is ready, once. All else of this module puts something into the queue.
//!
//! ```
//! use std::time::Duration;
//! use unawait::event_loop::run;
//! use unawait::prelude::*;
//! use unawait::time::sleep;
//!
//! #[coro]
//! async fn greet(name: &'static str) -> String {
//!     sleep(Duration::from_millis(10)).await;
//!     format!("Hello, {name}!")
//! }
//!
//! assert_eq!(run(greet("World"))?, "Hello, World!");
//! # Ok::<(), unawait::event_loop::RunError>(())
//! ```
//!
//! The names are those of Python's asyncio, where it has one, else JavaScript's:
//!
//! | asyncio | JavaScript | here |
//! |---|---|---|
//! | `asyncio.run(main())` | the end of the script | [`run`] |
//! | `loop.run_until_complete`, `run_forever`, `stop` | | the methods of [`EventLoop`] |
//! | `loop.call_soon(f)` | `setTimeout(f, 0)` | [`EventLoop::call_soon`] |
//! | `loop.call_later(delay, f)`, `handle.cancel()` | `setTimeout(f, delay)`, `clearTimeout` | [`EventLoop::call_later`], [`Handle::cancel`] |
//! | `loop.call_soon_threadsafe(f)` | `postMessage` | [`Remote::call_soon_threadsafe`] |
//! | `loop.time()` | `performance.now()` | [`EventLoop::time`] |
//! | `loop.set_debug`, `slow_callback_duration` | | [`EventLoop::set_debug`] |
//! | `loop.set_exception_handler` | `unhandledrejection` | [`EventLoop::set_exception_handler`] |
//! | `asyncio.get_running_loop()` | | [`EventLoop::running`] |

mod clock;
mod closing;
mod error;
mod handle;
mod interrupt;
mod io;
mod main;
mod report;
mod run_once;
mod shared;
mod sources;
mod stepping;
mod timers;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::mem;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use polling::{Events, Poller};

pub use self::error::{Deadlock, RunError, WaitingTask};
pub use self::handle::{Handle, Remote};
pub(crate) use self::io::{Interest, Io};
pub use self::report::Report;
pub(crate) use self::report::message;
pub(crate) use self::shared::Shared;
pub(crate) use self::sources::Direction;
pub(crate) use self::stepping::step_now;
pub(crate) use self::timers::Id;

use self::clock::Clock;
use self::main::Main;
use self::report::{Handler, default_handler, tell};
use self::shared::Ready;
use self::sources::Sources;
use self::timers::{Callback, Timers};
use crate::task::Tasks;
use crate::waiting::Registration;

/// Operations on sockets in one step of a task.
const BUDGET: usize = 64;

/// An event loop: asyncio's, in Rust. See [the module](self).
///
/// It is a handle, and cheap to clone. It belongs to the thread that made it; a [`Remote`] reaches it from others. When the last
/// handle goes, what is left of its tasks is cancelled, so their locals drop.
///
/// ```
/// use std::time::Duration;
/// use unawait::event_loop::EventLoop;
///
/// let event_loop = EventLoop::new();
/// event_loop.call_later(Duration::from_millis(20), {
///     let event_loop = event_loop.clone();
///     move || event_loop.stop()
/// });
/// event_loop.call_soon(|| println!("first"));
/// event_loop.run_forever()?;
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
#[derive(Clone)]
pub struct EventLoop(Rc<Inner>);

/// A loop. What it has in common with its wakers is in [`Shared`].
pub(crate) struct Inner {
    shared: Arc<Shared>,
    clock: Clock,
    timers: RefCell<Timers>,
    sources: Sources,
    pub(crate) tasks: Tasks,
    /// What is being done: what was ready when this pass began, less what was done. Empty between two passes, unless a panic
    /// of the user's exception handler ended one.
    pass: RefCell<VecDeque<Ready>>,
    events: RefCell<Events>,
    stopping: Cell<bool>,
    /// How many more operations on sockets the step that is running may do: a socket that is always ready must not keep the
    /// others from their turn.
    budget: Cell<usize>,
    /// All that is left is being dropped.
    closing: Cell<bool>,
    /// The longest that a step may take before it is reported.
    debug: Cell<Option<Duration>>,
    exception_handler: RefCell<Handler>,
}

thread_local! {
    /// The loop that runs on this thread.
    static RUNNING: RefCell<Option<EventLoop>> = const { RefCell::new(None) };
}

/// Whether an event loop is running on this thread.
pub(crate) fn is_running() -> bool {
    // On a thread that is ending none runs.
    RUNNING.try_with(|running| running.borrow().is_some()) == Ok(true)
}

fn running() -> Option<EventLoop> {
    // As above.
    RUNNING.try_with(|running| running.borrow().clone()).ok().flatten()
}

/// Runs a future on an event loop of its own until it completes, and gives its output: `asyncio.run`.
///
/// Tasks that it leaves behind are cancelled: their locals drop before `run` returns. Promises that were rejected and that
/// nobody awaited are reported, by default to stderr. Ctrl-C cancels the future, so its locals drop too.
///
/// # Errors
///
/// [`RunError::Deadlock`] if the future waits for what can never happen, [`RunError::Interrupted`] by Ctrl-C,
/// [`RunError::Stopped`] if something calls [`EventLoop::stop`].
///
/// # Panics
///
/// With the panic of the future; if a loop is already running on this thread; if the system has no poller for a new loop.
#[track_caller]
pub fn run<F>(future: F) -> Result<F::Output, RunError>
where
    F: Future,
{
    let event_loop = EventLoop::new();
    event_loop.stop_on_ctrl_c();
    let at = Location::caller();
    let result = catch_unwind(AssertUnwindSafe(|| event_loop.run_main(future, at)));
    event_loop.close();
    result.unwrap_or_else(|payload| resume_unwind(payload))
}

impl EventLoop {
    /// Makes a loop whose clock is the system's.
    ///
    /// # Panics
    ///
    /// If the system has no poller for it, as when the process has no file descriptors left.
    #[must_use]
    pub fn new() -> Self {
        EventLoop::with_clock(Clock::real())
    }

    /// Makes a loop in virtual time: its clock stands still while anything is ready, and jumps to the next timer when nothing
    /// is. Hours run in milliseconds, and always in the same order. Jobs of [`spawn_blocking`](crate::task::spawn_blocking)
    /// are waited for before it jumps; what comes through sockets from other processes is not.
    ///
    /// ```
    /// use std::time::Duration;
    /// use unawait::event_loop::EventLoop;
    /// use unawait::time::sleep;
    ///
    /// let event_loop = EventLoop::with_virtual_time();
    /// event_loop.run_until_complete(sleep(Duration::from_secs(3600)))?;
    /// assert_eq!(event_loop.time(), Duration::from_secs(3600));
    /// # Ok::<(), unawait::event_loop::RunError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// As [`new`](EventLoop::new).
    #[must_use]
    pub fn with_virtual_time() -> Self {
        EventLoop::with_clock(Clock::virtual_time())
    }

    fn with_clock(clock: Clock) -> Self {
        let poller =
            Poller::new().unwrap_or_else(|error| panic!("an event loop needs a poller of the system's: {error}"));
        EventLoop(Rc::new(Inner {
            shared: Arc::new(Shared::new(poller)),
            clock,
            timers: RefCell::default(),
            sources: Sources::default(),
            tasks: Tasks::default(),
            pass: RefCell::default(),
            events: RefCell::new(Events::new()),
            stopping: Cell::new(false),
            budget: Cell::new(0),
            closing: Cell::new(false),
            debug: Cell::new(None),
            exception_handler: RefCell::new(default_handler()),
        }))
    }

    /// The loop that is running on this thread: asyncio's `get_running_loop`.
    ///
    /// # Panics
    ///
    /// If none is: "no running event loop".
    #[must_use]
    #[track_caller]
    pub fn running() -> Self {
        running().expect("no running event loop: this belongs in what `unawait::event_loop::run` runs")
    }

    /// Runs until the future completes, and gives its output.
    ///
    /// The future is called `main` in reports. It may borrow; tasks may not. Tasks stay where they are when it is complete, and
    /// go on when the loop runs again.
    ///
    /// # Errors
    ///
    /// [`RunError::Deadlock`] if nothing can wake the future any more, [`RunError::Stopped`] by [`stop`](EventLoop::stop),
    /// [`RunError::Interrupted`] by Ctrl-C, if [`stop_on_ctrl_c`](EventLoop::stop_on_ctrl_c) was asked for. The future is
    /// dropped then.
    ///
    /// # Panics
    ///
    /// With the panic of the future; if a loop is running on this thread.
    #[track_caller]
    pub fn run_until_complete<F: Future>(&self, future: F) -> Result<F::Output, RunError> {
        self.run_main(future, Location::caller())
    }

    #[track_caller]
    fn run_main<F: Future>(&self, future: F, at: &'static Location<'static>) -> Result<F::Output, RunError> {
        let _running = self.enter();
        let main = Main::new(self, at);
        let mut future = pin!(future);
        let mut output = None;
        while output.is_none() {
            let result = self.turn(&mut || {
                if output.is_none()
                    && let Poll::Ready(ready) = main.poll(future.as_mut())
                {
                    output = Some(ready);
                }
            });
            if output.is_none() {
                result?;
            }
        }
        let output = output.expect("the loop ended with it");
        output.map_err(|payload| resume_unwind(payload))
    }

    /// Runs until [`stop`](EventLoop::stop) is called. With nothing to do it waits for that for ever, as asyncio's does.
    ///
    /// # Errors
    ///
    /// [`RunError::Deadlock`] if tasks wait and nothing can wake them, nor call `stop`; [`RunError::Interrupted`] by Ctrl-C, if
    /// [`stop_on_ctrl_c`](EventLoop::stop_on_ctrl_c) was asked for.
    ///
    /// # Panics
    ///
    /// If a loop is running on this thread.
    #[track_caller]
    pub fn run_forever(&self) -> Result<(), RunError> {
        let _running = self.enter();
        loop {
            match self.turn(&mut || {}) {
                Ok(()) => {}
                Err(RunError::Stopped) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    /// Ends [`run_forever`](EventLoop::run_forever), or [`run_until_complete`](EventLoop::run_until_complete) with an error,
    /// after the pass that is being done.
    pub fn stop(&self) {
        self.0.stopping.set(true);
    }

    /// Has the next pass call `callback`. Callbacks are called in the order in which they were given.
    ///
    /// A panic of it is [reported](EventLoop::set_exception_handler), and the loop goes on.
    pub fn call_soon(&self, callback: impl FnOnce() + 'static) -> Handle {
        let id = self.0.timers.borrow_mut().insert(Callback::Call(Box::new(callback)));
        self.0.shared.push(Ready::Callback(id));
        self.handle(id, None)
    }

    /// Calls `callback` once `delay` has passed.
    pub fn call_later(&self, delay: Duration, callback: impl FnOnce() + 'static) -> Handle {
        self.call_at(self.time().saturating_add(delay), callback)
    }

    /// Calls `callback` at a [time](EventLoop::time): in the next pass, if that has passed.
    pub fn call_at(&self, when: Duration, callback: impl FnOnce() + 'static) -> Handle {
        let id = self
            .0
            .timers
            .borrow_mut()
            .insert_at(when, Callback::Call(Box::new(callback)));
        self.handle(id, Some(when))
    }

    /// As [`call_soon`](EventLoop::call_soon), of what may come from another thread. Those have a [`remote`](EventLoop::remote).
    pub fn call_soon_threadsafe(&self, callback: impl FnOnce() + Send + 'static) {
        self.0.shared.push(Ready::Remote(Box::new(callback)));
    }

    /// What reaches this loop from other threads.
    #[must_use]
    pub fn remote(&self) -> Remote {
        Remote::new(self.0.shared.clone())
    }

    /// The time since the loop was made, real or [virtual](EventLoop::with_virtual_time).
    #[must_use]
    pub fn time(&self) -> Duration {
        self.0.clock.now()
    }

    /// Reports each step of a task that takes longer than `threshold`: it blocked all others. `None` is the default, and
    /// costs nothing.
    pub fn set_debug(&self, threshold: Option<Duration>) {
        self.0.debug.set(threshold);
    }

    /// What to do with what goes wrong where nobody waits for it. By default it is written to stderr; so is what a handler
    /// panics at.
    pub fn set_exception_handler(&self, handler: impl Fn(&Report) + 'static) {
        self.0.exception_handler.replace(Rc::new(handler));
    }

    /// Has Ctrl-C end what runs, with [`RunError::Interrupted`]: [`run`] does this by itself. Where the program has a
    /// handler for Ctrl-C already, or was started with Ctrl-C ignored, as shells start what runs in the background, it stays so.
    /// A second Ctrl-C while a step still blocks ends the program, and so does one when no loop is left.
    pub fn stop_on_ctrl_c(&self) {
        interrupt::stop_on_ctrl_c(&self.0.shared);
    }

    /// Cancels all tasks, so that their locals drop, and drops all callbacks and the exception handler. What they spawn or
    /// schedule in their drops is dropped too. The last handle of a loop does this by itself when it goes; but a callback, a
    /// task or a handler that holds one keeps the loop alive.
    ///
    /// # Panics
    ///
    /// If the loop is running.
    #[track_caller]
    pub fn close(&self) {
        let _running = self.enter();
        self.0.close();
    }

    fn handle(&self, id: Id, when: Option<Duration>) -> Handle {
        Handle {
            id,
            when,
            event_loop: Rc::downgrade(&self.0),
        }
    }

    pub(crate) fn inner(&self) -> &Rc<Inner> {
        &self.0
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.0.shared
    }
}

impl Default for EventLoop {
    fn default() -> Self {
        EventLoop::new()
    }
}

impl fmt::Debug for EventLoop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EventLoop")
            .field("time", &self.time())
            .finish_non_exhaustive()
    }
}

/// What other modules of this crate ask of a loop.
impl Inner {
    pub(crate) fn time(&self) -> Duration {
        self.clock.now()
    }

    /// A step of a task begins.
    pub(crate) fn begin_step(&self) {
        self.budget.set(BUDGET);
    }

    /// Whether what comes now is dropped.
    pub(crate) fn is_closing(&self) -> bool {
        self.closing.get()
    }

    pub(crate) fn debug(&self) -> Option<Duration> {
        self.debug.get()
    }

    pub(crate) fn report(&self, report: &Report) {
        // Not borrowed meanwhile: it may set another one.
        let handler = self.exception_handler.borrow().clone();
        tell(&*handler, report);
    }

    /// Wakes a task at a time.
    pub(crate) fn wake_at(&self, when: Duration, registration: Registration) -> Id {
        self.timers.borrow_mut().insert_at(when, Callback::Wake(registration))
    }

    /// Who was to be woken is polled again, maybe with another waker.
    pub(crate) fn renew_wake(&self, id: Id, context: &Context<'_>, at: &'static Location<'static>) {
        let is_old = match self.timers.borrow_mut().get_mut(id) {
            Some(Callback::Wake(registration)) => !registration.wakes(context),
            _ => false,
        };
        if is_old {
            // The old one may be the last of a task of another executor, and drop that.
            let mut registration = Registration::new(context, "sleep", at);
            if let Some(Callback::Wake(old)) = self.timers.borrow_mut().get_mut(id) {
                mem::swap(old, &mut registration);
            }
            drop(registration);
        }
    }

    /// Drops what was set for a time.
    pub(crate) fn cancel_timer(&self, id: Id) {
        let callback = self.timers.borrow_mut().remove(id);
        drop(callback);
    }
}
