//! What is yielded is an expression of several tokens: all of it is shown, and converted behind its end.

use unawait::coro;

#[coro]
fn words(lines: &[&str]) -> impl Iterator<Item = String> {
    for line in lines {
        yield_!(line.trim());
    }
}

fn main() {}
