//! What the servers among the examples share.

use std::error::Error;
use std::io;

use unawait::event_loop::RunError;

/// Where to listen.
pub fn address(words: &[String]) -> Result<String, String> {
    match words {
        [] => Ok("127.0.0.1:7007".into()),
        [address] => Ok(address.clone()),
        _ => Err("one address at most".into()),
    }
}

/// A server has no other end than Ctrl-C, so that is no failure.
pub fn until_ctrl_c(result: Result<io::Result<()>, RunError>) -> Result<(), Box<dyn Error>> {
    match result {
        Err(RunError::Interrupted) => Ok(()),
        result => Ok(result??),
    }
}
