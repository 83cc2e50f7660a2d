//! A struct of which one field is moved out.

use unawait::prelude::*;

struct Message {
    id: u32,
    body: String,
    tags: Vec<String>,
}

#[coro]
fn parts(message: Message) -> impl Iterator<Item = String> {
    yield_!(message.body);
    for tag in message.tags {
        yield_!(tag);
    }
    yield_!(message.id.to_string());
}
