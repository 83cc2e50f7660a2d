//! A borrow of what is behind a reference, which refers to something else when the operand behind it was evaluated.

use unawait::prelude::*;

struct Reader<'a> {
    rest: &'a [u32],
}

impl Reader<'_> {
    fn next(&mut self) -> u32 {
        let (&first, rest) = self.rest.split_first().unwrap();
        self.rest = rest;
        first
    }
}

fn sum(list: &[u32], n: u32) -> u32 {
    list.iter().sum::<u32>() + n
}

#[coro]
fn sums(list: &[u32]) -> impl Coroutine<u32, Yield = u32, Return = u32> {
    let mut reader = Reader { rest: list };
    let rest = reader.rest;
    sum(&rest[1..], yield_!(reader.next()))
}

fn main() {
    let mut sums = sums(&[1, 2, 3]);
    assert_eq!(sums.start(), CoroutineState::Yielded(1));
    assert_eq!(sums.resume(4), CoroutineState::Complete(9));
}
