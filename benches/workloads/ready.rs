//! A loop over awaits that are all ready: what an await costs by itself.

use std::hint::black_box;

use crate::drive::{both, futures, leaf};

const AWAITS: u64 = 1_000_000;

futures! { 1, AWAITS; ready(black_box(AWAITS)) }

both! {
    pub async fn ready(n: u64) -> u64 {
        let mut sum = 0u64;
        for number in 0..n {
            sum = sum.rotate_left(1) ^ leaf(0, number).await;
        }
        sum
    }
}
