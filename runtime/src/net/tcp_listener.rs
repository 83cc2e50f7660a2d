//! Who waits for TCP connections.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::{self, SocketAddr, ToSocketAddrs};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use socket2::{Domain, Protocol, Socket, Type};

use super::addresses::{first_of, look_up};
use super::stream::Stream;
use super::tcp_stream::TcpStream;
use crate::event_loop::{Direction, Interest, Io};
use crate::waiting::Wait;

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 1024;

/// Accepts TCP connections.
///
/// An error of [`accept`](TcpListener::accept) is no end: the listener goes on. The one to expect is that the process has no
/// file descriptors left. The connection stays in the queue then, and another `accept` fails at once, until a connection is
/// closed: so wait a moment.
///
/// ```
/// use std::io;
/// use std::time::Duration;
/// use unawait::net::{TcpListener, TcpStream};
/// use unawait::prelude::*;
/// use unawait::task::spawn;
/// use unawait::time::sleep;
///
/// #[coro]
/// async fn serve(listener: TcpListener) {
///     loop {
///         match listener.accept().await {
///             Ok((stream, _address)) => spawn(answer(stream)).detach(),
///             Err(error) => {
///                 eprintln!("accept: {error}");
///                 sleep(Duration::from_millis(100)).await;
///             }
///         }
///     }
/// }
///
/// #[coro]
/// async fn answer(mut stream: TcpStream) -> io::Result<()> {
///     stream.write_all(b"Hello!\n").await
/// }
/// # use unawait::event_loop::run;
/// # let greeting = run(async {
/// #     let listener = TcpListener::bind("127.0.0.1:0").await?;
/// #     let address = listener.local_addr()?;
/// #     spawn(serve(listener)).detach();
/// #     let mut greeting = Vec::new();
/// #     TcpStream::connect(address).await?.read_to_end(&mut greeting).await?;
/// #     io::Result::Ok(greeting)
/// # })??;
/// # assert_eq!(greeting, b"Hello!\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct TcpListener {
    pub(super) io: Io<net::TcpListener>,
}

impl TcpListener {
    /// Listens at an address, or at the first address of a name that can be had. Port 0 is any that is free:
    /// [`local_addr`](TcpListener::local_addr) tells which.
    ///
    /// Cancel safety: it listens, or it does not.
    ///
    /// # Errors
    ///
    /// That of the last address, or of the look-up.
    pub async fn bind<A>(name: A) -> io::Result<Self>
    where
        A: ToSocketAddrs + Send + 'static,
    {
        let io = Io::new(first_of(look_up(name).await?, listen)?)?;
        Ok(TcpListener { io })
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
    pub fn from_std(listener: net::TcpListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        Ok(TcpListener { io: Io::new(listener)? })
    }

    /// Waits for a connection, and gives it with the address of its other end. Several tasks may do so at once.
    ///
    /// Cancel safety: no connection is lost.
    ///
    /// # Errors
    ///
    /// As the socket has them. See [above](TcpListener) for how to go on.
    #[track_caller]
    pub fn accept(&self) -> impl Future<Output = io::Result<(TcpStream, SocketAddr)>> {
        let wait = Wait::here("TcpListener::accept");
        let mut interest = None;
        poll_fn(move |context| self.poll_accept(context, &mut interest, wait))
    }

    /// The connections, one after the other. It never ends. It shares the listener, which listens until both are dropped.
    #[track_caller]
    pub fn incoming(&self) -> Incoming {
        Incoming {
            listener: TcpListener { io: self.io.clone() },
            wait: Wait::here("TcpListener::incoming"),
            interest: None,
        }
    }

    /// The address at which it listens.
    ///
    /// # Errors
    ///
    /// As the socket has them.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.get().local_addr()
    }

    fn poll_accept(
        &self,
        context: &Context<'_>,
        interest: &mut Option<Interest>,
        wait: Wait,
    ) -> Poll<io::Result<(TcpStream, SocketAddr)>> {
        let accept = net::TcpListener::accept;
        let (stream, address) = ready!(self.io.poll(context, Direction::Read, interest, wait, accept))?;
        stream.set_nonblocking(true)?;
        Poll::Ready(Ok((Stream::new(stream, wait.at)?, address)))
    }
}

impl fmt::Debug for TcpListener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.io.get().fmt(formatter)
    }
}

/// As std's `TcpListener::bind`, whose queue is too short for a rush of clients.
fn listen(address: SocketAddr) -> io::Result<net::TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    // Else the port of a server that has ended stays taken for minutes. On Windows it is free at once, and this would let
    // two servers share it.
    #[cfg(not(windows))]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

/// What [`TcpListener::incoming`] gives: a [`Stream`](crate::Stream) of connections.
///
/// Cancel safety: no connection is lost.
#[must_use = "streams do nothing unless polled"]
pub struct Incoming {
    listener: TcpListener,
    wait: Wait,
    interest: Option<Interest>,
}

impl crate::Stream for Incoming {
    type Item = io::Result<TcpStream>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let accepted = ready!(this.listener.poll_accept(context, &mut this.interest, this.wait));
        Poll::Ready(Some(accepted.map(|(stream, _address)| stream)))
    }
}
