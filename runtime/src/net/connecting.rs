//! Connecting without blocking. The standard library's `connect` waits until the connection is made; `socket2`, which stands
//! under tokio and hyper, has the call that does not, for all systems.

use std::io;
use std::net::{SocketAddr, TcpStream};

use socket2::{Domain, Protocol, SockAddr, Socket, Type};

/// Begins to connect to a TCP address.
pub(super) fn begin_tcp(address: SocketAddr) -> io::Result<TcpStream> {
    let domain = Domain::for_address(address);
    begin(domain, Some(Protocol::TCP), &address.into()).map(TcpStream::from)
}

/// Begins to connect to a path.
#[cfg(unix)]
pub(super) fn begin_unix(path: &std::path::Path) -> io::Result<std::os::unix::net::UnixStream> {
    let socket = begin(Domain::UNIX, None, &SockAddr::unix(path)?)?;
    Ok(std::os::fd::OwnedFd::from(socket).into())
}

fn begin(domain: Domain, protocol: Option<Protocol>, address: &SockAddr) -> io::Result<Socket> {
    let socket = Socket::new(domain, Type::STREAM, protocol)?;
    socket.set_nonblocking(true)?;
    match socket.connect(address) {
        Err(error) if !is_in_progress(&error) => Err(error),
        _ => Ok(socket),
    }
}

#[cfg(unix)]
fn is_in_progress(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::EINPROGRESS)
}

#[cfg(windows)]
fn is_in_progress(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock
}

/// What became of it: an error that would block, as long as that is open.
pub(super) fn outcome(stream: &TcpStream) -> io::Result<()> {
    if let Some(error) = stream.take_error()? {
        return Err(error);
    }
    match stream.peer_addr() {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotConnected => Err(io::ErrorKind::WouldBlock.into()),
        Err(error) => Err(error),
    }
}
