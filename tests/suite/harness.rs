//! One body, two forms: `differential!` makes from it a `#[coro]` function and an `async fn`, the oracle: rustc's own
//! transform of the same tokens (see differential.rs for its syntax). Both are driven with the same inputs and must leave the same log: what is evaluated,
//! yielded, returned and dropped, in which order. They are compared
//! - run to the end, or for `CAP` steps if there is no end,
//! - dropped after every number of steps,
//! - with a panic at every logged evaluation,
//! - for `#[Clone]` tests: cloned at every suspension, both halves running on in turns.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt::{Debug, Display};
use std::future::Future;
use std::panic::{self, AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Once;
use std::task::{Context, Poll, Waker};
use std::thread;

use unawait::{Coroutine, CoroutineState};

/// A body that yields more often than this counts as endless.
const CAP: usize = 24;

/// What the driver's own entries begin with; no body logs such a text.
const YIELDED: &str = "=> yield ";
const RETURNED: &str = "=> return ";

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// Evaluations logged so far.
    static TICKS: Cell<usize> = const { Cell::new(0) };
    /// The evaluation that panics; 0 for none.
    static FUSE: Cell<usize> = const { Cell::new(0) };
    /// Whether a panic is expected.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

pub fn record(entry: String) {
    LOG.with_borrow_mut(|log| log.push(entry));
}

/// The entries so far, leaving the log empty.
pub fn take_log() -> Vec<String> {
    LOG.take()
}

/// Counts evaluations anew; the one with this number will panic, none if it is 0.
pub fn set_fuse(fuse: usize) {
    TICKS.set(0);
    FUSE.set(fuse);
}

/// Evaluations since then.
pub fn ticks() -> usize {
    TICKS.get()
}

/// Logs an evaluation. This is where the panics of a run with a fuse come from.
pub fn log(event: impl Display) {
    record(event.to_string());
    TICKS.set(TICKS.get() + 1);
    if TICKS.get() == FUSE.get() {
        resume_unwind(Box::new("fuse"));
    }
}

/// Logs that `value` was evaluated, and gives it back.
pub fn v<T>(name: &str, value: T) -> T {
    log(name);
    value
}

/// Logs its drop. Its clones carry the same name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct D(pub &'static str);

impl D {
    pub fn name(&self) -> &'static str {
        self.0
    }

    /// By value, without a name from which a macro could tell.
    pub fn finish(self) -> usize {
        self.0.len()
    }
}

impl Drop for D {
    fn drop(&mut self) {
        record(format!("drop {}", self.0));
    }
}

/// How to drive a subject.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Steps after which the subject is dropped, finished or not.
    steps: usize,
    fuse: usize,
    /// Whether the first step has an input too.
    resume_first: bool,
}

impl Plan {
    const FULL: Plan = Plan {
        steps: CAP,
        fuse: 0,
        resume_first: false,
    };

    /// Drives `subject` as planned and drops it.
    pub fn drive(&self, mut subject: impl Subject) {
        let mut suspended = true;
        let mut step = 0;
        TICKS.set(0);
        FUSE.set(self.fuse);
        while suspended && step < self.steps {
            let with_input = step > 0 || self.resume_first;
            let result = catch_quietly(|| subject.advance(with_input.then_some(step)));
            suspended = result.unwrap_or_else(|panic| {
                record(format!("=> panic {}", message(&*panic)));
                false
            });
            step += 1;
        }
        FUSE.set(0);
        if !suspended {
            subject.assert_finished();
        }
        record("=> drop".to_owned());
        drop(subject);
    }

    /// Clones `subject` after the planned steps, lets both run on in turns, and gives the log of each.
    pub fn drive_cloned(&self, mut subject: impl Subject + Clone) -> [Vec<String>; 2] {
        for step in 0..self.steps {
            subject.advance((step > 0).then_some(step));
        }
        take_log();
        let mut halves = [Some(subject.clone()), Some(subject)];
        let mut logs = [Vec::new(), Vec::new()];
        for step in self.steps.. {
            for (half, log) in halves.iter_mut().zip(&mut logs) {
                let Some(subject) = half else { continue };
                if step == CAP || !subject.advance((step > 0).then_some(step)) {
                    record("=> drop".to_owned());
                    *half = None;
                }
                log.append(&mut take_log());
            }
            if halves.iter().all(Option::is_none) {
                break;
            }
        }
        logs
    }
}

