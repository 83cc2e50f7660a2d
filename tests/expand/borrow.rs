//! A borrow of a local is made again after each suspension.

use unawait::prelude::*;

struct User {
    name: String,
    mails: Vec<String>,
}

#[coro]
fn report(user: User) -> impl Iterator<Item = String> {
    let name = &user.name;
    yield_!(format!("{name}:"));
    let count = user.mails.len();
    yield_!(format!("{name} has {count} mails"));
}
