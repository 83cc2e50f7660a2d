//! The rejections of a thread that nobody has read yet.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::mem;
use std::panic::Location;
use std::rc::Weak;

/// A rejection that nobody handled.
#[derive(Debug)]
pub(crate) struct Unhandled {
    /// The reason, as `Debug` has it.
    pub(crate) reason: String,
    /// Where the promise was made.
    pub(crate) at: &'static Location<'static>,
}

/// A promise that is rejected.
pub(super) trait Rejected {
    /// The rejection, if it is still there.
    fn describe(&self) -> Option<Unhandled>;
}

enum Rejection {
    /// In the promise, where somebody may read it yet.
    Held(Weak<dyn Rejected>),
    /// Its last handle was dropped.
    Dropped(Unhandled),
}

/// In order of rejection. What is read leaves at once: rejections that are handled do not pile up.
#[derive(Default)]
struct Rejections {
    entries: BTreeMap<u64, Rejection>,
    next: u64,
}

thread_local! {
    static REJECTIONS: RefCell<Rejections> = RefCell::default();
}

/// Enters a promise that has been rejected, and gives the number of the entry.
pub(super) fn enter(promise: Weak<dyn Rejected>) -> u64 {
    let entered = REJECTIONS.try_with(|rejections| {
        let mut rejections = rejections.borrow_mut();
        let id = rejections.next;
        rejections.next += 1;
        rejections.entries.insert(id, Rejection::Held(promise));
        id
    });
    // A thread that is ending reports nothing.
    entered.unwrap_or(u64::MAX)
}

/// Somebody reads the rejection.
pub(super) fn handled(id: u64) {
    let _ = REJECTIONS.try_with(|rejections| rejections.borrow_mut().entries.remove(&id));
}

/// Nobody will read the rejection any more. One that was reported is not reported again.
pub(super) fn dropped(id: u64, rejection: Unhandled) {
    let _ = REJECTIONS.try_with(|rejections| {
        if let Some(entry) = rejections.borrow_mut().entries.get_mut(&id) {
            *entry = Rejection::Dropped(rejection);
        }
    });
}

/// The rejections that nobody has handled, in order. Each is given once.
pub(crate) fn unhandled() -> Vec<Unhandled> {
    // `Debug` of a reason is the user's code: it may reject promises itself.
    let entries = REJECTIONS.try_with(|rejections| mem::take(&mut rejections.borrow_mut().entries));
    let describe = |rejection| match rejection {
        Rejection::Held(promise) => promise.upgrade()?.describe(),
        Rejection::Dropped(rejection) => Some(rejection),
    };
    // A thread that is ending reports nothing.
    entries.unwrap_or_default().into_values().filter_map(describe).collect()
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::{REJECTIONS, unhandled};
    use crate::promise::{BrokenPromise, Promise};

    fn poll<T: 'static, E: 'static>(promise: Promise<T, E>) -> Poll<Result<T, E>> {
        pin!(promise).poll(&mut Context::from_waker(Waker::noop()))
    }

    fn reasons() -> Vec<String> {
        unhandled().into_iter().map(|rejection| rejection.reason).collect()
    }

    #[test]
    fn rejections_are_given_in_order_and_once() {
        let (first, resolver) = Promise::<(), String>::with_resolvers();
        let second = Promise::<(), String>::reject("second");
        resolver.reject("first, later");
        assert_eq!(reasons(), ["\"second\"", "\"first, later\""]);
        drop((first, second));
        assert!(reasons().is_empty());
    }

    #[test]
    fn a_rejection_says_where_its_promise_was_made() {
        let (promise, resolver) = Promise::<(), String>::with_resolvers();
        let line = line!() - 1;
        resolver.reject("no");
        drop(promise);
        let [rejection] = unhandled().try_into().unwrap();
        assert_eq!((rejection.at.file(), rejection.at.line()), (file!(), line));
    }

    #[test]
    fn a_rejection_that_is_dropped_is_unhandled() {
        drop(Promise::<(), String>::reject("with its promise"));
        let (promise, resolver) = Promise::<(), String>::with_resolvers();
        drop(promise);
        resolver.reject("after its promise");
        assert_eq!(reasons(), ["\"with its promise\"", "\"after its promise\""]);
    }

    #[test]
    fn a_broken_promise_is_a_rejection() {
        let (promise, resolver) = Promise::<(), BrokenPromise>::with_resolvers();
        drop(resolver);
        assert_eq!(reasons().len(), 1);
        drop(promise);
    }

    #[test]
    fn a_broken_promise_that_nobody_has_is_missed_by_nobody() {
        let (promise, resolver) = Promise::<(), String>::with_resolvers();
        drop(resolver);
        drop(promise);
        let (promise, resolver) = Promise::<(), String>::with_resolvers();
        drop(promise);
        drop(resolver);
        assert!(reasons().is_empty());
        assert!(REJECTIONS.with_borrow(|rejections| rejections.entries.is_empty()));
    }

    #[test]
    fn a_callback_that_a_broken_promise_leaves_uncalled_is_told() {
        let (promise, resolver) = Promise::<u32, String>::with_resolvers();
        drop(promise.then(|n| Ok(n + 1)));
        drop(resolver);
        assert!(poll(Promise::<_, String>::resolve(())).is_ready());
        assert_eq!(reasons().len(), 1);
    }

    #[test]
    fn an_await_handles() {
        assert_eq!(
            poll(Promise::<(), String>::reject("no")),
            Poll::Ready(Err("no".to_owned()))
        );
        assert!(reasons().is_empty());
    }

    #[test]
    fn the_end_of_a_chain_is_what_is_unhandled() {
        let chain = Promise::<u32, String>::reject("no")
            .then(|n| Ok(n + 1))
            .then(|n| Ok(n + 1));
        let line = line!() - 1;
        assert!(poll(Promise::<_, String>::resolve(())).is_ready());
        let [rejection] = unhandled().try_into().unwrap();
        assert_eq!(rejection.reason, "\"no\"");
        assert_eq!(rejection.at.line(), line);
        drop(chain);
    }

    #[test]
    fn a_catch_handles() {
        let caught = Promise::<u32, String>::reject("no").catch(|_| Ok(0));
        assert_eq!(poll(caught), Poll::Ready(Ok(0)));
        assert!(reasons().is_empty());
    }

    #[test]
    fn one_handle_that_is_read_handles_for_all() {
        let promise = Promise::<(), String>::reject("no");
        assert!(poll(promise.clone()).is_ready());
        drop(promise);
        assert!(reasons().is_empty());
    }

    #[test]
    fn an_await_that_was_cancelled_handles_nothing() {
        let (promise, resolver) = Promise::<(), String>::with_resolvers();
        assert!(poll(promise).is_pending());
        resolver.reject("no");
        assert_eq!(reasons(), ["\"no\""]);
    }

    #[test]
    fn the_losers_of_a_race_are_handled() {
        let race = Promise::race([Promise::<_, String>::resolve(1), Promise::reject("late")]);
        assert_eq!(poll(race), Poll::Ready(Ok(1)));
        assert!(reasons().is_empty());
    }

    #[test]
    fn handled_rejections_do_not_pile_up() {
        for _ in 0..1000 {
            assert!(poll(Promise::<(), String>::reject("no")).is_ready());
        }
        assert!(REJECTIONS.with_borrow(|rejections| rejections.entries.is_empty()));
    }
}
