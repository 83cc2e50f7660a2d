//! The traits on types of one's own: defaults, forwarding, the iterator adapter.

use unawait::CoroutineState::{self, Complete, Yielded};
use unawait::{Coroutine, Throw};

/// Counts down to 1, then completes; panics when it is resumed once more.
#[derive(Clone, Debug)]
struct Countdown(Option<u32>);

impl Coroutine for Countdown {
    type Yield = u32;
    type Return = ();

    fn resume(&mut self, (): ()) -> CoroutineState<u32, ()> {
        let left = self.0.expect("resumed after completion");
        if left == 0 {
            self.0 = None;
            return Complete(());
        }
        self.0 = Some(left - 1);
        Yielded(left)
    }
}

/// Yields its input, and returns an error.
struct Echo;

impl Coroutine<Result<u32, char>> for Echo {
    type Yield = u32;
    type Return = char;

    fn resume(&mut self, input: Result<u32, char>) -> CoroutineState<u32, char> {
        input.map_or_else(Complete, Yielded)
    }
}

#[test]
fn the_iterator_is_fused() {
    let mut iter = Countdown(Some(2)).into_iter();
    assert_eq!(iter.by_ref().collect::<Vec<_>>(), [2, 1]);
    assert_eq!((iter.next(), iter.next()), (None, None));
}

#[test]
fn the_iterator_can_be_cloned_and_shown() {
    let mut iter = Countdown(Some(2)).into_iter();
    assert_eq!(iter.next(), Some(2));
    assert_eq!(iter.clone().collect::<Vec<_>>(), [1]);
    assert_eq!(format!("{iter:?}"), "IntoIter { coroutine: Some(Countdown(Some(1))) }");
}

#[test]
fn by_ref_lends() {
    let mut countdown = Countdown(Some(3));
    for value in countdown.by_ref().into_iter() {
        if value == 2 {
            break;
        }
    }
    assert_eq!(countdown.resume(()), Yielded(1));
}

#[test]
fn references_and_boxes_forward() {
    fn drive(mut coroutine: impl Coroutine<Yield = u32>) -> u32 {
        coroutine.resume(()).yielded().unwrap()
    }
    let mut countdown = Countdown(Some(9));
    assert_eq!(drive(&mut countdown), 9);
    assert_eq!(drive(&mut &mut countdown), 8);
    let mut object: Box<dyn Coroutine<Yield = u32, Return = ()>> = Box::new(countdown);
    assert_eq!(drive(&mut object), 7);
    assert_eq!(object.into_iter().take(2).collect::<Vec<_>>(), [6, 5]);
}

#[test]
fn throw_resumes_with_an_error() {
    let mut object: Box<dyn Coroutine<Result<u32, char>, Yield = u32, Return = char>> = Box::new(Echo);
    assert_eq!(object.resume(Ok(1)), Yielded(1));
    assert_eq!(object.throw('e'), Complete('e'));
    assert_eq!(Echo.by_ref().throw('f'), Complete('f'));
}

#[test]
#[should_panic = "cannot be started without an input: use `resume(input)`"]
fn start_is_refused_by_default() {
    let _ = Echo.start();
}

/// The prelude's traits must not get in the way of the methods of iterators and collections.
#[test]
#[allow(clippy::useless_conversion, clippy::iter_count, clippy::into_iter_on_ref)]
#[allow(unused_imports)]
fn the_prelude_shadows_nothing() {
    use unawait::prelude::*;

    fn generic<I: Iterator<Item = u8>>(mut iter: I) -> u32 {
        iter.by_ref().into_iter().map(u32::from).sum()
    }
    fn boxed() -> Box<dyn Iterator<Item = u8>> {
        Box::new([1, 2].into_iter())
    }
    assert_eq!(generic(vec![1, 2].into_iter()), 3);
    assert_eq!(boxed().by_ref().into_iter().count(), 2);
    let slice: Box<[u8]> = Box::new([1]);
    assert_eq!(slice.into_iter().count(), 1);
    let list: &mut Vec<u8> = &mut vec![1];
    assert_eq!(list.into_iter().count(), 1);
    let option: Option<Result<u8, ()>> = Some(Ok(1));
    assert!(matches!(option, Some(Ok(_))));
}
