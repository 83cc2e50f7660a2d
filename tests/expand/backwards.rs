//! Loops over a borrow of a local that begin at its end.

use unawait::prelude::*;

struct Staff {
    people: Vec<(String, u32)>,
}

#[coro]
fn raised(mut staff: Staff) -> impl Iterator<Item = String> {
    for (name, pay) in staff.people.iter_mut().rev() {
        *pay += 1;
        yield_!(name.clone());
    }
    yield_!(format!("{}", staff.people.len()));
}

#[coro]
fn reversed(text: String) -> impl Iterator<Item = char> {
    for c in text.chars().rev() {
        yield_!(c);
    }
}
