//! Sleeping, time limits and intervals.

mod interval;
mod sleep;
mod timeout;

pub use self::interval::{Interval, interval};
pub use self::sleep::{Sleep, sleep, sleep_until};
pub use self::timeout::{Timeout, TimeoutError, timeout};
