//! Sleeping, time limits and intervals.

mod sleep;

pub use self::sleep::{Sleep, sleep, sleep_until};
