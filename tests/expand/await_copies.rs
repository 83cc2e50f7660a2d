use unawait::prelude::*;

async fn count(first: u64) -> u64 {
    first
}

async fn add(total: &mut u64, n: u64) {
    *total += n;
}

/// `first` is calculated with, so it is a number, and copied into what is awaited.
#[coro]
pub async fn sum() -> u64 {
    let first = count(1).await;
    let second = count(first).await;
    first + second
}

/// `total` may be a reference, as far as syntax tells: it is lent.
#[coro]
pub async fn twice(total: &mut u64) {
    let total = total;
    add(total, 1).await;
    add(total, 2).await;
}
