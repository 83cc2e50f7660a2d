//! A variable that is initialised later.

use unawait::prelude::*;

#[coro]
fn sign(n: i32) -> impl Iterator<Item = String> {
    let text;
    if n < 0 {
        yield_!("negative".to_owned());
        text = (-n).to_string();
    } else {
        text = n.to_string();
    }
    yield_!(text.clone());
    yield_!(text);
}
