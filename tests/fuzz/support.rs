//! What generated programs call. This file is no part of the test binary: it is a module of a crate that all programs
//! depend on, beside the harnesses of `tests/suite`, which drive both sides and hold the log.
//!
//! Everything logs: what is made, looked at, given away and dropped. No function has a name from which a macro could tell
//! whether it takes or borrows, but for those of which the generator knows.

use std::cell::Cell;
use std::fmt::Debug;
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::process::exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use unawait::{Coroutine, Stream};

pub use tokio;

pub use crate::awaits::harness::{Later, Plan as Polls, later};
pub use crate::harness::{D, Iterated, Oracle, Plan, Resumed, Subject, Talk, log, record, v};
pub use crate::streams::harness::Told;

/// Makes a tracer.
pub fn d(name: &'static str) -> D {
    v(name, D(name))
}

pub fn num(name: &str, value: u32) -> u32 {
    v(name, value)
}

pub fn flag(name: &str, value: bool) -> bool {
    v(name, value)
}

/// Logs what it borrows.
pub fn see<T: Debug + ?Sized>(value: &T) -> u32 {
    let text = format!("{value:?}");
    log(format!("see {text}"));
    text.len() as u32
}

/// Logs what it takes, and drops it.
pub fn eat<T: Debug>(value: T) -> u32 {
    see(&value)
}

/// Takes two, gives the first.
pub fn first<A: Debug, B: Debug>(a: A, b: B) -> A {
    log(format!("first {a:?} {b:?}"));
    a
}

/// Takes two, gives the second.
pub fn second<A: Debug, B: Debug>(a: A, b: B) -> B {
    log(format!("second {a:?} {b:?}"));
    b
}

/// Borrows one beside a number.
pub fn seen<T: Debug>(value: &T, n: u32) -> u32 {
    see(value) + n
}

pub fn bump(n: &mut u32) -> u32 {
    *n = (*n + 1) % 100;
    log(format!("bump {n}"));
    *n
}

/// Puts another value in its place.
pub fn swap<T: Debug>(place: &mut T, value: T) -> T {
    log(format!("swap {place:?} {value:?}"));
    std::mem::replace(place, value)
}

/// An owned type of two parts, without a drop of its own.
#[derive(Debug, Clone)]
pub struct Pair {
    pub left: D,
    pub right: D,
}

pub fn pair(left: D, right: D) -> Pair {
    log("pair");
    Pair { left, right }
}

#[derive(Debug, Clone)]
pub enum Token {
    Number(D, u32),
    Word(D),
    Empty,
}

/// Has a drop of its own, and only copies inside.
#[derive(Debug, Clone)]
pub struct Ticket {
    pub n: u32,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        record(format!("drop ticket {}", self.n));
    }
}

pub fn ticket(n: u32) -> Ticket {
    log(format!("ticket {n}"));
    Ticket { n }
}

/// Borrows an argument, and shows it when it drops.
#[derive(Debug)]
pub struct Guard<'a>(pub &'a Cell<u32>, pub &'static str);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
        record(format!("unguard {} {}", self.1, self.0.get()));
    }
}

pub fn guard<'a>(cell: &'a Cell<u32>, name: &'static str) -> Guard<'a> {
    log(format!("guard {name}"));
    Guard(cell, name)
}

pub fn try_guard<'a>(cell: &'a Cell<u32>, name: &'static str) -> Result<Guard<'a>, ()> {
    Ok(guard(cell, name))
}

/// A collection with methods that are lent to futures.
#[derive(Debug, Clone)]
pub struct Store {
    pub items: Vec<D>,
    pub count: u32,
}

pub fn store(item: D) -> Store {
    log("store");
    Store {
        items: vec![item],
        count: 0,
    }
}

impl Store {
    pub fn size(&self) -> u32 {
        log("size");
        self.items.len() as u32
    }

    pub fn put(&mut self, item: D) -> u32 {
        log(format!("put {item:?}"));
        self.items.push(item);
        self.count += 1;
        self.count
    }

