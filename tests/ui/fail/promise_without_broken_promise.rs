//! A promise whose reasons cannot say that it was broken.

use unawait::promise::Promise;

#[derive(Debug)]
struct Refused;

fn main() {
    let (promise, _resolver) = Promise::<u32, Refused>::with_resolvers();
    drop(promise);
}
