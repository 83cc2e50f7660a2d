//! Sockets: what is read and written, what is lost by a cancellation (nothing), and what the loop does meanwhile (little).

mod cancel;
mod descriptors;
mod fairness;
mod lines;
mod listener;
mod streams;
mod traits;
mod udp;
#[cfg(unix)]
mod unix;

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use unawait::event_loop::run;
use unawait::net::{TcpListener, TcpStream};
use unawait::prelude::*;

/// Runs a test, which fails by an error, too.
#[track_caller]
fn test(body: impl Future<Output = io::Result<()>> + 'static) {
    run(body).expect("the loop ends").expect("no error");
}

/// Two ends of a connection.
#[coro]
async fn pair() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let one = TcpStream::connect(listener.local_addr()?).await?;
    let (other, _) = listener.accept().await?;
    Ok((one, other))
}

/// Polls a future once, which has to wait, and drops it.
#[track_caller]
fn give_up<F: Future>(future: F) {
    let future = std::pin::pin!(future);
    assert!(poll_once(future).is_pending());
}

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Bytes of which no part is like another.
fn pattern(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}