    pub fn pull(&mut self) -> Option<D> {
        log("pull");
        self.items.pop()
    }

    pub async fn push(&mut self, item: D) -> u32 {
        let _g = D("pushing");
        later("push", ()).await;
        self.put(item)
    }

    pub async fn peek(&self, n: u32) -> u32 {
        later("peek", self.count + n).await
    }
}

/// Methods of tracers, by reference and by value.
pub trait Tracer: Sized + Debug {
    fn size(&self) -> u32 {
        see(self)
    }

    fn plus(&self, n: u32) -> u32 {
        see(self) + n
    }

    fn mix(self, other: D) -> D {
        first(other, self)
    }
}

impl Tracer for D {}

/// Futures that borrow.
pub async fn look<T: Debug>(value: &T) -> u32 {
    later("look", ()).await;
    see(value)
}

pub async fn bump_later(n: &mut u32) -> u32 {
    later("bumping", ()).await;
    bump(n)
}

pub async fn read(from: &D, into: &mut Vec<u32>) -> u32 {
    later("read", ()).await;
    into.push(from.size());
    into.len() as u32
}

/// A future that owns.
pub async fn pass<T: Debug>(value: T) -> T {
    let _g = D("passing");
    later("pass", ()).await;
    log(format!("pass {value:?}"));
    value
}

/// A future behind a trait object.
pub fn boxed<'a, T>(future: impl Future<Output = T> + 'a) -> AnyFuture<'a, T> {
    log("boxed");
    Box::pin(future)
}

/// What `?` makes of the error of an `Outcome`.
#[derive(Debug, Clone)]
pub struct Wrapped(pub D);

impl From<D> for Wrapped {
    fn from(error: D) -> Self {
        log(format!("from {error:?}"));
        Wrapped(error)
    }
}

/// How long large arrays are.
pub const ROW: usize = 40;

pub fn total(row: &[u32]) -> u32 {
    log("total");
    row.iter().fold(0, |sum, number| sum.wrapping_add(*number))
}

pub fn total_of(mut row: [u32; ROW]) -> u32 {
    row[0] = 1;
    total(&row)
}

pub fn fill(row: &mut [u32], number: u32) {
    log("fill");
    row.fill(number);
}

pub async fn refill(row: &mut [u32], number: u32) -> u32 {
    later("refill", ()).await;
    row.fill(number);
    number
}

/// std's cell, of which one sees when a guard drops.
#[derive(Debug, Clone)]
pub struct RefCell<T>(std::cell::RefCell<T>);

impl<T> RefCell<T> {
    pub fn new(value: T) -> Self {
        RefCell(std::cell::RefCell::new(value))
    }

    pub fn borrow(&self) -> Lease<std::cell::Ref<'_, T>> {
        log("borrow");
        Lease(self.0.borrow())
    }

    pub fn borrow_mut(&self) -> Lease<std::cell::RefMut<'_, T>> {
        log("borrow_mut");
        Lease(self.0.borrow_mut())
    }
}

/// A mutex that is awaited.
#[derive(Debug, Clone)]
pub struct Mutex<T>(std::cell::RefCell<T>);

impl<T> Mutex<T> {
    pub fn new(value: T) -> Self {
        Mutex(std::cell::RefCell::new(value))
    }

    pub async fn lock(&self) -> Lease<std::cell::RefMut<'_, T>> {
        later("lock", ()).await;
        Lease(self.0.borrow_mut())
    }
}

pub struct Lease<G>(G);

impl<G: Deref> Deref for Lease<G> {
    type Target = G::Target;

    fn deref(&self) -> &G::Target {
        &self.0
    }
}

impl<G: DerefMut> DerefMut for Lease<G> {
    fn deref_mut(&mut self) -> &mut G::Target {
        &mut self.0
    }
}

impl<G> Drop for Lease<G> {
    fn drop(&mut self) {
        record("give back".to_owned());
    }
}

