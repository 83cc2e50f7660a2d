//! A promise of which nothing says what its reasons are.

use unawait::promise::Promise;

fn main() {
    let promise = Promise::resolve("Hello");
    drop(promise);
}
