//! A loop over awaits that are each pending once: to leave the function, and to come back.

use std::hint::black_box;

use crate::drive::{both, futures, leaf};

const AWAITS: u64 = 100_000;

futures! { 1, AWAITS; pending(black_box(AWAITS)) }

both! {
    pub async fn pending(n: u64) -> u64 {
        let mut sum = 0u64;
        for number in 0..n {
            sum = sum.rotate_left(1) ^ leaf(1, number).await;
        }
        sum
    }
}
