//! What `..base` leaves of the base drops at the end of its scope.

use unawait::prelude::*;

struct Request {
    path: String,
    body: Vec<u8>,
}

#[coro]
fn requests(first: Request) -> impl Iterator<Item = usize> {
    let second = Request {
        path: format!("{}/next", first.path),
        ..first
    };
    yield_!(second.path.len());
    yield_!(second.body.len());
}

#[coro]
fn renamed(first: Request) -> impl Iterator<Item = usize> {
    let second = Request { body: first.body.clone(), path: format!("{}/next", first.path), ..first };
    yield_!(second.path.len());
    yield_!(second.body.len());
}
