use unawait::prelude::*;

#[coro]
fn numbers(stop: bool) -> impl Coroutine<u32, Yield = u32, Return = u32> {
    loop {
        if stop {
            break 'out yield_!(1);
        }
        yield_!(2);
    }
}

fn main() {
    let _ = numbers(true);
}
