//! Errors as items, or as the return value of a coroutine.

use unawait::prelude::*;

use std::num::ParseIntError;

#[coro]
fn numbers(text: &str) -> impl Iterator<Item = Result<u32, ParseIntError>> {
    for word in text.split(' ') {
        let value = word.parse();
        let value = match value {
            Ok(value) => value,
            Err(error) => {
                yield_!(Err(error));
                return;
            }
        };
        yield_!(Ok(value));
    }
}

#[coro]
fn parser(text: &str) -> impl Coroutine<(), Yield = u32, Return = Result<(), ParseIntError>> {
    for word in text.split(' ') {
        yield_!(word.parse()?);
    }
    Ok(())
}

fn main() {
    let read: Vec<_> = numbers("1 x 2").collect();
    assert!(matches!(read[..], [Ok(1), Err(_)]));
    let mut parser = parser("1 x 2");
    assert_eq!(parser.resume(()), CoroutineState::Yielded(1));
    assert!(matches!(parser.resume(()), CoroutineState::Complete(Err(_))));
}
