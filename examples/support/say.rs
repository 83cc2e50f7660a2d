//! What the examples of the event loop print, as it happens.

use std::fmt::Display;
use std::io::{self, Write};

use unawait::event_loop::EventLoop;

/// Prints a line. A reader who has closed our output has seen enough.
pub fn say(what: impl Display) {
    let _ = writeln!(io::stdout(), "{what}");
}

/// Prints a line with the time of the running loop.
#[allow(dead_code, reason = "not every example tells the time")]
pub fn say_when(what: impl Display) {
    let seconds = EventLoop::running().time().as_secs_f64();
    say(format_args!("{seconds:6.1} s  {what}"));
}
