//! An overloaded `+=` evaluates its place first, a primitive one last.

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
fn logged() -> impl Coroutine<&'static str, Yield = (), Return = usize> {
    let mut logs = [Log(String::new()), Log(String::new())];
    let mut i = 0;
    logs[next(&mut i)] += yield_!(());
    i
}

fn main() {}
