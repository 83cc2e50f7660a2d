//! Auto traits follow from what is alive across a suspension, as with rustc's own coroutines.

use std::cell::{Cell, RefCell};
use std::marker::PhantomPinned;
use std::rc::Rc;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use unawait::prelude::*;

fn send<T: Send>(value: T) -> T {
    value
}

fn sync<T: Sync>(value: T) -> T {
    value
}

fn unpin<T: Unpin>(value: T) -> T {
    value
}

fn is_static<T: 'static>(value: T) -> T {
    value
}

#[coro]
fn plain(name: String) -> impl Iterator<Item = usize> {
    for c in name.chars().collect::<Vec<_>>() {
        yield_!(c.len_utf8());
    }
}

/// `Rc` is gone before each suspension.
#[coro]
fn dead_before() -> impl Iterator<Item = usize> + Send {
    let shared = Rc::new(5);
    let n = *shared;
    drop(shared);
    yield_!(n);
    {
        let cell = Rc::new(Cell::new(6));
        cell.set(7);
    }
    yield_!(n + 1);
    let moved = Rc::new(8);
    let n = Rc::try_unwrap(moved).unwrap();
    yield_!(n);
    let n = *Rc::new(9);
    yield_!(n);
}

/// Raw pointers and shared cells that are dead leave nothing to drop.
#[coro]
fn dead_pointers(cell: Arc<Mutex<Vec<u8>>>) -> impl Iterator<Item = usize> + Send {
    let pointer = &raw const cell;
    let address = pointer as usize;
    yield_!(usize::from(address > 0));
    let local = RefCell::new(3);
    let r = &local;
    let n = *r.borrow();
    yield_!(n);
    cell.lock().unwrap().push(1);
    let length = cell.lock().unwrap().len();
    yield_!(length);
    let length = {
        let list = cell.lock().unwrap();
        list.len()
    };
    yield_!(length + local.into_inner());
}

#[coro]
fn with_inputs() -> impl Coroutine<Option<mpsc::Sender<u8>>, Yield = u8, Return = ()> + Send {
    let mut n = 0;
    while let Some(sender) = yield_!(n) {
        n += 1;
        sender.send(n).unwrap();
    }
}

#[coro]
fn generic<T: Send + Clone + 'static>(value: T) -> impl Iterator<Item = T> + Send + 'static {
    for _ in 0..2 {
        yield_!(value.clone());
    }
}

#[coro]
fn boxed(value: Vec<u8>) -> Box<dyn Iterator<Item = u8> + Send + Sync> {
    for n in value {
        yield_!(n);
    }
}

#[coro]
fn local(value: Rc<u8>) -> impl Iterator<Item = u8> {
    yield_!(*value);
}

#[coro]
fn holds_what_cannot_move(_pinned: PhantomPinned) -> impl Iterator<Item = u8> {
    yield_!(1);
}

#[test]
fn inferred() {
    assert_eq!(
        is_static(unpin(sync(send(plain("né".to_owned()))))).collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(unpin(local(Rc::new(4))).collect::<Vec<_>>(), [4]);
    assert_eq!(holds_what_cannot_move(PhantomPinned).next(), Some(1));
    assert_eq!(boxed(vec![1, 2]).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(generic("x").collect::<String>(), "xx");
}

#[test]
fn dead_locals_do_not_count() {
    assert_eq!(dead_before().collect::<Vec<_>>(), [5, 6, 8, 9]);
    assert_eq!(dead_pointers(Arc::default()).collect::<Vec<_>>(), [1, 3, 1, 4]);
}

#[test]
fn machines_move_between_threads() {
    let mut machine = plain("abc".to_owned());
    assert_eq!(machine.next(), Some(1));
    let rest = thread::spawn(move || machine.count()).join().unwrap();
    assert_eq!(rest, 2);
    let mut machine = with_inputs();
    machine.start();
    let (sender, receiver) = mpsc::channel();
    let machine = thread::spawn(move || {
        machine.resume(Some(sender));
        machine
    });
    assert_eq!(receiver.recv(), Ok(1));
    assert_eq!(machine.join().unwrap().resume(None), CoroutineState::Complete(()));
}

/// What an await gives is looked at and taken by a `match`: what that gives is in no state.
#[coro]
async fn matched(list: Vec<u32>) -> (Rc<usize>, Vec<u32>) {
    let first = match std::future::ready(Ok::<bool, String>(true)).await {
        Ok(true) => Rc::new(list.len()),
        Ok(false) => Rc::new(0),
        Err(error) => Rc::new(error.len()),
    };
    (first, list)
}

#[test]
fn what_a_match_of_an_await_gives() {
    let mut future = std::pin::pin!(send(matched(vec![1, 2])));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready((first, list)) = future.as_mut().poll(&mut context) else {
        panic!("it has nothing to wait for");
    };
    assert_eq!((*first, list), (2, vec![1, 2]));
}
