//! A socket that does not block, and a task's wait for it.

use std::io;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use polling::AsSource;

use super::sources::{Direction, Source};
use super::{EventLoop, running};
use crate::waiting::{Registration, Wait};

/// A wait for a socket. It ends when this drops.
pub(crate) struct Interest {
    source: Rc<Source>,
    number: u64,
}

impl Drop for Interest {
    fn drop(&mut self) {
        self.source.forget(self.number);
    }
}

/// A socket that does not block, in the poller of a loop. Clones share it.
pub(crate) struct Io<T> {
    socket: Rc<T>,
    source: Rc<Source>,
}

impl<T> Clone for Io<T> {
    fn clone(&self) -> Self {
        Io {
            socket: self.socket.clone(),
            source: self.source.clone(),
        }
    }
}

impl<T: AsSource + 'static> Io<T> {
    /// Gives the running loop a socket that was set not to block.
    #[track_caller]
    pub(crate) fn new(socket: T) -> io::Result<Self> {
        let socket = Rc::new(socket);
        let source = Source::new(socket.clone(), &EventLoop::running())?;
        Ok(Io { socket, source })
    }

    pub(crate) fn get(&self) -> &T {
        &self.socket
    }

    /// Whether both are one socket.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.socket, &other.socket)
    }

    /// Whether the step that is running may do one more operation. If it may not, others have their turn first.
    pub(crate) fn poll_turn(&self, context: &Context<'_>) -> Poll<io::Result<()>> {
        // One of another loop would wait in a poller that nobody asks.
        let Some(event_loop) = running().filter(|event_loop| self.source.is_of(event_loop)) else {
            return Poll::Ready(Err(io::Error::other(
                "the socket belongs to an event loop that is not running",
            )));
        };
        if event_loop.inner().budget.get() > 0 {
            return Poll::Ready(Ok(()));
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }

    /// Takes an operation that was done from what the step may do. One that would block is not counted: a step that tries many
    /// sockets in vain gets to the last of them.
    pub(crate) fn spend(&self) {
        self.source.spend();
    }

    /// Tries `operation`. If it would block, the task waits until the socket is ready for another try.
    pub(crate) fn poll<R>(
        &self,
        context: &Context<'_>,
        direction: Direction,
        interest: &mut Option<Interest>,
        wait: Wait,
        mut operation: impl FnMut(&T) -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        ready!(self.poll_turn(context))?;
        loop {
            match operation(&self.socket) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                done => {
                    *interest = None;
                    self.spend();
                    return Poll::Ready(done);
                }
            }
        }
        let waits = interest.as_ref();
        if !waits.is_some_and(|interest| interest.source.renew(interest.number, context)) {
            *interest = None;
            let number = self.source.wait(direction, Registration::of(context, wait))?;
            let source = self.source.clone();
            *interest = Some(Interest { source, number });
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::net::UdpSocket;
    use std::task::{Context, Waker};

    use super::{Direction, Io};
    use crate::event_loop::EventLoop;
    use crate::waiting::Wait;

    #[test]
    fn nothing_is_left_of_a_socket_that_was_dropped() {
        let event_loop = EventLoop::new();
        let result = event_loop.run_until_complete(async {
            let event_loop = EventLoop::running();
            let sources = &event_loop.inner().sources;
            for _ in 0..3 {
                let socket = UdpSocket::bind("127.0.0.1:0")?;
                socket.set_nonblocking(true)?;
                let io = Io::new(socket)?;
                let mut interest = None;
                let context = Context::from_waker(Waker::noop());
                let polled = io.poll(&context, Direction::Read, &mut interest, Wait::here("test"), |socket| {
                    socket.recv(&mut [0])
                });
                assert!(polled.is_pending() && sources.is_awaited());
                assert_eq!(sources.by_key.borrow().len(), 1);
                drop(io);
                // The wait still has it.
                assert_eq!(sources.by_key.borrow().len(), 1);
                drop(interest);
                assert!(sources.by_key.borrow().is_empty() && !sources.is_awaited());
            }
            io::Result::Ok(())
        });
        result.unwrap().unwrap();
    }
}
