//! The half of a stream that reads.

use std::future::poll_fn;
use std::io;
use std::net::Shutdown;
use std::panic::Location;
use std::str;
use std::task::{Context, Poll, ready};

use super::buffer::Buffer;
use super::read_exact::ReadExact;
use super::socket::Socket;
use super::stream::{NotOfOneStream, Stream};
use super::write_half::WriteHalf;
use crate::event_loop::{Direction, Interest, Io};
use crate::waiting::Wait;

/// The longest line, unless it is said otherwise: asyncio's limit.
const LINE_LIMIT: usize = 64 * 1024;

/// The most that `read_to_end` reads before others have their turn, if need be.
const PORTION: usize = 64 * 1024;

/// The half of a [`Stream`] that reads: what [`into_split`](Stream::into_split) gives.
pub struct ReadHalf<S> {
    pub(super) io: Io<S>,
    pub(super) buffer: Buffer,
    line_limit: usize,
    /// The wait of who polls it through the traits of `futures-io`.
    pub(super) interest: Option<Interest>,
    /// Where the stream was made.
    pub(super) made_at: &'static Location<'static>,
}

impl<S: Socket> ReadHalf<S> {
    #[track_caller]
    pub(super) fn new(io: Io<S>) -> Self {
        ReadHalf {
            io,
            buffer: Buffer::default(),
            line_limit: LINE_LIMIT,
            interest: None,
            made_at: Location::caller(),
        }
    }

    /// Reads what has come, but not more than fits, and waits if that is nothing. Gives the number of bytes: 0 at the end of
    /// the stream, or if nothing fits.
    ///
    /// Cancel safety: nothing is lost.
    ///
    /// # Errors
    ///
    /// As the socket has them: the peer has reset the connection, say.
    #[track_caller]
    pub fn read(&mut self, into: &mut [u8]) -> impl Future<Output = io::Result<usize>> {
        let wait = Wait::here(S::NAMES.read);
        let mut interest = None;
        poll_fn(move |context| self.poll_bytes(context, &mut interest, wait, into))
    }

    /// Reads until `into` is full.
    ///
    /// Cancel safety: nothing is lost. What had come already is read again.
    ///
    /// # Errors
    ///
    /// [`UnexpectedEof`](io::ErrorKind::UnexpectedEof) if the stream ends before. What has come until an error can still be
    /// [read](ReadHalf::read).
    #[track_caller]
    pub fn read_exact<'a>(&'a mut self, into: &'a mut [u8]) -> ReadExact<'a, S> {
        ReadExact::new(self, into, Wait::here(S::NAMES.read_exact))
    }

    /// Adds the next line to `line`, with its line feed. Gives the number of bytes: 0 at the end of the stream. A last line
    /// without a line feed is a line.
    ///
    /// Cancel safety: nothing is lost. What has come of a line stays in the stream.
    ///
    /// # Errors
    ///
    /// [`InvalidData`](io::ErrorKind::InvalidData) if the line is not UTF-8, which is skipped then; and if it is longer than
    /// the [limit](ReadHalf::set_line_limit): that stays, and can be [read](ReadHalf::read).
    #[track_caller]
    pub fn read_line(&mut self, line: &mut String) -> impl Future<Output = io::Result<usize>> {
        let wait = Wait::here(S::NAMES.read_line);
        let mut interest = None;
        poll_fn(move |context| {
            let length = ready!(self.poll_line(context, &mut interest, wait))?;
            self.io.spend();
            let text = str::from_utf8(&self.buffer.data()[..length]).map(|text| line.push_str(text));
            self.buffer.consume(length);
            match text {
                Ok(()) => Poll::Ready(Ok(length)),
                Err(error) => Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, error))),
            }
        })
    }

    /// Adds all that comes until the stream ends. Gives the number of bytes.
    ///
    /// Cancel safety: nothing is lost. What has come already is in `into`.
    ///
    /// # Errors
    ///
    /// As [`read`](ReadHalf::read).
    #[track_caller]
    pub fn read_to_end(&mut self, into: &mut Vec<u8>) -> impl Future<Output = io::Result<usize>> {
        let wait = Wait::here(S::NAMES.read_to_end);
        let (mut interest, before) = (None, into.len());
        poll_fn(move |context| {
            into.extend_from_slice(self.buffer.data());
            self.buffer.consume(self.buffer.len());
            loop {
                let read = self.io.poll(context, Direction::Read, &mut interest, wait, |socket| {
                    socket.receive_all(PORTION as u64, into)
                });
                if ready!(read)? < PORTION {
                    return Poll::Ready(Ok(into.len() - before));
                }
            }
        })
    }

    /// The longest line that [`read_line`](ReadHalf::read_line) takes, in bytes: 64 KiB if nothing else is said.
    pub fn set_line_limit(&mut self, limit: usize) {
        self.line_limit = limit;
    }

    /// Makes one stream of the two halves.
    ///
    /// # Errors
    ///
    /// If they are not of one stream, it gives them back.
    pub fn join(self, writer: WriteHalf<S>) -> Result<Stream<S>, NotOfOneStream<S>> {
        Stream::of_halves(self, writer)
    }

    /// Ends one direction, or both. See [`Stream::shutdown`].
    ///
    /// # Errors
    ///
    /// As the socket has them: it is not connected any more, say.
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.io.get().shut_down(how)
    }

    /// Reads what is in the buffer, else what has come.
    pub(super) fn poll_bytes(
        &mut self,
        context: &Context<'_>,
        interest: &mut Option<Interest>,
        wait: Wait,
        into: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        if into.is_empty() {
            return Poll::Ready(Ok(0));
        }
        if self.buffer.is_empty() {
            let receive = |socket: &S| socket.receive(into);
            return self.io.poll(context, Direction::Read, interest, wait, receive);
        }
        ready!(self.io.poll_turn(context))?;
        self.io.spend();
        Poll::Ready(Ok(self.buffer.take_into(into)))
    }

    /// Adds what has come to the buffer.
    pub(super) fn poll_fill(
        &mut self,
        context: &Context<'_>,
        interest: &mut Option<Interest>,
        wait: Wait,
    ) -> Poll<io::Result<usize>> {
        let buffer = &mut self.buffer;
        let fill = |socket: &S| buffer.fill(|room| socket.receive(room));
        self.io.poll(context, Direction::Read, interest, wait, fill)
    }

    /// Waits until the first line is in the buffer, and gives its length.
    fn poll_line(
        &mut self,
        context: &Context<'_>,
        interest: &mut Option<Interest>,
        wait: Wait,
    ) -> Poll<io::Result<usize>> {
        ready!(self.io.poll_turn(context))?;
        loop {
            let line = self.buffer.line_length();
            if line.unwrap_or(self.buffer.len()) > self.line_limit {
                let limit = self.line_limit;
                let complaint = format!("the line is longer than {limit} bytes");
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, complaint)));
            }
            if let Some(length) = line {
                return Poll::Ready(Ok(length));
            }
            if ready!(self.poll_fill(context, interest, wait))? == 0 {
                return Poll::Ready(Ok(self.buffer.len()));
            }
        }
    }
}
