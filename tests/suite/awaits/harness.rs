//! `awaits!` makes from a body a `#[coro] async fn` and an `async fn`, the oracle. Both are polled in the same ways and must
//! leave the same log of evaluations, polls, results and drops:
//! - with leaves that are ready, pending once, and pending three times,
//! - dropped after every number of polls,
//! - with a panic at every logged evaluation, polls of leaves among them.
//!
//! ```text
//! awaits! {
//!     name['a](guard: D, text: &'a str) with (D("guard"), "text") -> usize {
//!         later("a", 1).await + text.len()
//!     }
//! }
//! ```

use std::cell::Cell;
use std::fmt::Debug;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::harness::{catch_quietly, log, message, record, set_fuse, take_log, ticks};

/// A function that is polled more often than this is stuck.
const CAP: usize = 64;

thread_local! {
    /// How often each leaf is pending.
    static PENDING: Cell<usize> = const { Cell::new(0) };
    /// The size of the future that was driven last.
    static SIZE: Cell<usize> = const { Cell::new(0) };
}

/// A leaf: it logs its polls and its drop, is pending as often as the run says, and gives the value.
pub struct Later<T> {
    name: &'static str,
    value: Option<T>,
    left: usize,
}

pub fn later<T>(name: &'static str, value: T) -> Later<T> {
    log(format!("make {name}"));
    Later {
        name,
        value: Some(value),
        left: PENDING.get(),
    }
}

impl<T> Unpin for Later<T> {}

impl<T> Future for Later<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        log(format!("poll {}", self.name));
        if self.left > 0 {
            self.left -= 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.value.take().expect("polled after completion"))
    }
}

impl<T> Drop for Later<T> {
    fn drop(&mut self) {
        record(format!("drop future {}", self.name));
    }
}

/// Logs that it was woken.
struct Woken;

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        record("woken".to_owned());
    }
}

/// One way to drive a future.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pending: usize,
    pub polls: usize,
    fuse: usize,
}

impl Plan {
    /// Leaves and evaluations are as planned from now on. The waker logs.
    pub fn begin(&self) -> Waker {
        PENDING.set(self.pending);
        set_fuse(self.fuse);
        Waker::from(Arc::new(Woken))
    }

    /// Polls the future as planned, and drops it.
    pub fn drive<F: Future<Output: Debug>>(&self, make: impl FnOnce() -> F) {
        let waker = self.begin();
        let context = &mut Context::from_waker(&waker);
        SIZE.set(size_of::<F>());
        {
            let mut future = pin!(Some(make()));
            for _ in 0..self.polls {
                let poll = catch_quietly(|| future.as_mut().as_pin_mut().expect("there").poll(context));
                match poll {
                    Ok(Poll::Pending) => record("=> pending".to_owned()),
                    Ok(Poll::Ready(value)) => {
                        record(format!("=> ready {value:?}"));
                        drop(value);
                        again(future.as_mut().as_pin_mut().expect("there"), context, "completion");
                        break;
                    }
                    Err(panic) => {
                        record(format!("=> panic {}", message(&*panic)));
                        set_fuse(0);
                        again(future.as_mut().as_pin_mut().expect("there"), context, "panic");
                        break;
                    }
                }
            }
            record("=> drop".to_owned());
        }
        record("=> dropped".to_owned());
    }
}

/// What has completed or panicked panics when it is polled again, and does nothing else.
fn again<F: Future>(future: Pin<&mut F>, context: &mut Context<'_>, after: &str) {
    let log = take_log();
    let panic = catch_quietly(|| drop(future.poll(context)));
    let text = panic.map_err(|panic| message(&*panic)).expect_err("polled again");
    assert!(text.contains("resumed after"), "{text}");
    assert!(text.contains(after), "{text}");
    assert_eq!(take_log(), [""; 0], "polling again has an effect");
    log.into_iter().for_each(record);
}

