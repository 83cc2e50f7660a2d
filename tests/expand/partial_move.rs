//! A struct whose fields are moved one by one, the rest living on.

use unawait::prelude::*;

struct Message {
    id: u32,
    body: String,
    tags: Vec<String>,
}

#[coro]
fn parts(message: Message) -> impl Iterator<Item = String> {
    let Message { id, body, tags } = message;
    yield_!(body);
    for tag in tags {
        yield_!(tag);
    }
    yield_!(id.to_string());
}
