//! A callback of a promise that gives a value as it is.

use unawait::promise::Promise;

fn main() {
    let promise: Promise<u32> = Promise::resolve(1);
    promise.then(|n| n + 1);
}