/// Catches a panic that is part of the test; no report of it is printed.
pub fn catch_quietly<T>(f: impl FnOnce() -> T) -> thread::Result<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                report(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(f));
    QUIET.set(before);
    result
}

pub fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

/// The text of the panic that `f` must end in.
pub fn panic_of<T>(f: impl FnOnce() -> T) -> String {
    match catch_quietly(f) {
        Ok(_) => panic!("no panic"),
        Err(panic) => message(&*panic),
    }
}

/// What `Plan` drives: a machine or the oracle.
pub trait Subject {
    /// Resumes with the input of that step, or starts without one; logs the outcome. Whether it is suspended.
    fn advance(&mut self, input_of: Option<usize>) -> bool;

    /// Resumes what has completed or panicked.
    fn assert_finished(&mut self) {}
}

fn record_outcome<Y: Debug, R: Debug>(state: CoroutineState<Y, R>) -> bool {
    match state {
        CoroutineState::Yielded(value) => {
            let entry = format!("{YIELDED}{value:?}");
            drop(value);
            // Last, so that it parts the steps.
            record(entry);
            true
        }
        CoroutineState::Complete(value) => {
            record(format!("{RETURNED}{value:?}"));
            false
        }
    }
}

/// The machine of an iterator.
#[derive(Clone)]
pub struct Iterated<T>(pub T);

impl<T: Iterator<Item: Debug>> Subject for Iterated<T> {
    fn advance(&mut self, _: Option<usize>) -> bool {
        record_outcome(match self.0.next() {
            Some(value) => CoroutineState::Yielded(value),
            None => CoroutineState::Complete(()),
        })
    }

    fn assert_finished(&mut self) {
        assert!(
            self.0.next().is_none() && self.0.next().is_none(),
            "the iterator is not fused"
        );
    }
}

/// The machine of a coroutine, and its inputs, over and over.
#[derive(Clone)]
pub struct Resumed<'s, T, I>(pub T, pub &'s [I], pub &'static str);

impl<T: Coroutine<I, Yield: Debug, Return: Debug>, I: Clone> Subject for Resumed<'_, T, I> {
    fn advance(&mut self, input_of: Option<usize>) -> bool {
        record_outcome(match input_of {
            Some(step) => self.0.resume(self.1[step % self.1.len()].clone()),
            None => self.0.start(),
        })
    }

    fn assert_finished(&mut self) {
        let entries = LOG.with_borrow(Vec::len);
        let input = self.1[0].clone();
        let text = panic_of(|| self.0.resume(input));
        assert!(
            text.contains(self.2) && text.contains("resumed after"),
            "unexpected text: {text}"
        );
        LOG.with_borrow_mut(|log| log.truncate(entries));
    }
}

/// Between the oracle and its driver.
pub struct Talk<Y, I>(Rc<Slots<Y, I>>);

struct Slots<Y, I> {
    yielded: Cell<Option<Y>>,
    input: Cell<Option<I>>,
}

impl<Y, I> Clone for Talk<Y, I> {
    fn clone(&self) -> Self {
        Talk(Rc::clone(&self.0))
    }
}

impl<Y, I> Talk<Y, I> {
    pub fn new() -> Self {
        Talk(Rc::new(Slots {
            yielded: Cell::new(None),
            input: Cell::new(None),
        }))
    }

    pub fn give(&self, value: Y) {
        self.0.yielded.set(Some(value));
    }

    /// `yield_!`: nothing of this is done late, so that the value is evaluated and given in its place.
    pub fn exchange(&self, value: Y) -> Exchange<'_, Y, I> {
        self.give(value);
        Exchange(self, self.pause())
    }

    /// `yield_!` without an input.
    pub fn hand(&self, value: Y) -> Pause {
        self.give(value);
        self.pause()
    }

    /// What was given since the last time.
    pub fn taken(&self) -> Option<Y> {
        self.0.yielded.take()
    }

    pub fn pause(&self) -> Pause {
        Pause(false)
    }

    pub fn input(&self) -> I {
        self.0.input.take().expect("the oracle was resumed with an input")
    }

    /// `yield_from!` of a coroutine.
    pub async fn delegate<C: Coroutine<I, Yield = Y>>(&self, mut inner: C) -> C::Return {
        let mut state = inner.start();
        loop {
            match state {
                CoroutineState::Complete(value) => return value,
                CoroutineState::Yielded(value) => self.give(value),
            }
            self.pause().await;
            state = inner.resume(self.input());
        }
    }
}

