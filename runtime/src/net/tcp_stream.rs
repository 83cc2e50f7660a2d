//! TCP connections.

use std::future::poll_fn;
use std::io;
use std::net::{self, SocketAddr, ToSocketAddrs};
use std::panic::Location;

use super::addresses::{look_up, no_address};
use super::connecting;
use super::read_half::ReadHalf;
use super::stream::Stream;
use super::write_half::WriteHalf;
use crate::event_loop::{Direction, Io};
use crate::waiting::Wait;

/// A TCP connection. See [`Stream`] for all that it does once it is made.
///
/// ```no_run
/// use std::io;
/// use unawait::event_loop::run;
/// use unawait::net::{Shutdown, TcpStream};
/// use unawait::prelude::*;
///
/// #[coro]
/// async fn fetch(host: String) -> io::Result<String> {
///     let mut stream = TcpStream::connect((host.clone(), 80)).await?;
///     stream.write_all(format!("GET / HTTP/1.0\r\nHost: {host}\r\n\r\n").as_bytes()).await?;
///     stream.shutdown(Shutdown::Write)?;
///     let mut page = Vec::new();
///     stream.read_to_end(&mut page).await?;
///     Ok(String::from_utf8_lossy(&page).into_owned())
/// }
///
/// println!("{}", run(fetch("example.org".into()))??);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type TcpStream = Stream<net::TcpStream>;

/// The half of a [`TcpStream`] that reads.
pub type TcpReadHalf = ReadHalf<net::TcpStream>;

/// The half of a [`TcpStream`] that writes.
pub type TcpWriteHalf = WriteHalf<net::TcpStream>;

impl Stream<net::TcpStream> {
    /// Connects to an address, or to a name with a port: `"127.0.0.1:7007"`, `("example.org", 80)`. The addresses of a name
    /// are tried one after the other.
    ///
    /// Cancel safety: the connection that was being made is given up.
    ///
    /// # Errors
    ///
    /// That of the last address, or of the look-up.
    #[track_caller]
    pub fn connect<A>(name: A) -> impl Future<Output = io::Result<TcpStream>>
    where
        A: ToSocketAddrs + Send + 'static,
    {
        let wait = Wait::here("TcpStream::connect");
        async move {
            let mut last = no_address();
            for address in look_up(name).await? {
                match connect(address, wait).await {
                    Ok(stream) => return Ok(stream),
                    Err(error) => last = error,
                }
            }
            Err(last)
        }
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
    pub fn from_std(stream: net::TcpStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Stream::new(stream, Location::caller())
    }

    /// Whether small writes are sent at once, rather than gathered while an answer is awaited.
    ///
    /// # Errors
    ///
    /// As the socket has them.
    pub fn set_nodelay(&self, nodelay: bool) -> io::Result<()> {
        self.get().set_nodelay(nodelay)
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

async fn connect(address: SocketAddr, wait: Wait) -> io::Result<TcpStream> {
    let io = Io::new(connecting::begin_tcp(address)?)?;
    let mut interest = None;
    poll_fn(|context| io.poll(context, Direction::Write, &mut interest, wait, connecting::outcome)).await?;
    Ok(Stream::of(io, wait.at))
}
