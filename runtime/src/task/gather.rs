//! [`gather`].

use std::future::poll_fn;
use std::panic::Location;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use super::Task;
use super::finished::Finished;
use crate::event_loop::EventLoop;
use crate::waiting::Wait;

/// Runs futures side by side, and gives all their outputs, in the order in which the futures were given: asyncio's `gather`,
/// JavaScript's `Promise.all` of functions.
///
/// A tuple of futures, of up to eight types, is polled by the task that awaits it. A `Vec` or an array of futures becomes
/// that many tasks, so these must be `'static`.
///
/// All run to their ends: a `Result` is an output like any other. Where the first error is to end the others, take a
/// [`task_group`](super::task_group).
///
/// Cancel safety: dropping it drops or cancels all.
///
/// ```
/// use std::time::Duration;
/// use unawait::event_loop::EventLoop;
/// use unawait::prelude::*;
/// use unawait::task::gather;
/// use unawait::time::sleep;
///
/// #[coro]
/// async fn count(name: &'static str) -> String {
///     sleep(Duration::from_secs(1)).await;
///     format!("{name} is done")
/// }
///
/// let event_loop = EventLoop::with_virtual_time();
/// let (one, two) = event_loop.run_until_complete(gather((count("one"), count("two"))))?;
/// assert_eq!([one, two], ["one is done", "two is done"]);
/// assert_eq!(event_loop.time(), Duration::from_secs(1));
///
/// let names = event_loop.run_until_complete(gather(["one", "two", "three"].map(count)))?;
/// assert_eq!(names.len(), 3);
/// # Ok::<(), unawait::event_loop::RunError>(())
/// ```
///
/// # Panics
///
/// With the first panic of one of them; a `Vec` and an array, if no loop is running when it is first polled.
#[track_caller]
pub fn gather<G: Gather>(futures: G) -> impl Future<Output = G::Output> {
    futures.gather(Location::caller())
}

/// What [`gather`] takes: tuples, `Vec`s and arrays of futures.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be gathered",
    label = "not a tuple of futures, nor a `Vec` or an array of `'static` ones",
    note = "collect an iterator of futures into a `Vec`"
)]
pub trait Gather {
    /// The outputs: a tuple or a `Vec`.
    type Output;

    #[doc(hidden)]
    fn gather(self, at: &'static Location<'static>) -> impl Future<Output = Self::Output>;
}

impl<F: Future<Output: 'static> + 'static> Gather for Vec<F> {
    type Output = Vec<F::Output>;

    fn gather(self, at: &'static Location<'static>) -> impl Future<Output = Vec<F::Output>> {
        gather_tasks(self, at)
    }
}

impl<F: Future<Output: 'static> + 'static, const N: usize> Gather for [F; N] {
    type Output = Vec<F::Output>;

    fn gather(self, at: &'static Location<'static>) -> impl Future<Output = Vec<F::Output>> {
        gather_tasks(self, at)
    }
}

async fn gather_tasks<F>(futures: impl IntoIterator<Item = F>, at: &'static Location<'static>) -> Vec<F::Output>
where
    F: Future<Output: 'static> + 'static,
{
    let event_loop = EventLoop::running();
    let spawn = |future| event_loop.spawn_at(future, at);
    let tasks: Vec<Task<F::Output>> = futures.into_iter().map(spawn).collect();
    drop(event_loop);
    let finished = Rc::new(Finished::default());
    tasks
        .iter()
        .enumerate()
        .for_each(|(number, task)| task.join(&finished, number));
    let mut outputs: Vec<_> = tasks.iter().map(|_| None).collect();
    for _ in 0..tasks.len() {
        let number = poll_fn(|context| finished.poll_next(context, Wait { what: "gather", at })).await;
        // A panic goes on here, and cancels the others. Nobody else has the handle, so nobody has cancelled it.
        outputs[number] = tasks[number].take().ok();
    }
    outputs.into_iter().flatten().collect()
}

/// Polls each that has no output yet.
macro_rules! gather_tuple {
    ($($future:ident $output:ident),+) => {
        impl<$($future: Future),+> Gather for ($($future,)+) {
            type Output = ($($future::Output,)+);

            async fn gather(self, _: &'static Location<'static>) -> Self::Output {
                #[allow(non_snake_case, reason = "futures are named as their types")]
                let ($($future,)+) = self;
                $(
                    #[allow(non_snake_case, reason = "as above")]
                    let mut $future = pin!($future);
                    let mut $output = None;
                )+
                poll_fn(|context| {
                    let mut is_done = true;
                    $(
                        if $output.is_none() {
                            match $future.as_mut().poll(context) {
                                Poll::Ready(output) => $output = Some(output),
                                Poll::Pending => is_done = false,
                            }
                        }
                    )+
                    if !is_done {
                        return Poll::Pending;
                    }
                    match ($($output.take(),)+) {
                        ($(Some($output),)+) => Poll::Ready(($($output,)+)),
                        _ => unreachable!("each has its output"),
                    }
                })
                .await
            }
        }
    };
}

gather_tuple!(A a);
gather_tuple!(A a, B b);
gather_tuple!(A a, B b, C c);
gather_tuple!(A a, B b, C c, D d);
gather_tuple!(A a, B b, C c, D d, E e);
gather_tuple!(A a, B b, C c, D d, E e, F f);
gather_tuple!(A a, B b, C c, D d, E e, F f, G g);
gather_tuple!(A a, B b, C c, D d, E e, F f, G g, H h);
