//! A `let .. else` whose way out suspends.

use unawait::prelude::*;

#[coro]
fn first_line(text: Option<String>) -> impl Iterator<Item = String> {
    let Some(text) = text else {
        yield_!("no text".to_owned());
        return;
    };
    yield_!(text.len().to_string());
    yield_!(text);
}
