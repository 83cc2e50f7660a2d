use unawait::prelude::*;

#[coro]
fn double(n: u32) -> impl Coroutine<Option<u32>, Yield = u32, Return = u32> {
    match n {
        0 => 0,
        n if let Some(answer) = yield_!(n) => answer * 2,
        n => n,
    }
}

fn main() {
    double(1).start();
}
