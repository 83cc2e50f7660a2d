//! What is no future, of a type of which a part is not known.

use unawait::prelude::*;

#[coro]
async fn result() {
    Ok(1).await;
}

#[coro]
async fn option() {
    None.await;
}

fn main() {}
