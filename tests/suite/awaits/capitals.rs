//! Variables that are written like constants, as macros make them of the names of types.

use super::harness::later;
use crate::harness::{D, v};

const LIMIT: u32 = 3;

fn doubled(n: u32) -> u32 {
    v("doubled", n * 2)
}

awaits! {
    variables(n: u32) with (2) -> (u32, String) {
        let T1 = later("a", n).await;
        let T2: String = v("T2", T1.to_string());
        let guard = D("guard");
        let T1 = later("b", doubled(T1)).await;
        later("c", T2.len()).await;
        (T1, T2)
    }
    with_drops(first: D) with (D("first")) -> usize {
        let A = later("a", first).await;
        let B = D("B");
        let A1;
        let n = later("b", A.name().len()).await;
        A1 = later("c", D("A1")).await;
        drop(A);
        later("d", n).await
    }
    in_loops_and_closures(n: u32) with (4) -> u32 {
        let mut sum = 0;
        for N in 1..n {
            let add = |T: u32| T + N;
            sum += add(later("a", N).await);
            match later("b", sum).await {
                LIMIT => sum += 10,
                _ => continue,
            }
        }
        if let LIMIT = later("c", sum).await { 0 } else { sum }
    }
}
