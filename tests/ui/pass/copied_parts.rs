//! The field is read, or bound by reference.

use unawait::prelude::*;

struct Token(u32);

impl Drop for Token {
    fn drop(&mut self) {
        self.0 = 0;
    }
}

#[coro]
fn numbers(token: Token) -> impl Iterator<Item = u32> {
    let n = token.0;
    yield_!(n);
    let Token(ref n) = token;
    yield_!(*n);
}

fn main() {
    assert!(numbers(Token(3)).eq([3, 3]));
}
