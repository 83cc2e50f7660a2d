//! [`ReadExact`].

use std::io;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::read_half::ReadHalf;
use super::socket::Socket;
use crate::event_loop::Interest;
use crate::waiting::Wait;

/// What [`Stream::read_exact`](super::Stream::read_exact) gives. It gives back to the stream what has come, if it is dropped
/// before it is complete.
#[must_use = "futures do nothing unless awaited"]
pub struct ReadExact<'a, S: Socket> {
    half: &'a mut ReadHalf<S>,
    into: &'a mut [u8],
    /// How many bytes have come. 0 once it is complete.
    filled: usize,
    wait: Wait,
    interest: Option<Interest>,
}

impl<'a, S: Socket> ReadExact<'a, S> {
    pub(super) fn new(half: &'a mut ReadHalf<S>, into: &'a mut [u8], wait: Wait) -> Self {
        ReadExact {
            half,
            into,
            filled: 0,
            wait,
            interest: None,
        }
    }
}

impl<S: Socket> Future for ReadExact<'_, S> {
    type Output = io::Result<()>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        while this.filled < this.into.len() {
            let rest = &mut this.into[this.filled..];
            match ready!(this.half.poll_bytes(context, &mut this.interest, this.wait, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into())),
                count => this.filled += count,
            }
        }
        // They are the caller's now.
        mem::take(&mut this.into);
        this.filled = 0;
        Poll::Ready(Ok(()))
    }
}

impl<S: Socket> Drop for ReadExact<'_, S> {
    fn drop(&mut self) {
        if self.filled > 0 {
            self.half.buffer.put_back(&self.into[..self.filled]);
        }
    }
}