/// Pending once.
pub struct Pause(bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match std::mem::replace(&mut self.0, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }
}

/// Pending once, then the input.
pub struct Exchange<'t, Y, I>(&'t Talk<Y, I>, Pause);

impl<Y, I> Future for Exchange<'_, Y, I> {
    type Output = I;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<I> {
        Pin::new(&mut self.1).poll(context).map(|()| self.0.input())
    }
}

/// The `async fn` of a body.
pub struct Oracle<'s, F, Y, I> {
    future: Pin<Box<F>>,
    talk: Talk<Y, I>,
    script: &'s [I],
}

impl<'s, F: Future, Y, I> Oracle<'s, F, Y, I> {
    pub fn new(talk: Talk<Y, I>, script: &'s [I], future: F) -> Self {
        Oracle {
            future: Box::pin(future),
            talk,
            script,
        }
    }
}

impl<F: Future<Output: Debug>, Y: Debug, I: Clone> Subject for Oracle<'_, F, Y, I> {
    fn advance(&mut self, input_of: Option<usize>) -> bool {
        // An iterator's oracle takes `()` at each step; the first pause has not been reached yet.
        let input = input_of.map(|step| self.script[step % self.script.len()].clone());
        self.talk.0.input.set(input);
        let mut context = Context::from_waker(Waker::noop());
        record_outcome(match self.future.as_mut().poll(&mut context) {
            Poll::Ready(value) => CoroutineState::Complete(value),
            Poll::Pending => CoroutineState::Yielded(self.talk.0.yielded.take().expect("the oracle yields")),
        })
    }
}

struct Run {
    log: Vec<String>,
    ticks: usize,
}

fn run(plan: Plan, subject: &dyn Fn(&Plan)) -> Run {
    take_log();
    subject(&plan);
    Run {
        log: take_log(),
        ticks: TICKS.get(),
    }
}

fn is_yield(entry: &&String) -> bool {
    entry.starts_with(YIELDED)
}

/// What is left of `log` after its first `yields` yields.
fn rest(log: &[String], yields: usize) -> &[String] {
    let positions = log
        .iter()
        .enumerate()
        .filter(|(_, entry)| is_yield(entry))
        .map(|(position, _)| position + 1);
    &log[std::iter::once(0).chain(positions).nth(yields).unwrap()..]
}

fn assert_same(name: &str, what: &dyn Debug, machine: &[String], oracle: &[String]) {
    if machine != oracle {
        let (machine, oracle) = (machine.join("\n  "), oracle.join("\n  "));
        panic!("`{name}` differs: {what:?}\nmachine:\n  {machine}\nrustc:\n  {oracle}\n");
    }
}

/// Compares a machine with its oracle under every plan. `inputs_drop` says that an unused first input would be logged.
pub fn compare(name: &str, inputs_drop: bool, machine: &dyn Fn(&Plan), oracle: &dyn Fn(&Plan)) {
    let full = run(Plan::FULL, oracle);
    let yields = full.log.iter().filter(is_yield).count();
    let stops = (0..=yields).map(|steps| Plan { steps, ..Plan::FULL });
    let fuses = (1..=full.ticks).map(|fuse| Plan { fuse, ..Plan::FULL });
    let inputs = (!inputs_drop).then_some(Plan {
        resume_first: true,
        ..Plan::FULL
    });
    for plan in [Plan::FULL].into_iter().chain(stops).chain(inputs).chain(fuses) {
        assert_same(name, &plan, &run(plan, machine).log, &run(plan, oracle).log);
    }
}

/// Compares both halves of a machine that is cloned at each of its suspensions with the oracle.
pub fn compare_clones(name: &str, machine: &dyn Fn(&Plan) -> [Vec<String>; 2], oracle: &dyn Fn(&Plan)) {
    let full = run(Plan::FULL, oracle).log;
    let yields = full.iter().filter(is_yield).count();
    for steps in 0..=yields.min(CAP - 1) {
        for half in machine(&Plan { steps, ..Plan::FULL }) {
            assert_same(
                name,
                &format_args!("cloned after {steps} steps"),
                &half,
                rest(&full, steps),
            );
        }
    }
}

/// Whether dropping an input that the body never sees could leave a trace.
pub fn drops<I>(_: &[I]) -> bool {
    std::mem::needs_drop::<I>()
}
