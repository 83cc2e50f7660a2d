//! Datagrams.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::{self, SocketAddr, ToSocketAddrs};

use super::addresses::{first_of, look_up};
use crate::event_loop::{Direction, Io};
use crate::waiting::Wait;

/// Sends and receives datagrams. Several tasks may share one, in an `Rc`.
///
/// ```
/// use std::io;
/// use unawait::event_loop::run;
/// use unawait::net::UdpSocket;
/// use unawait::prelude::*;
///
/// #[coro]
/// async fn main_task() -> io::Result<()> {
///     let (here, there) = (UdpSocket::bind("127.0.0.1:0").await?, UdpSocket::bind("127.0.0.1:0").await?);
///     here.send_to(b"Hello", there.local_addr()?).await?;
///     let mut datagram = [0; 1500];
///     let (length, from) = there.recv_from(&mut datagram).await?;
///     assert_eq!((&datagram[..length], from), (&b"Hello"[..], here.local_addr()?));
///     Ok(())
/// }
///
/// run(main_task())??;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct UdpSocket {
    pub(super) io: Io<net::UdpSocket>,
}

impl UdpSocket {
    /// Binds it to an address, or to the first address of a name that can be had. Port 0 is any that is free.
    ///
    /// # Errors
    ///
    /// That of the last address, or of the look-up.
    pub async fn bind<A>(name: A) -> io::Result<Self>
    where
        A: ToSocketAddrs + Send + 'static,
    {
        UdpSocket::from_std(first_of(look_up(name).await?, net::UdpSocket::bind)?)
    }

    /// Has the running loop take a socket over that was made without it.
    ///
    /// # Errors
    ///
    /// If the system refuses to watch it.
    ///
    /// # Panics
    ///
    /// If no loop is running.
    #[track_caller]
    pub fn from_std(socket: net::UdpSocket) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        Ok(UdpSocket { io: Io::new(socket)? })
    }

    /// Sets whom [`send`](UdpSocket::send) sends to and [`recv`](UdpSocket::recv) hears.
    ///
    /// # Errors
    ///
    /// That of the last address, or of the look-up.
    pub async fn connect<A>(&self, name: A) -> io::Result<()>
    where
        A: ToSocketAddrs + Send + 'static,
    {
        let addresses = look_up(name).await?;
        first_of(addresses, |address| self.io.get().connect(address))
    }

    /// Sends a datagram to an address.
    ///
    /// Cancel safety: it was sent, or it was not.
    ///
    /// # Errors
    ///
    /// As the socket has them: it is too long for a datagram, say.
    #[track_caller]
    pub fn send_to(&self, datagram: &[u8], address: SocketAddr) -> impl Future<Output = io::Result<usize>> {
        self.when_ready(Direction::Write, "UdpSocket::send_to", move |socket| {
            socket.send_to(datagram, address)
        })
    }

    /// Receives a datagram. Gives its length, and who sent it. What does not fit is cut off.
    ///
    /// Cancel safety: no datagram is lost.
    ///
    /// # Errors
    ///
    /// As the socket has them.
    #[track_caller]
    pub fn recv_from(&self, into: &mut [u8]) -> impl Future<Output = io::Result<(usize, SocketAddr)>> {
        self.when_ready(Direction::Read, "UdpSocket::recv_from", move |socket| {
            socket.recv_from(into)
        })
    }

    /// Sends a datagram to whom it is [connected](UdpSocket::connect).
    ///
    /// Cancel safety: it was sent, or it was not.
    ///
    /// # Errors
    ///
    /// As the socket has them: nobody is there, say.
    #[track_caller]
    pub fn send(&self, datagram: &[u8]) -> impl Future<Output = io::Result<usize>> {
        self.when_ready(Direction::Write, "UdpSocket::send", move |socket| socket.send(datagram))
    }

    /// Receives a datagram from whom it is [connected](UdpSocket::connect). Gives its length. What does not fit is cut off.
    ///
    /// Cancel safety: no datagram is lost.
    ///
    /// # Errors
    ///
    /// As the socket has them: nobody is there, say.
    #[track_caller]
    pub fn recv(&self, into: &mut [u8]) -> impl Future<Output = io::Result<usize>> {
        self.when_ready(Direction::Read, "UdpSocket::recv", move |socket| socket.recv(into))
    }

    /// Whether it may send to all hosts of a network at once.
    ///
    /// # Errors
    ///
    /// As the socket has them.
    pub fn set_broadcast(&self, broadcast: bool) -> io::Result<()> {
        self.io.get().set_broadcast(broadcast)
    }

    /// The address of this end.
    ///
    /// # Errors
    ///
    /// As the socket has them.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.get().local_addr()
    }

    /// The address to which it is [connected](UdpSocket::connect).
    ///
    /// # Errors
    ///
    /// If it is not.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.io.get().peer_addr()
    }

    #[track_caller]
    fn when_ready<R>(
        &self,
        direction: Direction,
        what: &'static str,
        mut operation: impl FnMut(&net::UdpSocket) -> io::Result<R>,
    ) -> impl Future<Output = io::Result<R>> {
        let wait = Wait::here(what);
        let mut interest = None;
        poll_fn(move |context| self.io.poll(context, direction, &mut interest, wait, &mut operation))
    }
}

impl fmt::Debug for UdpSocket {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.io.get().fmt(formatter)
    }
}
