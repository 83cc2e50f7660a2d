//! What the futures are: `Send`, `'static`, and no larger than rustc's own but for their tags.

use std::cell::Cell;
use std::future::{Future, Ready, ready};
use std::mem::size_of_val;
use std::rc::Rc;
use std::sync::Mutex;

fn assert_send<F: Future + Send>(_: &F) {}
fn assert_static<F: Future + 'static>(_: &F) {}
fn assert_unpin<F: Future + Unpin>(_: &F) {}

async fn leaf(n: u32) -> u32 {
    ready(n).await
}

async fn fill(buffer: &mut [u8]) -> usize {
    ready(()).await;
    buffer.len()
}

#[unawait::coro]
async fn dead_rc(n: u32) -> u32 {
    let shared = Rc::new(Cell::new(n));
    let n = shared.get();
    drop(shared);
    leaf(n).await
}

#[unawait::coro]
async fn dead_pointer(n: u32) -> u32 {
    let pointer = &raw const n;
    let is_null = pointer.is_null();
    leaf(is_null.into()).await
}

#[unawait::coro]
async fn dead_guard(shared: &Mutex<u32>) -> u32 {
    let n = {
        let mut guard = shared.lock().unwrap();
        *guard += 1;
        *guard
    };
    leaf(n).await + leaf(n).await
}

#[unawait::coro]
async fn lends(text: String) -> usize {
    let mut buffer = vec![0; 4];
    let n = fill(&mut buffer).await;
    n + fill(&mut buffer).await + text.len()
}

/// What `T` is, nobody says; it is there only behind the await.
#[unawait::coro]
async fn made_behind<T: From<u32>>(n: u32) -> (Result<T, String>, u32) {
    let made = match ready(n.checked_sub(1)).await {
        Some(_) => Ok(T::from(n)),
        None => Err("nothing".to_owned()),
    };
    (made, n)
}

fn sends<T: From<u32>>() {
    assert_send(&made_behind::<T>(1));
}

#[test]
fn send() {
    sends::<u64>();
    let shared = Mutex::new(1);
    assert_send(&dead_rc(1));
    assert_send(&dead_pointer(1));
    assert_send(&dead_guard(&shared));
    assert_send(&lends(String::new()));
}

#[test]
fn owned() {
    assert_static(&dead_rc(1));
    assert_static(&lends(String::new()));
}

#[unawait::coro]
async fn only_ready(n: Ready<u32>) -> u32 {
    n.await
}

/// Not promised by rustc's: where what is awaited may be moved, so may the whole.
#[test]
fn unpin() {
    assert_unpin(&only_ready(ready(1)));
}

/// The sizes of the two futures of each body.
macro_rules! sizes {
    ($($name:ident($($arg:ident: $ty:ty = $value:expr),*) $body:block)*) => {
        #[test]
        fn sizes() {
            let mut larger = Vec::new();
            $({
                #[unawait::coro]
                async fn $name($($arg: $ty),*) -> usize $body
                async fn native($($arg: $ty),*) -> usize $body
                let (ours, theirs) = (size_of_val(&$name($($value),*)), size_of_val(&native($($value),*)));
                if ours > theirs + TAGS {
                    larger.push((stringify!($name), ours, theirs));
                }
            })*
            assert_eq!(larger, [], "(body, size, size of rustc's)");
        }
    };
}

/// What the tags of the state, of the awaited place and of the stepper may need where rustc's future has one for all.
const TAGS: usize = 16;

sizes! {
    nothing() { 1 }
    one() { leaf(1).await as usize }
    two() { leaf(1).await as usize + leaf(2).await as usize }
    argument(text: String = String::new()) { leaf(1).await as usize + text.len() }
    lent(text: String = String::new()) {
        let mut buffer = vec![0; 4];
        let n = fill(&mut buffer).await;
        n + fill(&mut buffer).await + text.len()
    }
    array() {
        let mut buffer = [0; 64];
        let n = fill(&mut buffer).await;
        n + fill(&mut buffer).await
    }
    looped(list: Vec<u32> = Vec::new()) {
        let mut sum = 0;
        for n in list {
            sum += leaf(n).await as usize;
        }
        sum
    }
    branches(c: bool = true) {
        if c { leaf(1).await as usize } else { ready(2).await }
    }
    dead(text: String = String::new()) {
        let n = text.len();
        let copied = [n; 16];
        let sum: usize = copied.iter().sum();
        leaf(1).await as usize + sum
    }
}
