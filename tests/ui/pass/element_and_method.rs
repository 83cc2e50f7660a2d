//! Nothing can be changed by a method of what is not `mut`, nor of what is borrowed from outside.

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
    let config = config;
    let name = &config.names[0];
    config.log();
    yield_!(0);
    yield_!(name.len());
}

fn main() {
    assert!(lengths().eq([0, 4]));
}
