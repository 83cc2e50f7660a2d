//! The traits of `futures-io`, for the libraries that are written for them. What waits by them is reported at the line that
//! made the stream.

use std::io;
use std::net::Shutdown;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_io::{AsyncBufRead, AsyncRead, AsyncWrite};

use super::read_half::ReadHalf;
use super::socket::Socket;
use super::stream::Stream;
use super::write_half::WriteHalf;
use crate::event_loop::Interest;
use crate::waiting::Wait;

impl<S: Socket> ReadHalf<S> {
    /// Does `operation` with the wait that is kept between two polls.
    fn poll_kept<R>(&mut self, operation: impl FnOnce(&mut Self, &mut Option<Interest>, Wait) -> R) -> R {
        let wait = Wait {
            what: S::NAMES.read,
            at: self.made_at,
        };
        let mut interest = self.interest.take();
        let result = operation(self, &mut interest, wait);
        self.interest = interest;
        result
    }
}

impl<S: Socket> AsyncRead for ReadHalf<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut [u8]) -> Poll<io::Result<usize>> {
        self.get_mut()
            .poll_kept(|half, interest, wait| half.poll_bytes(context, interest, wait, into))
    }
}

impl<S: Socket> AsyncBufRead for ReadHalf<S> {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let half = self.get_mut();
        if half.buffer.is_empty() {
            ready!(half.poll_kept(|half, interest, wait| half.poll_fill(context, interest, wait)))?;
        } else {
            ready!(half.io.poll_turn(context))?;
        }
        Poll::Ready(Ok(half.buffer.data()))
    }

    fn consume(self: Pin<&mut Self>, count: usize) {
        let half = self.get_mut();
        half.buffer.consume(count);
        half.io.spend();
    }
}

impl<S: Socket> AsyncWrite for WriteHalf<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let half = self.get_mut();
        let wait = Wait {
            what: S::NAMES.write,
            at: half.made_at,
        };
        let mut interest = half.interest.take();
        let result = half.poll_send(context, &mut interest, wait, bytes);
        half.interest = interest;
        result
    }

    fn poll_flush(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// Ends the direction in which we write.
    fn poll_close(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.shutdown(Shutdown::Write) {
            // The peer was faster.
            Err(error) if error.kind() == io::ErrorKind::NotConnected => Poll::Ready(Ok(())),
            closed => Poll::Ready(closed),
        }
    }
}

impl<S: Socket> AsyncRead for Stream<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut [u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.reader).poll_read(context, into)
    }
}

impl<S: Socket> AsyncBufRead for Stream<S> {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        Pin::new(&mut self.get_mut().reader).poll_fill_buf(context)
    }

    fn consume(mut self: Pin<&mut Self>, count: usize) {
        Pin::new(&mut self.reader).consume(count);
    }
}

impl<S: Socket> AsyncWrite for Stream<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.writer).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writer).poll_flush(context)
    }

    fn poll_close(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writer).poll_close(context)
    }
}
