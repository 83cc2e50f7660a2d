//! A connection, of whatever kind of socket.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::Shutdown;
use std::panic::Location;

use super::read_exact::ReadExact;
use super::read_half::ReadHalf;
use super::socket::Socket;
use super::write_half::{WriteAll, WriteHalf};
use crate::event_loop::Io;

/// A connection: [`TcpStream`](super::TcpStream), or on Unix `UnixStream`, which say how to make one. Dropping it closes it.
///
/// What is read ahead for `read_line` and its like stays in the stream, and all other reads take that first. Writes are not
/// buffered.
///
/// It also has the traits `AsyncRead`, `AsyncBufRead` and `AsyncWrite` of `futures-io`, which libraries expect.
pub struct Stream<S> {
    pub(super) reader: ReadHalf<S>,
    pub(super) writer: WriteHalf<S>,
}

impl<S: Socket> Stream<S> {
    pub(super) fn new(socket: S, made_at: &'static Location<'static>) -> io::Result<Self> {
        Ok(Stream::of(Io::new(socket)?, made_at))
    }

    pub(super) fn of(io: Io<S>, made_at: &'static Location<'static>) -> Self {
        Stream {
            reader: ReadHalf::new(io.clone(), made_at),
            writer: WriteHalf::new(io, made_at),
        }
    }

    pub(super) fn get(&self) -> &S {
        self.reader.io.get()
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
        self.reader.read(into)
    }

    /// Reads until `into` is full.
    ///
    /// Its errors are those of [`read`](Stream::read), and [`UnexpectedEof`](io::ErrorKind::UnexpectedEof) if the stream ends
    /// before. What has come until then can still be read.
    ///
    /// Cancel safety: nothing is lost. What has come already is read again by who reads next.
    #[track_caller]
    pub fn read_exact<'a>(&'a mut self, into: &'a mut [u8]) -> ReadExact<'a, S> {
        self.reader.read_exact(into)
    }

    /// Adds the next line to `line`, with its line feed. Gives the number of bytes: 0 at the end of the stream. A last line
    /// without a line feed is a line, too.
    ///
    /// Cancel safety: nothing is lost. What has come of a line stays in the stream.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Stream::read), and [`InvalidData`](io::ErrorKind::InvalidData) if the line is not UTF-8, which skips
    /// it, or if it is longer than the [limit](Stream::set_line_limit). That one stays: it can be [read](Stream::read).
    #[track_caller]
    pub fn read_line(&mut self, line: &mut String) -> impl Future<Output = io::Result<usize>> {
        self.reader.read_line(line)
    }

    /// Adds all that comes until the stream ends. Gives the number of bytes.
    ///
    /// Cancel safety: nothing is lost. What has come already is in `into`.
    ///
    /// # Errors
    ///
    /// As [`read`](Stream::read).
    #[track_caller]
    pub fn read_to_end(&mut self, into: &mut Vec<u8>) -> impl Future<Output = io::Result<usize>> {
        self.reader.read_to_end(into)
    }

    /// Sets the longest line that [`read_line`](Stream::read_line) takes, in bytes with the line feed. 64 KiB if nothing else
    /// is said: no peer can fill the memory with a line that never ends.
    pub fn set_line_limit(&mut self, limit: usize) {
        self.reader.set_line_limit(limit);
    }

    /// Writes as much as the system takes at once, and waits if that is nothing. Gives the number of bytes.
    ///
    /// Cancel safety: if it is dropped before it is complete, nothing was written.
    ///
    /// # Errors
    ///
    /// As the socket has them: the peer has closed the connection, say.
    #[track_caller]
    pub fn write(&mut self, bytes: &[u8]) -> impl Future<Output = io::Result<usize>> {
        self.writer.write(bytes)
    }

    /// Writes all, and waits whenever the peer does not read as fast. Its errors are those of [`write`](Stream::write).
    ///
    /// Cancel safety: if it is dropped before it is complete, the first part was written. To go on, ask it before
    /// [how much](WriteAll::written) that was, or call [`write`](Stream::write) in a loop.
    #[track_caller]
    pub fn write_all<'a>(&'a mut self, bytes: &'a [u8]) -> WriteAll<'a, S> {
        self.writer.write_all(bytes)
    }