/// `UNAWAIT_SIZES=1 cargo test --test suite awaits:: -- --nocapture | grep ^size` shows the sizes of all: the name, `#[coro]`'s
/// bytes, rustc's.
fn show_sizes(name: &str, machine: &dyn Fn(&Plan), oracle: &dyn Fn(&Plan)) {
    if std::env::var_os("UNAWAIT_SIZES").is_none() {
        return;
    }
    let unpolled = Plan {
        pending: 0,
        polls: 0,
        fuse: 0,
    };
    let [ours, theirs] = [machine, oracle].map(|drive| {
        drive(&unpolled);
        SIZE.get()
    });
    take_log();
    println!("size {name} {ours} {theirs}");
}

/// Compares the two in all ways.
pub fn compare(name: &str, machine: &dyn Fn(&Plan), oracle: &dyn Fn(&Plan)) {
    show_sizes(name, machine, oracle);
    for pending in [0, 1, 3] {
        let full = Plan {
            pending,
            polls: CAP,
            fuse: 0,
        };
        let log = same(name, &full, machine, oracle);
        let evaluations = ticks();
        let suspends = |entry: &&String| *entry == "=> pending" || entry.starts_with("=> item");
        let polls = log.iter().filter(suspends).count();
        assert!(polls < CAP, "{name} does not end");
        for polls in 0..=polls {
            same(name, &Plan { polls, ..full }, machine, oracle);
        }
        for fuse in 1..=evaluations {
            same(name, &Plan { fuse, ..full }, machine, oracle);
        }
    }
}

fn same(name: &str, plan: &Plan, machine: &dyn Fn(&Plan), oracle: &dyn Fn(&Plan)) -> Vec<String> {
    take_log();
    oracle(plan);
    let expected = take_log();
    machine(plan);
    let found = take_log();
    if expected != found {
        let first = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
        panic!("`{name}` differs with {plan:?} at entry {first}:\nexpected {expected:#?}\nfound {found:#?}");
    }
    found
}

/// Tests, one per body.
macro_rules! awaits {
    () => {};
    ($name:ident $([$($generic:tt)*])? ($($arg:tt)*) $(with ($($value:expr),* $(,)?))?
        $(given { $($given:tt)* })? $(then { $($then:tt)* })? $(-> $output:ty)?
        { $($body:tt)* } $($rest:tt)*) => {
        #[test]
        #[allow(warnings, clippy::all, reason = "bodies are contrived, and each stands here twice")]
        fn $name() {
            #[::unawait::coro]
            async fn $name<$($($generic)*)?>($($arg)*) $(-> $output)? { $($body)* }
            async fn oracle<$($($generic)*)?>($($arg)*) $(-> $output)? { $($body)* }
            let machine = &|plan: &$crate::awaits::harness::Plan| {
                $($($given)*)?
                plan.drive(|| $name($($($value),*)?));
                $($($then)*)?
            };
            let native = &|plan: &$crate::awaits::harness::Plan| {
                $($($given)*)?
                plan.drive(|| oracle($($($value),*)?));
                $($($then)*)?
            };
            $crate::awaits::harness::compare(stringify!($name), machine, native);
        }
        awaits! { $($rest)* }
    };
}

/// Methods have no place in `awaits!`: each stands here twice, and is called on what is in the brackets.
#[allow(unused_macros, reason = "not each suite has methods")]
macro_rules! twins {
    ($ty:ty { $([$this:expr] fn $name:ident / $oracle:ident ($($arg:tt)*) -> $output:ty { $($body:tt)* })* }) => {
        #[allow(warnings, clippy::all, reason = "bodies are contrived, and each stands here twice")]
        impl $ty {
            $(
                #[unawait::coro]
                async fn $name($($arg)*) -> $output { $($body)* }
                async fn $oracle($($arg)*) -> $output { $($body)* }
            )*
        }
        $(
            #[test]
            #[allow(warnings, reason = "not each is changed")]
            fn $name() {
                $crate::awaits::harness::compare(
                    stringify!($name),
                    &|plan| plan.drive(|| async { let mut this = $this; format!("{:?}", this.$name(2).await) }),
                    &|plan| plan.drive(|| async { let mut this = $this; format!("{:?}", this.$oracle(2).await) }),
                );
            }
        )*
    };
}
