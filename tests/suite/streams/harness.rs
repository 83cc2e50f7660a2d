//! `streams!` makes from a body a `#[coro]` function that returns a stream, and an `async fn`, the oracle, in which `yield_!`
//! hands the item to the driver and waits. Both are driven as `awaits!` does with futures, so they are dropped after every
//! number of polls, with leaves that are ready or pending, and with a panic at every logged evaluation.
//!
//! ```text
//! streams! {
//!     name['a](guard: D, text: &'a str) with (D("guard"), "text") -> u32 {
//!         yield_!(later("a", 1).await);
//!     }
//! }
//! ```

use std::fmt::Debug;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use unawait::Stream;

use crate::awaits::harness::Plan;
use crate::harness::{Talk, catch_quietly, message, record, set_fuse, take_log};

/// The oracle as a stream.
pub struct Told<F, T> {
    future: Pin<Box<F>>,
    talk: Talk<T, ()>,
    done: bool,
}

impl<F: Future<Output = ()>, T> Told<F, T> {
    pub fn new(talk: Talk<T, ()>, future: F) -> Self {
        Told {
            future: Box::pin(future),
            talk,
            done: false,
        }
    }
}

impl<F: Future<Output = ()>, T> Stream for Told<F, T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        if self.done {
            return Poll::Ready(None);
        }
        self.done = self.future.as_mut().poll(context).is_ready();
        match self.talk.taken() {
            Some(item) => Poll::Ready(Some(item)),
            None if self.done => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

/// Polls the stream as planned, and drops it.
pub fn drive<S: Stream<Item: Debug>>(plan: &Plan, make: impl FnOnce() -> S) {
    let waker = plan.begin();
    let context = &mut Context::from_waker(&waker);
    {
        let mut stream = pin!(Some(make()));
        for _ in 0..plan.polls {
            let poll = catch_quietly(|| stream.as_mut().as_pin_mut().expect("there").poll_next(context));
            match poll {
                Ok(Poll::Pending) => record("=> pending".to_owned()),
                Ok(Poll::Ready(Some(item))) => {
                    record(format!("=> item {item:?}"));
                    drop(item);
                }
                Ok(Poll::Ready(None)) => {
                    record("=> end".to_owned());
                    stays_ended(stream.as_mut().as_pin_mut().expect("there"), context);
                    break;
                }
                Err(panic) => {
                    record(format!("=> panic {}", message(&*panic)));
                    set_fuse(0);
                    panics_again(stream.as_mut().as_pin_mut().expect("there"), context);
                    break;
                }
            }
        }
        record("=> drop".to_owned());
    }
    record("=> dropped".to_owned());
}

/// What has ended is fused.
fn stays_ended<S: Stream>(mut stream: Pin<&mut S>, context: &mut Context<'_>) {
    let log = take_log();
    for _ in 0..2 {
        assert!(matches!(stream.as_mut().poll_next(context), Poll::Ready(None)), "fused");
    }
    assert_eq!(take_log(), [""; 0], "polling again has an effect");
    log.into_iter().for_each(record);
}

/// What has panicked panics when it is polled again, and does nothing else.
fn panics_again<S: Stream>(stream: Pin<&mut S>, context: &mut Context<'_>) {
    let log = take_log();
    let panic = catch_quietly(|| drop(stream.poll_next(context)));
    let text = panic.map_err(|panic| message(&*panic)).expect_err("polled again");
    assert!(text.contains("after panicking"), "{text}");
    assert_eq!(take_log(), [""; 0], "polling again has an effect");
    log.into_iter().for_each(record);
}

/// Tests, one per body. With `boxed` the stream is a `Pin<Box<dyn Stream>>`, and may contain itself.
macro_rules! streams {
    () => {};
    (boxed $name:ident ($($arg:tt)*) with ($($value:expr),* $(,)?) -> $item:ty { $($body:tt)* } $($rest:tt)*) => {
        #[test]
        #[allow(warnings, clippy::all, reason = "bodies are contrived, and each stands here twice")]
        fn $name() {
            #[::unawait::coro]
            fn $name($($arg)*) -> ::std::pin::Pin<Box<dyn ::unawait::Stream<Item = $item>>> { $($body)* }
            told! { oracle [] ($($arg)*) [$item] { $($body)* } }
            streams!(@compare $name oracle [] [] ($($value),*));
        }
        streams! { $($rest)* }
    };
    ($name:ident $([$($generic:tt)*])? ($($arg:tt)*) $(with ($($value:expr),* $(,)?))?
        $(given { $($given:tt)* })? $(then { $($then:tt)* })? -> $item:ty
        { $($body:tt)* } $($rest:tt)*) => {
        #[test]
        #[allow(warnings, clippy::all, reason = "bodies are contrived, and each stands here twice")]
        fn $name() {
            #[::unawait::coro]
            fn $name<$($($generic)*)?>($($arg)*) -> impl ::unawait::Stream<Item = $item> { $($body)* }
            told! { oracle [$($($generic)*)?] ($($arg)*) [$item] { $($body)* } }
            streams!(@compare $name oracle [$($($given)*)?] [$($($then)*)?] ($($($value),*)?));
        }
        streams! { $($rest)* }
    };
    (@compare $name:ident $oracle:ident [$($given:tt)*] [$($then:tt)*] ($($value:expr),*)) => {
        let machine = &|plan: &$crate::awaits::harness::Plan| {
            $($given)*
            $crate::streams::harness::drive(plan, || $name($($value),*));
            $($then)*
        };
        let native = &|plan: &$crate::awaits::harness::Plan| {
            $($given)*
            let talk = $crate::harness::Talk::new();
            $crate::streams::harness::drive(plan, || {
                $crate::streams::harness::Told::new(talk.clone(), $oracle(talk, $($value),*))
            });
            $($then)*
        };
        $crate::awaits::harness::compare(stringify!($name), machine, native);
    };
}

/// The `async fn`.
macro_rules! told {
    ($oracle:ident [$($generic:tt)*] ($($arg:tt)*) [$item:ty] { $($body:tt)* }) => {
        async fn $oracle<$($generic)*>(talk: $crate::harness::Talk<$item, ()>, $($arg)*) {
            macro_rules! yield_ {
                () => { yield_!(()) };
                ($e:expr) => { talk.hand($e).await };
            }
            macro_rules! yield_from {
                ($e:expr) => {{
                    let mut inner = ::std::pin::pin!($e);
                    while let Some(item) = ::std::future::poll_fn(|context| {
                        ::unawait::Stream::poll_next(inner.as_mut(), context)
                    })
                    .await
                    {
                        yield_!(item);
                    }
                }};
            }
            $($body)*
        }
    };
}