    /// Does nothing: what was written is on its way. It is there for code that is used to call it.
    ///
    /// # Errors
    ///
    /// None.
    pub fn flush(&mut self) -> impl Future<Output = io::Result<()>> {
        self.writer.flush()
    }

    /// Ends one direction, or both. After `Shutdown::Write` the peer reads to the end, and may still answer.
    ///
    /// # Errors
    ///
    /// As the socket has them: it is not connected any more, say.
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.writer.shutdown(how)
    }

    /// Lends the two halves, to read and write at the same time.
    pub fn split(&mut self) -> (&mut ReadHalf<S>, &mut WriteHalf<S>) {
        (&mut self.reader, &mut self.writer)
    }

    /// Takes the stream apart, for two tasks. The connection is closed once both halves are dropped; dropping only the one
    /// that writes does not [end](Stream::shutdown) that direction. [`join`](Stream::join) makes a stream of them again.
    ///
    /// ```
    /// use std::io;
    /// use unawait::event_loop::run;
    /// use unawait::net::{Shutdown, TcpListener, TcpStream};
    /// use unawait::prelude::*;
    /// use unawait::task::spawn;
    ///
    /// #[coro]
    /// async fn main_task() -> io::Result<()> {
    ///     let listener = TcpListener::bind("127.0.0.1:0").await?;
    ///     let (mut reader, mut writer) = TcpStream::connect(listener.local_addr()?).await?.into_split();
    ///     let sending = spawn(async move {
    ///         writer.write_all(&[7; 1_000_000]).await?;
    ///         writer.shutdown(Shutdown::Write)
    ///     });
    ///     let (mut peer, _) = listener.accept().await?;
    ///     peer.write_all(b"I hear you").await?;
    ///     let mut answer = [0; 10];
    ///     reader.read_exact(&mut answer).await?;
    ///     assert_eq!(&answer, b"I hear you");
    ///     let mut heard = Vec::new();
    ///     assert_eq!(peer.read_to_end(&mut heard).await?, 1_000_000);
    ///     sending.await.expect("it is not cancelled")
    /// }
    ///
    /// run(main_task())??;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn into_split(self) -> (ReadHalf<S>, WriteHalf<S>) {
        (self.reader, self.writer)
    }

    /// Makes a stream of its two halves.
    ///
    /// # Errors
    ///
    /// If they are not of one stream, this gives them back.
    #[expect(
        clippy::result_large_err,
        reason = "the error is the halves, which are on their way anyhow"
    )]
    pub fn join(reader: ReadHalf<S>, writer: WriteHalf<S>) -> Result<Self, NotOfOneStream<S>> {
        if reader.io.is(&writer.io) {
            Ok(Stream { reader, writer })
        } else {
            Err(NotOfOneStream { reader, writer })
        }
    }
}

impl<S: Socket> fmt::Debug for Stream<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(formatter)
    }
}

impl<S: Socket> fmt::Debug for ReadHalf<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("ReadHalf").field(self.io.get()).finish()
    }
}

impl<S: Socket> fmt::Debug for WriteHalf<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("WriteHalf").field(self.io.get()).finish()
    }
}

/// Two halves that [`Stream::join`] was given, and that are of different streams.
pub struct NotOfOneStream<S> {
    /// The half that reads.
    pub reader: ReadHalf<S>,
    /// The half that writes.
    pub writer: WriteHalf<S>,
}

impl<S> fmt::Display for NotOfOneStream<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the two halves are of different streams")
    }
}

impl<S: Socket> fmt::Debug for NotOfOneStream<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("NotOfOneStream");
        debug
            .field("reader", &self.reader)
            .field("writer", &self.writer)
            .finish()
    }
}

impl<S: Socket> Error for NotOfOneStream<S> {}
