//! What the loop does while sockets are always ready, or never.

use std::cell::Cell;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::{Duration, Instant};

use unawait::event_loop::EventLoop;
use unawait::net::{TcpListener, TcpStream, UdpSocket};
use unawait::prelude::*;
use unawait::task::spawn;
use unawait::time::{sleep, timeout};

use super::{pair, test};

/// Sends bytes from one end to the other, and never has to wait.
#[coro]
async fn to_and_fro(rounds: Rc<Cell<u32>>) -> io::Result<()> {
    let (mut one, mut other) = pair().await?;
    while rounds.get() < 1_000_000 {
        one.write_all(&[1]).await?;
        other.read_exact(&mut [0]).await?;
        rounds.set(rounds.get() + 1);
    }
    Ok(())
}

#[test]
fn a_socket_that_is_always_ready_lets_others_have_their_turn() {
    #[coro]
    async fn body() -> io::Result<()> {
        let rounds = Rc::new(Cell::new(0));
        let busy = spawn(to_and_fro(rounds.clone()));
        while rounds.get() == 0 {
            sleep(Duration::ZERO).await;
        }
        let before = rounds.get();
        for _ in 0..10 {
            sleep(Duration::ZERO).await;
        }
        let meanwhile = rounds.get() - before;
        // 64 operations in a pass; a sleep takes one pass or two.
        assert!(0 < meanwhile && meanwhile < 1000, "{meanwhile}");
        assert!(!busy.is_finished());
        Ok(())
    }
    test(body());
}

#[test]
fn lines_that_have_come_let_others_have_their_turn() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        one.write_all(&b"\n".repeat(8000)).await?;
        let lines = Rc::new(Cell::new(0));
        let count = lines.clone();
        let reading = spawn(async move {
            let mut line = String::new();
            while other.read_line(&mut line).await? > 0 {
                count.set(count.get() + 1);
            }
            io::Result::Ok(())
        });
        while lines.get() == 0 {
            sleep(Duration::ZERO).await;
        }
        assert!(lines.get() < 1000, "{}", lines.get());
        drop(one);
        reading.await.unwrap()?;
        assert_eq!(lines.get(), 8000);
        Ok(())
    }
    test(body());
}

#[test]
fn one_step_tries_any_number_of_sockets_that_are_not_ready() {
    #[coro]
    async fn body() -> io::Result<()> {
        let mut sockets = Vec::new();
        for _ in 0..200 {
            sockets.push(Rc::new(UdpSocket::bind("127.0.0.1:0").await?));
        }
        let address = sockets[199].local_addr()?;
        let mut receiving: Vec<Pin<Box<dyn Future<Output = io::Result<usize>>>>> = Vec::new();
        for socket in &sockets {
            let socket = socket.clone();
            receiving.push(Box::pin(async move { socket.recv(&mut [0; 8]).await }));
        }
        let first = poll_fn(move |context| {
            let polled = receiving.iter_mut().map(|future| future.as_mut().poll(context));
            polled.fold(Poll::Pending, |first, next| if first.is_ready() { first } else { next })
        });
        sockets[0].send_to(b"late", address).await?;
        let received = timeout(Duration::from_secs(10), first).await;
        assert_eq!(received.expect("the last is tried, too")?, 4);
        Ok(())
    }
    test(body());
}

#[test]
fn a_loop_that_only_waits_does_nothing() -> Result<(), Box<dyn std::error::Error>> {
    let event_loop = EventLoop::new();
    let streams = event_loop.run_until_complete(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let client = TcpStream::connect(listener.local_addr()?).await?;
        let (mut stream, _) = listener.accept().await?;
        let (mut reader, writer) = client.into_split();
        // It waits, it was cancelled, it has ended, it was never asked: all of these must be quiet.
        spawn(async move { reader.read(&mut [0; 8]).await }).detach();
        let _ = timeout(Duration::from_millis(1), stream.read(&mut [0; 8])).await;
        let (mut ended, closed) = pair().await?;
        drop(closed);
        assert_eq!(ended.read(&mut [0; 8]).await?, 0);
        let unasked = pair().await?;
        spawn(async move { listener.accept().await.map(|_| ()) }).detach();
        io::Result::Ok((stream, writer, ended, unasked))
    })??;
    event_loop.spawn(sleep(Duration::from_millis(300))).detach();
    let (start, mut passes) = (Instant::now(), 0);
    while start.elapsed() < Duration::from_millis(200) {
        event_loop.run_once()?;
        passes += 1;
    }
    assert!(passes < 10, "{passes}");
    drop(streams);
    Ok(())
}
