//! What is lent to an await is part of the future, too.

use std::rc::Rc;
use unawait::prelude::*;

fn spawn<F: Future + Send + 'static>(_: F) {}

async fn save(_: &str) {}

#[coro]
async fn job(name: String) {
    let shared = Rc::new(name);
    save(&shared).await;
    println!("{shared}");
}

fn main() {
    spawn(job("a".into()));
}
