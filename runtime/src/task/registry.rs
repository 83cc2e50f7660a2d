//! The tasks of a loop that have not ended, and what is known of each.

use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::rc::{Rc, Weak};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Wake, Waker};
use std::time::Instant;

use crate::event_loop::{EventLoop, Inner, Report, WaitingTask, message};
use crate::waiting::Waits;

/// The tasks that have not ended, in the order in which they were spawned.
#[derive(Default)]
pub(crate) struct Tasks {
    by_id: RefCell<BTreeMap<u64, Rc<Info>>>,
    next: Cell<u64>,
}

impl Tasks {
    pub(crate) fn insert(&self, info: Rc<Info>, handle: Option<async_task::Task<()>>) {
        info.handle.replace(handle);
        self.by_id.borrow_mut().insert(info.id, info);
    }

    /// Cancels all.
    pub(crate) fn cancel_all(&self) {
        let tasks: Vec<_> = self.by_id.borrow().values().cloned().collect();
        for task in tasks {
            task.cancel();
        }
    }

    pub(crate) fn have_ended(&self) -> bool {
        self.by_id.borrow().values().all(|task| task.has_ended())
    }

    /// All tasks, if there are any and nothing but a future of this crate could ever wake one of them.
    pub(crate) fn stuck(&self) -> Option<Vec<WaitingTask>> {
        let tasks = self.by_id.borrow();
        let is_stuck = !tasks.is_empty() && !tasks.values().any(|task| task.is_reachable());
        is_stuck.then(|| tasks.values().map(|task| task.waiting()).collect())
    }
}

/// What is known of a task beside its output.
pub(crate) struct Info {
    id: u64,
    /// `None` until it is given one.
    name: RefCell<Option<String>>,
    pub(super) spawned_at: &'static Location<'static>,
    pub(crate) event_loop: Weak<Inner>,
    /// Wakes it. Whoever has a clone beside `waits` and its registrations is none of this crate's.
    waker: Arc<TaskWaker>,
    waits: OnceCell<Rc<Waits>>,
    /// Dropping it cancels the task. Gone once it was cancelled or has ended. The future that the loop runs for has none.
    handle: RefCell<Option<async_task::Task<()>>>,
    ended: Cell<bool>,
    /// It ended before it completed.
    cancelled: Cell<bool>,
}

impl Info {
    pub(crate) fn new(event_loop: &EventLoop, spawned_at: &'static Location<'static>) -> Rc<Self> {
        let tasks = &event_loop.inner().tasks;
        let id = tasks.next.get() + 1;
        tasks.next.set(id);
        Rc::new(Info {
            id,
            name: RefCell::new(None),
            spawned_at,
            event_loop: Rc::downgrade(event_loop.inner()),
            waker: Arc::default(),
            waits: OnceCell::new(),
            handle: RefCell::new(None),
            ended: Cell::new(false),
            cancelled: Cell::new(false),
        })
    }

    pub(super) fn name(&self) -> String {
        self.name
            .borrow()
            .clone()
            .unwrap_or_else(|| format!("Task-{}", self.id))
    }

    pub(crate) fn set_name(&self, name: String) {
        self.name.replace(Some(name));
    }

    /// Polls the task once, with a context in which it enters what it waits for. `waker` schedules the next step. A step that
    /// takes too long is reported; without debug mode no clock is asked.
    pub(crate) fn step<T>(&self, event_loop: &Inner, waker: &Waker, poll: impl FnOnce(&mut Context<'_>) -> T) -> T {
        event_loop.begin_step();
        let waits = self.waits(waker);
        let poll = || waits.enter(|| poll(&mut Context::from_waker(waits.waker())));
        let Some(threshold) = event_loop.debug() else {
            return poll();
        };
        let start = Instant::now();
        let polled = poll();
        let elapsed = start.elapsed();
        if elapsed > threshold {
            let task = self.waiting();
            event_loop.report(&Report::SlowStep { elapsed, task });
        }
        polled
    }

    fn waits(&self, waker: &Waker) -> &Rc<Waits> {
        self.waits.get_or_init(|| {
            self.waker.step.get_or_init(|| waker.clone());
            Waits::new(self.waker.clone().into())
        })
    }

    /// Whether anything but the futures of this crate can wake it.
    fn is_reachable(&self) -> bool {
        let known = self.waits.get().map_or(0, |waits| 1 + waits.len());
        Arc::strong_count(&self.waker) > 1 + known
    }

    /// Where it waits.
    pub(super) fn waiting(&self) -> WaitingTask {
        WaitingTask {
            name: self.name(),
            spawned_at: self.spawned_at,
            waits: self.waits.get().map_or_else(Vec::new, |waits| waits.list()),
        }
    }

    /// Has its next step drop it. `false` if it was cancelled or has ended before.
    pub(super) fn cancel(&self) -> bool {
        let handle = self.handle.take();
        handle.is_some()
    }

    /// Runs what is the user's where a panic would abort the program, for it is `async-task` that drops tasks.
    pub(super) fn guard(&self, run: impl FnOnce()) {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(run)) {
            self.report_panic(payload);
        }
    }

    pub(super) fn report_panic(&self, payload: Box<dyn Any + Send>) {
        let (task, message) = (self.name(), message(payload));
        if let Some(event_loop) = self.event_loop.upgrade() {
            event_loop.report(&Report::TaskPanicked { task, message });
        }
    }

    pub(super) fn has_ended(&self) -> bool {
        self.ended.get()
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.get()
    }

    /// It is complete, or was cancelled: its future has been dropped.
    pub(crate) fn end(&self, cancelled: bool) {
        self.ended.set(true);
        self.cancelled.set(cancelled);
        if let Some(handle) = self.handle.take() {
            handle.detach();
        }
        if let Some(event_loop) = self.event_loop.upgrade() {
            let info = event_loop.tasks.by_id.borrow_mut().remove(&self.id);
            drop(info);
        }
    }
}

/// The waker of a task: that of the crate `async-task`, with a count of its own.
#[derive(Default)]
struct TaskWaker {
    step: OnceLock<Waker>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if let Some(step) = self.step.get() {
            step.wake_by_ref();
        }
    }
}