/// Shows what an argument is after the call; no panic comes from here.
pub fn show<T: Debug>(value: &T) {
    record(format!("left {value:?}"));
}

/// A program, by its name.
pub type Case = (&'static str, fn());

/// How long the comparison of one program may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs the programs, beginning with the one whose number is the argument, and prints how each ends.
pub fn run(cases: &[Case]) {
    let first = std::env::args()
        .nth(1)
        .map_or(0, |number| number.parse().expect("a number"));
    for (name, run) in &cases[first..] {
        let ended = Arc::new(AtomicBool::new(false));
        watch(name, Arc::clone(&ended));
        let outcome = outcome(*run);
        ended.store(true, Ordering::Relaxed);
        println!("@@ {name} {outcome}");
    }
}

/// Ends the process if the program is stuck.
fn watch(name: &'static str, ended: Arc<AtomicBool>) {
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        if !ended.load(Ordering::Relaxed) {
            println!("@@ {name} stuck");
            exit(1);
        }
    });
}

fn outcome(run: fn()) -> String {
    let Err(panic) = catch_unwind(AssertUnwindSafe(run)) else {
        return "same".to_owned();
    };
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    format!("differs\n{}", text.unwrap_or_default())
}

/// A future without its type, so that few drivers are compiled.
pub type AnyFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
pub type AnyStream<'a, T> = Pin<Box<dyn Stream<Item = T> + 'a>>;

pub fn poll<'a, T: Debug>(plan: &Polls, make: Box<dyn FnOnce() -> AnyFuture<'a, T> + '_>) {
    plan.drive(make);
}

pub fn poll_items<'a, T: Debug>(plan: &Polls, make: Box<dyn FnOnce() -> AnyStream<'a, T> + '_>) {
    crate::streams::harness::drive(plan, make);
}

/// An oracle that talks to the driver.
pub fn told<'a, T: Debug + 'a>(talk: Talk<T, ()>, future: AnyFuture<'a, ()>) -> AnyStream<'a, T> {
    Box::pin(Told::new(talk, future))
}

pub fn step(plan: &Plan, subject: Box<dyn Subject + '_>) {
    plan.drive(Boxed(subject));
}

struct Boxed<'a>(Box<dyn Subject + 'a>);

impl Subject for Boxed<'_> {
    fn advance(&mut self, input_of: Option<usize>) -> bool {
        self.0.advance(input_of)
    }

    fn assert_finished(&mut self) {
        self.0.assert_finished();
    }
}

pub fn iterated<'a, T: Debug + 'a>(machine: impl Iterator<Item = T> + 'a) -> Box<dyn Subject + 'a> {
    Box::new(Iterated(Box::new(machine) as Box<dyn Iterator<Item = T> + 'a>))
}

pub fn resumed<'a, Y: Debug + 'a, R: Debug + 'a, I: Clone + 'a>(
    machine: impl Coroutine<I, Yield = Y, Return = R> + 'a,
    script: &'a [I],
) -> Box<dyn Subject + 'a> {
    let machine: Box<dyn Coroutine<I, Yield = Y, Return = R> + 'a> = Box::new(machine);
    Box::new(Resumed(machine, script, "subject"))
}

pub fn oracle<'a, T: Debug + 'a, Y: Debug + 'a, I: Clone + 'a>(
    talk: &Talk<Y, I>,
    script: &'a [I],
    future: AnyFuture<'a, T>,
) -> Box<dyn Subject + 'a> {
    Box::new(Oracle::new(talk.clone(), script, future))
}

/// A bug: pending once more than it should be, without a wake.
pub fn lazy<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let mut future = Box::pin(future);
    let mut asleep = true;
    std::future::poll_fn(move |context| match std::mem::replace(&mut asleep, false) {
        true => std::task::Poll::Pending,
        false => future.as_mut().poll(context),
    })
}

/// A bug: drops what should be held.
pub fn unheld<T>(held: Option<T>) -> Option<T> {
    drop(held);
    None
}
