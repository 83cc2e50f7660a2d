//! Sockets: TCP, UDP, and on Unix those with a path.
//!
//! They belong to the loop that is running when they are made, and to its thread: they are not `Send`, and an error elsewhere.
//! What waits names the line that called it, in [reports](crate::event_loop::Report).
//!
//! ```
//! use std::io;
//! use unawait::event_loop::run;
//! use unawait::net::{TcpListener, TcpStream};
//! use unawait::prelude::*;
//! use unawait::task::spawn;
//!
//! #[coro]
//! async fn answer(listener: TcpListener) -> io::Result<()> {
//!     let (mut stream, _) = listener.accept().await?;
//!     let mut name = String::new();
//!     stream.read_line(&mut name).await?;
//!     stream.write_all(format!("Hello, {}!\n", name.trim_end()).as_bytes()).await
//! }
//!
//! #[coro]
//! async fn main_task() -> io::Result<String> {
//!     let listener = TcpListener::bind("127.0.0.1:0").await?;
//!     let mut stream = TcpStream::connect(listener.local_addr()?).await?;
//!     spawn(answer(listener)).detach();
//!     stream.write_all(b"World\n").await?;
//!     let mut answer = String::new();
//!     stream.read_line(&mut answer).await?;
//!     Ok(answer)
//! }
//!
//! assert_eq!(run(main_task())??, "Hello, World!\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ```compile_fail,E0277
//! # use unawait::net::TcpStream;
//! fn send_away(stream: impl Send) {}
//!
//! fn leave_the_loop(stream: TcpStream) {
//!     send_away(stream);
//! }
//! ```
//!
//! # Cancel safety
//!
//! What is lost when a future of theirs is dropped before it is complete, as by a time limit or by the other branch of a select:
//!
//! | | lost |
//! |---|---|
//! | `accept`, `read`, `read_line`, `read_exact`, `recv`, `recv_from`, `write`, `send`, `send_to` | nothing: it was done, or it was not |
//! | `read_to_end` | nothing: what has come is in the vector |
//! | `write_all` | how far it got, unless [`WriteAll::written`] is asked first |
//! | `connect` | the connection that was being made |
//!
//! # Fairness
//!
//! A step of a task does at most 64 operations on sockets. Then it is suspended, though its socket is ready, so that no peer who
//! always sends keeps the other tasks from their turn.
//!
//! # For those who know asyncio
//!
//! | asyncio | here |
//! |---|---|
//! | `await asyncio.open_connection(host, port)` | [`TcpStream::connect`], [`into_split`](TcpStream::into_split) |
//! | `asyncio.start_server(f, host, port)` | [`TcpListener::bind`], and [`spawn`](crate::task::spawn) for each [`accept`](TcpListener::accept) |
//! | `reader.readline()`, `readexactly(n)`, `read()` | `read_line`, `read_exact`, `read_to_end` |
//! | `writer.write(data)`, `await writer.drain()` | `write_all`, which waits by itself |
//! | `writer.write_eof()` | `shutdown(Shutdown::Write)` |
//! | `asyncio.open_unix_connection(path)` | `UnixStream::connect` |
//! | `loop.create_datagram_endpoint(..)` | [`UdpSocket`] |

mod addresses;
mod borrow;
mod buffer;
mod connecting;
mod read_exact;
mod read_half;
mod socket;
mod stream;
mod tcp_listener;
mod tcp_stream;
mod traits;
mod udp_socket;
#[cfg(unix)]
mod unix;
mod write_half;

pub use std::net::Shutdown;

pub use self::read_exact::ReadExact;
pub use self::read_half::ReadHalf;
pub use self::stream::{NotOfOneStream, Stream};
pub use self::tcp_listener::{Incoming, TcpListener};
pub use self::tcp_stream::{TcpReadHalf, TcpStream, TcpWriteHalf};
pub use self::udp_socket::UdpSocket;
#[cfg(unix)]
pub use self::unix::{UnixListener, UnixReadHalf, UnixStream, UnixWriteHalf};
pub use self::write_half::{WriteAll, WriteHalf};
