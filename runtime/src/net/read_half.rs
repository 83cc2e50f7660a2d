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
use crate::event_loop::{Direction, Interest, Io};
use crate::waiting::Wait;

/// The longest line, unless it is said otherwise: asyncio's limit.
const LINE_LIMIT: usize = 64 * 1024;

/// The most that `read_to_end` reads before others have their turn, if need be.
const PORTION: usize = 64 * 1024;

/// The half of a [`Stream`](super::Stream) that reads: what [`into_split`](super::Stream::into_split) gives.
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
    pub(super) fn new(io: Io<S>, made_at: &'static Location<'static>) -> Self {
        ReadHalf {
            io,
            buffer: Buffer::default(),
            line_limit: LINE_LIMIT,
            interest: None,
            made_at,
        }
    }

    /// Reads what has come. See [`Stream::read`](super::Stream::read).
    ///
    /// # Errors
    ///
    /// As there.
    #[track_caller]
    pub fn read(&mut self, into: &mut [u8]) -> impl Future<Output = io::Result<usize>> {
        let wait = self.begin(S::NAMES.read);
        let mut interest = None;
        poll_fn(move |context| self.poll_bytes(context, &mut interest, wait, into))
    }

    /// Reads until `into` is full. See [`Stream::read_exact`](super::Stream::read_exact).
    #[track_caller]
    pub fn read_exact<'a>(&'a mut self, into: &'a mut [u8]) -> ReadExact<'a, S> {
        let wait = self.begin(S::NAMES.read_exact);
        ReadExact::new(self, into, wait)
    }

    /// Adds the next line to `line`. See [`Stream::read_line`](super::Stream::read_line).
    ///
    /// # Errors
    ///
    /// As there.
    #[track_caller]
    pub fn read_line(&mut self, line: &mut String) -> impl Future<Output = io::Result<usize>> {
        let wait = self.begin(S::NAMES.read_line);
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

    /// Adds all that comes until the stream ends. See [`Stream::read_to_end`](super::Stream::read_to_end).
    ///
    /// # Errors
    ///
    /// As there.
    #[track_caller]
    pub fn read_to_end(&mut self, into: &mut Vec<u8>) -> impl Future<Output = io::Result<usize>> {
        let wait = self.begin(S::NAMES.read_to_end);
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

    /// The longest line, in bytes. See [`Stream::set_line_limit`](super::Stream::set_line_limit).
    pub fn set_line_limit(&mut self, limit: usize) {
        self.line_limit = limit;
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
