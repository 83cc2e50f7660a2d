//! Addresses, and the names that have to be looked up.

use std::any::Any;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};

use crate::task::spawn_blocking;

/// The addresses of a name. The system looks names up by a call that blocks, so that is done on a thread; an address that is
/// written out needs none.
pub(super) async fn look_up<A>(name: A) -> io::Result<Vec<SocketAddr>>
where
    A: ToSocketAddrs + Send + 'static,
{
    if let Some(address) = written_out(&name) {
        return Ok(vec![address]);
    }
    spawn_blocking(move || name.to_socket_addrs().map(Vec::from_iter)).await
}

fn written_out(name: &dyn Any) -> Option<SocketAddr> {
    let text = name.downcast_ref::<&'static str>().copied();
    let text = text.or_else(|| name.downcast_ref::<String>().map(String::as_str));
    let address = name.downcast_ref::<SocketAddr>().copied();
    address.or_else(|| text?.parse().ok())
}

/// Tries one address after the other, and gives the last error if none of them works.
pub(super) fn first_of<T>(
    addresses: Vec<SocketAddr>,
    mut open: impl FnMut(SocketAddr) -> io::Result<T>,
) -> io::Result<T> {
    let mut last = no_address();
    for address in addresses {
        match open(address) {
            Ok(opened) => return Ok(opened),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// The error if a name has no address at all.
pub(super) fn no_address() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "the name has no address")
}
