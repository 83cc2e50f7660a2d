use unawait::prelude::*;

#[coro]
pub async fn factorial(n: u64) -> u64 {
    match n {
        0 => 1,
        n => n * Box::pin(factorial(n - 1)).await,
    }
}
