//! What the example programs share: a command line, errors that say what is wrong, and an output
//! that may be closed early.

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

/// Parses the command line, then does the work.
///
/// A wrong command line ends with exit code 2 and the usage, work that fails with exit code 1.
/// A reader who closes our output early (`| head`) has seen enough: that is no failure.
pub fn main<A>(
    usage: &str,
    parse: impl FnOnce(&[String]) -> Result<A, String>,
    work: impl FnOnce(A, &mut dyn Write) -> Result<(), Box<dyn Error>>,
) -> ExitCode {
    let words: Result<Vec<_>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
    let words = match words {
        Ok(words) => words,
        Err(word) => return refuse(usage, &format!("{word:?} is not UTF-8")),
    };
    if words.iter().any(|word| word == "--help") {
        let written = writeln!(io::stdout(), "usage: {usage}");
        return finish(usage, written.map_err(Box::from));
    }
    let arguments = match parse(&words) {
        Ok(arguments) => arguments,
        Err(complaint) => return refuse(usage, &complaint),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let result = work(arguments, &mut out);
    // What was written before a failure comes before its message.
    let flushed = out.flush().map_err(Box::from);
    finish(usage, result.and(flushed))
}

fn finish(usage: &str, result: Result<(), Box<dyn Error>>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_output(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(usage, &error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn refuse(usage: &str, complaint: &str) -> ExitCode {
    complain(usage, &format!("{complaint}\nusage: {usage}"));
    ExitCode::from(2)
}

/// Writes to stderr; where that is closed, too, the exit code says enough.
fn complain(usage: &str, complaint: &str) {
    let program = usage.split(' ').next().unwrap_or(usage);
    let _ = writeln!(io::stderr(), "{program}: {complaint}");
}

fn is_closed_output(error: &(dyn Error + 'static)) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
