//! A resolver that goes to another thread.

use std::thread;

use unawait::promise::Promise;

fn main() {
    let (_promise, resolver) = Promise::<u32>::with_resolvers();
    thread::spawn(move || resolver.resolve(1));
}
