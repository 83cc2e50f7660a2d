//! What a stream is made on: a socket of std's, and what reports call its operations.

use std::fmt::Debug;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};

use polling::AsSource;

/// A connected socket of std's that was set not to block.
pub trait Socket: AsSource + Debug + 'static {
    /// What reports call the operations.
    const NAMES: &'static Names;

    /// Reads what has come.
    fn receive(&self, into: &mut [u8]) -> io::Result<usize>;

    /// Reads all that has come, but no more than `limit`. Less than that is all that will ever come.
    fn receive_all(&self, limit: u64, into: &mut Vec<u8>) -> io::Result<usize>;

    /// Writes as much as fits.
    fn send(&self, bytes: &[u8]) -> io::Result<usize>;

    /// Ends one direction, or both.
    fn shut_down(&self, how: Shutdown) -> io::Result<()>;
}

/// What reports call the operations of a stream.
pub struct Names {
    pub read: &'static str,
    pub read_line: &'static str,
    pub read_exact: &'static str,
    pub read_to_end: &'static str,
    pub write: &'static str,
    pub write_all: &'static str,
}

/// The sockets of std have the same operations, by no trait of std's.
macro_rules! socket {
    ($socket:ty, $name:literal) => {
        impl Socket for $socket {
            const NAMES: &'static Names = &Names {
                read: concat!($name, "::read"),
                read_line: concat!($name, "::read_line"),
                read_exact: concat!($name, "::read_exact"),
                read_to_end: concat!($name, "::read_to_end"),
                write: concat!($name, "::write"),
                write_all: concat!($name, "::write_all"),
            };

            fn receive(&self, into: &mut [u8]) -> io::Result<usize> {
                (&*self).read(into)
            }

            fn receive_all(&self, limit: u64, into: &mut Vec<u8>) -> io::Result<usize> {
                self.take(limit).read_to_end(into)
            }

            fn send(&self, bytes: &[u8]) -> io::Result<usize> {
                (&*self).write(bytes)
            }

            fn shut_down(&self, how: Shutdown) -> io::Result<()> {
                self.shutdown(how)
            }
        }
    };
}

socket!(TcpStream, "TcpStream");
#[cfg(unix)]
socket!(std::os::unix::net::UnixStream, "UnixStream");
