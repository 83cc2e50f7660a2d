//! What is held across an await decides whether the future is `Send`.

use unawait::prelude::*;

use std::future::{Future, ready};
use std::rc::Rc;

#[coro]
fn count(names: Vec<u32>) -> impl Future<Output = usize> + Send {
    let shared = Rc::new(names);
    ready(()).await;
    shared.len()
}

fn main() {}
