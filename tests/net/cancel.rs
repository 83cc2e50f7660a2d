//! Futures that are dropped before they are complete. Each is polled first, while what it waits for has come in part.

use std::io;
use std::pin::pin;
use std::time::Duration;

use unawait::net::{Shutdown, TcpListener, TcpStream};
use unawait::prelude::*;
use unawait::task::spawn;
use unawait::time::sleep;

use super::{give_up, pair, pattern, poll_once, test};

/// Time for what was sent to arrive.
const A_MOMENT: Duration = Duration::from_millis(5);

#[test]
fn read_loses_nothing() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        let mut byte = [0];
        for round in 0..20 {
            give_up(other.read(&mut byte));
            one.write_all(&[round]).await?;
            assert_eq!(other.read(&mut byte).await?, 1);
            assert_eq!(byte, [round]);
        }
        Ok(())
    }
    test(body());
}

#[test]
fn read_exact_gives_back_what_has_come() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        one.write_all(b"line\nab").await?;
        other.read_line(&mut String::new()).await?;
        sleep(A_MOMENT).await;
        give_up(other.read_exact(&mut [0; 3]));
        one.write_all(b"cd").await?;
        sleep(A_MOMENT).await;
        give_up(other.read_exact(&mut [0; 100]));
        one.write_all(b"ef\n").await?;
        let mut line = String::new();
        other.read_line(&mut line).await?;
        assert_eq!(line, "abcdef\n");
        // What is complete is not given back.
        one.write_all(b"gh").await?;
        let mut byte = [0];
        other.read_exact(&mut byte).await?;
        assert_eq!(&byte, b"g");
        other.read_exact(&mut byte).await?;
        assert_eq!(&byte, b"h");
        Ok(())
    }
    test(body());
}

#[test]
fn read_line_keeps_what_has_come() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        let mut line = String::new();
        for part in ["a", "b", "ä", "c"] {
            one.write_all(part.as_bytes()).await?;
            sleep(A_MOMENT).await;
            give_up(other.read_line(&mut line));
            assert_eq!(line, "");
        }
        one.write_all(b"\n").await?;
        other.read_line(&mut line).await?;
        assert_eq!(line, "abäc\n");
        Ok(())
    }
    test(body());
}

#[test]
fn read_to_end_leaves_what_has_come_in_the_vector() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        let mut all = Vec::new();
        one.write_all(b"ab").await?;
        sleep(A_MOMENT).await;
        give_up(other.read_to_end(&mut all));
        assert_eq!(all, b"ab");
        one.write_all(b"cd").await?;
        drop(one);
        assert_eq!(other.read_to_end(&mut all).await?, 2);
        assert_eq!(all, b"abcd");
        Ok(())
    }
    test(body());
}

#[test]
fn write_all_says_how_to_go_on() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        let sent = pattern(10_000_000);
        let expected = sent.clone();
        let written = {
            let mut writing = pin!(one.write_all(&sent));
            assert!(poll_once(writing.as_mut()).is_pending());
            writing.written()
        };
        assert!(0 < written && written < sent.len());
        let reading = spawn(async move {
            let mut read = Vec::new();
            other.read_to_end(&mut read).await.map(|_| read)
        });
        one.write_all(&sent[written..]).await?;
        one.shutdown(Shutdown::Write)?;
        assert!(reading.await.unwrap()? == expected);
        Ok(())
    }
    test(body());
}

#[test]
fn write_has_written_or_has_not() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        let bytes = [1; 100_000];
        let mut written = 0;
        // Until the system takes no more.
        while let std::task::Poll::Ready(count) = poll_once(pin!(one.write(&bytes))) {
            written += count?;
        }
        give_up(one.write(&bytes));
        drop(one);
        let mut read = Vec::new();
        assert_eq!(other.read_to_end(&mut read).await?, written);
        Ok(())
    }
    test(body());
}

#[test]
fn accept_loses_no_connection() {
    #[coro]
    async fn body() -> io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        give_up(listener.accept());
        let mut streams = Vec::new();
        for _ in 0..10 {
            streams.push(TcpStream::connect(listener.local_addr()?).await?);
        }
        for stream in &streams {
            let (_, address) = listener.accept().await?;
            assert_eq!(address, stream.local_addr()?);
        }
        give_up(listener.accept());
        Ok(())
    }
    test(body());
}

#[test]
fn connect_gives_its_connection_up() {
    #[coro]
    async fn body() -> io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        // It is made at once, as far as the system is concerned.
        drop(spawn(TcpStream::connect(address)));
        let stream = TcpStream::connect(address).await?;
        loop {
            let (mut accepted, from) = listener.accept().await?;
            if from == stream.local_addr()? {
                return Ok(());
            }
            assert_eq!(accepted.read(&mut [0]).await?, 0);
        }
    }
    test(body());
}
