//! Each condition of a `#[cfg]` doubles the number of functions.

use unawait::prelude::*;

#[coro]
fn numbers() -> impl Iterator<Item = u32> {
    #[cfg(unix)]
    let a = 1;
    #[cfg(not(unix))]
    let a = 2;
    #[cfg(windows)]
    let a = a + 1;
    #[cfg(target_os = "linux")]
    let a = a + 1;
    #[cfg(target_pointer_width = "64")]
    let a = a + 1;
    #[cfg(target_endian = "little")]
    let a = a + 1;
    yield_!(a);
}

fn main() {}
