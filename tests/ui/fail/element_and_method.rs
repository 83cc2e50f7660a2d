//! A method may let a field refer to something else, so the borrow of an element is kept as it is; it cannot be if the field
//! owns it.

use unawait::prelude::*;

struct Config {
    names: Vec<String>,
}

impl Config {
    fn log(&self) {}
}

#[coro]
fn lengths() -> impl Iterator<Item = usize> {
    let mut config = Config { names: Vec::new() };
    config.names.push(String::from("name"));
    let name = &config.names[0];
    config.log();
    yield_!(0);
    yield_!(name.len());
}

fn main() {}
