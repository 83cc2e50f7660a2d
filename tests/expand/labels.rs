//! Nested loops, left and continued by label.

use unawait::prelude::*;

#[coro]
fn primes(limit: u32) -> impl Iterator<Item = u32> {
    'candidates: for n in 2..limit {
        for divisor in 2..n {
            if divisor * divisor > n {
                break;
            }
            if n % divisor == 0 {
                continue 'candidates;
            }
        }
        yield_!(n);
    }
}

#[coro]
fn table(rows: Vec<Vec<i32>>) -> impl Iterator<Item = i32> {
    'rows: for row in rows {
        for cell in row {
            if cell == 0 {
                continue 'rows;
            }
            if cell < 0 {
                break 'rows;
            }
            yield_!(cell);
        }
        yield_!(0);
    }
}
