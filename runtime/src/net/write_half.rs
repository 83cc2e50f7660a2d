//! The half of a stream that writes.

use std::future::{poll_fn, ready};
use std::io;
use std::net::Shutdown;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::socket::Socket;
use crate::event_loop::{Direction, Interest, Io};
use crate::waiting::Wait;

/// The half of a [`Stream`](super::Stream) that writes: what [`into_split`](super::Stream::into_split) gives.
pub struct WriteHalf<S> {
    pub(super) io: Io<S>,
    /// The wait of who polls it through the traits of `futures-io`.
    pub(super) interest: Option<Interest>,
    /// Where the stream was made.
    pub(super) made_at: &'static Location<'static>,
}

impl<S: Socket> WriteHalf<S> {
    pub(super) fn new(io: Io<S>, made_at: &'static Location<'static>) -> Self {
        WriteHalf {
            io,
            interest: None,
            made_at,
        }
    }

    /// Writes as much as the system takes at once. See [`Stream::write`](super::Stream::write).
    ///
    /// # Errors
    ///
    /// As there.
    #[track_caller]
    pub fn write(&mut self, bytes: &[u8]) -> impl Future<Output = io::Result<usize>> {
        let wait = self.begin(S::NAMES.write);
        let mut interest = None;
        poll_fn(move |context| self.poll_send(context, &mut interest, wait, bytes))
    }

    /// Writes all. See [`Stream::write_all`](super::Stream::write_all).
    #[track_caller]
    pub fn write_all<'a>(&'a mut self, bytes: &'a [u8]) -> WriteAll<'a, S> {
        WriteAll {
            wait: self.begin(S::NAMES.write_all),
            half: self,
            bytes,
            written: 0,
            interest: None,
        }
    }

    /// Does nothing: what was written is on its way. It is there for code that is used to call it.
    ///
    /// # Errors
    ///
    /// None.
    pub fn flush(&mut self) -> impl Future<Output = io::Result<()>> {
        ready(Ok(()))
    }

    /// Ends one direction, or both. See [`Stream::shutdown`](super::Stream::shutdown).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.io.get().shut_down(how)
    }

    /// An operation begins, for whom the caller calls. Whoever polled through the traits has given up.
    #[track_caller]
    fn begin(&mut self, what: &'static str) -> Wait {
        self.interest = None;
        Wait::here(what)
    }

    /// Writes as much as the system takes.
    pub(super) fn poll_send(
        &self,
        context: &Context<'_>,
        interest: &mut Option<Interest>,
        wait: Wait,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let send = |socket: &S| socket.send(bytes);
        self.io.poll(context, Direction::Write, interest, wait, send)
    }
}

/// What [`Stream::write_all`](super::Stream::write_all) gives.
#[must_use = "futures do nothing unless awaited"]
pub struct WriteAll<'a, S> {
    half: &'a WriteHalf<S>,
    bytes: &'a [u8],
    written: usize,
    wait: Wait,
    interest: Option<Interest>,
}

impl<S> WriteAll<'_, S> {
    /// How many bytes it has written.
    #[must_use]
    pub fn written(&self) -> usize {
        self.written
    }
}

impl<S: Socket> Future for WriteAll<'_, S> {
    type Output = io::Result<()>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        while this.written < this.bytes.len() {
            let rest = &this.bytes[this.written..];
            match ready!(this.half.poll_send(context, &mut this.interest, this.wait, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                count => this.written += count,
            }
        }
        Poll::Ready(Ok(()))
    }
}
