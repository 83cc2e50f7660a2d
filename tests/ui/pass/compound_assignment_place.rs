//! The index is computed first, or the right side is.

use unawait::prelude::*;

struct Log(String);

impl std::ops::AddAssign<&str> for Log {
    fn add_assign(&mut self, text: &str) {
        self.0 += text;
    }
}

fn next(i: &mut usize) -> usize {
    *i += 1;
    *i
}

#[coro]
fn index_first() -> impl Coroutine<&'static str, Yield = (), Return = String> {
    let mut logs = [Log(String::new()), Log(String::new())];
    let mut i = 0;
    let index = next(&mut i);
    logs[index] += yield_!(());
    logs[1].0.clone()
}

#[coro]
fn value_first() -> impl Coroutine<&'static str, Yield = (), Return = String> {
    let mut logs = [Log(String::new()), Log(String::new())];
    let mut i = 0;
    let value = yield_!(());
    logs[next(&mut i)] += value;
    logs[1].0.clone()
}

fn main() {
    let (mut a, mut b) = (index_first(), value_first());
    assert_eq!(a.start(), b.start());
    assert_eq!(a.resume("x"), CoroutineState::Complete("x".to_owned()));
    assert_eq!(b.resume("x"), CoroutineState::Complete("x".to_owned()));
}
