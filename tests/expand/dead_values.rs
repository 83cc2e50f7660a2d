//! Values that are used up before the suspension are not carried.

use unawait::prelude::*;

#[coro]
fn digits(text: &str) -> impl Iterator<Item = u32> {
    let trimmed = text.trim();
    let radix = if trimmed.starts_with("0x") { 16 } else { 10 };
    for c in trimmed.trim_start_matches("0x").chars() {
        let Some(digit) = c.to_digit(radix) else {
            continue;
        };
        yield_!(digit);
    }
}
