//! Sockets that have a path.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::os::unix::net::{self, SocketAddr};
use std::panic::Location;
use std::path::Path;
use std::task::ready;
use std::time::Duration;

use super::connecting;
use super::read_half::ReadHalf;
use super::stream::Stream;
use super::write_half::WriteHalf;
use crate::event_loop::{Direction, Io};
use crate::time::sleep;
use crate::waiting::Wait;

/// A connection by a path, or of a pair. See [`Stream`] for all that it does once it is made.
pub type UnixStream = Stream<net::UnixStream>;

/// The half of a [`UnixStream`] that reads.
pub type UnixReadHalf = ReadHalf<net::UnixStream>;

/// The half of a [`UnixStream`] that writes.
pub type UnixWriteHalf = WriteHalf<net::UnixStream>;

/// How long to wait before another try, when the listener's queue is full: the system does not tell when it is not.
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

impl Stream<net::UnixStream> {
    /// Connects to who listens at a path. If there is a queue before it, this waits.
    ///
    /// Cancel safety: the connection is made, or it is not.
    ///
    /// # Errors
    ///
    /// As the system has them: nobody listens there, say.
    #[track_caller]
    pub fn connect(path: impl AsRef<Path>) -> impl Future<Output = io::Result<UnixStream>> {
        let made_at = Location::caller();
        async move {
            loop {
                match connecting::begin_unix(path.as_ref()) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => sleep(BETWEEN_TRIES).await,
                    begun => return Stream::new(begun?, made_at),
                }
            }
        }
    }

    /// Makes two streams that are connected to each other.
    ///
    /// # Errors
    ///
    /// If the system has no resources left for it.
    ///
    /// # Panics
    ///
    /// If no loop is running.
    #[track_caller]
    pub fn pair() -> io::Result<(UnixStream, UnixStream)> {
        let (one, other) = net::UnixStream::pair()?;
        Ok((UnixStream::from_std(one)?, UnixStream::from_std(other)?))
    }

    /// Has the running loop take a connection over that was made without it.
    ///
    /// # Errors
    ///
    /// If the system refuses to watch it.
    ///
    /// # Panics
    ///
    /// If no loop is running.
    #[track_caller]
    pub fn from_std(stream: net::UnixStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Stream::new(stream, Location::caller())
    }

    /// The address of the other end.
    ///
    /// # Errors
    ///
    /// As the socket has them: it is not connected any more, say.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.get().peer_addr()
    }

    /// The address of this end.
    ///
    /// # Errors
    ///
    /// As the socket has them.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.get().local_addr()
    }
}

/// Accepts connections at a path. The path stays when it is dropped: it has to be removed before another can listen there.
///
/// Errors of `accept` are treated as those of a [`TcpListener`](super::TcpListener).
pub struct UnixListener {
    pub(super) io: Io<net::UnixListener>,
}

impl UnixListener {
    /// Listens at a path.
    ///
    /// # Errors
    ///
    /// As the system has them: the path is taken, say.
    ///
    /// # Panics
    ///
    /// If no loop is running.
    #[track_caller]
    pub fn bind(path: impl AsRef<Path>) -> io::Result<Self> {
        UnixListener::from_std(net::UnixListener::bind(path)?)
    }

    /// Has the running loop take a listener over that was made without it.
    ///
    /// # Errors
    ///
    /// If the system refuses to watch it.
    ///
    /// # Panics
    ///
    /// If no loop is running.
    #[track_caller]
    pub fn from_std(listener: net::UnixListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        Ok(UnixListener { io: Io::new(listener)? })
    }

    /// Waits for a connection.
    ///
    /// Cancel safety: no connection is lost.
    ///
    /// # Errors
    ///
    /// As the socket has them.
    #[track_caller]
    pub fn accept(&self) -> impl Future<Output = io::Result<(UnixStream, SocketAddr)>> {
        let wait = Wait::here("UnixListener::accept");
        let mut interest = None;
        poll_fn(move |context| {
            let accept = net::UnixListener::accept;
            let accepted = self.io.poll(context, Direction::Read, &mut interest, wait, accept);
            let (stream, address) = ready!(accepted)?;
            stream.set_nonblocking(true)?;
            std::task::Poll::Ready(Ok((Stream::new(stream, wait.at)?, address)))
        })
    }

    /// The address at which it listens.
    ///
    /// # Errors
    ///
    /// As the socket has them.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.get().local_addr()
    }
}

impl fmt::Debug for UnixListener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.io.get().fmt(formatter)
    }
}
