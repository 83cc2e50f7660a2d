//! TCP connections.

use std::cell::RefCell;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use unawait::event_loop::{EventLoop, Report, RunError, run};
use unawait::net::{Shutdown, TcpListener, TcpStream};
use unawait::prelude::*;
use unawait::task::spawn;
use unawait::time::{sleep, timeout};

use super::{pair, pattern, test};

#[test]
fn all_that_is_written_is_read_in_order() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (one, mut other) = pair().await?;
        let (mut reader, mut writer) = one.into_split();
        let sent = pattern(5_000_000);
        let expected = sent.clone();
        let sending = spawn(async move {
            for chunk in sent.chunks(70_001) {
                writer.write_all(chunk).await?;
            }
            writer.shutdown(Shutdown::Write)
        });
        let echoing = spawn(async move {
            let mut buffer = vec![0; 9_999];
            loop {
                match other.read(&mut buffer).await? {
                    0 => return io::Result::Ok(()),
                    count => other.write_all(&buffer[..count]).await?,
                }
            }
        });
        let mut read = Vec::new();
        assert_eq!(reader.read_to_end(&mut read).await?, expected.len());
        assert!(read == expected);
        sending.await.unwrap()?;
        echoing.await.unwrap()
    }
    test(body());
}

#[test]
fn it_talks_with_a_thread_of_std() {
    #[coro]
    async fn body() -> io::Result<()> {
        let listener = TcpListener::bind(("localhost", 0)).await?;
        let address = listener.local_addr()?;
        let client = thread::spawn(move || {
            let mut stream = std::net::TcpStream::connect(address)?;
            stream.write_all(b"ping")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            io::Result::Ok(answer)
        });
        let (mut stream, from) = listener.accept().await?;
        assert_eq!(stream.peer_addr()?, from);
        assert_eq!(stream.local_addr()?, address);
        stream.set_nodelay(true)?;
        let mut question = [0; 4];
        stream.read_exact(&mut question).await?;
        assert_eq!(&question, b"ping");
        stream.write_all(b"pong").await?;
        stream.flush().await?;
        drop(stream);
        assert_eq!(client.join().unwrap()?, "pong");
        Ok(())
    }
    test(body());
}

#[test]
fn who_has_shut_down_one_direction_still_reads() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        one.write_all(b"question").await?;
        one.shutdown(Shutdown::Write)?;
        let mut question = Vec::new();
        other.read_to_end(&mut question).await?;
        assert_eq!(question, b"question");
        assert_eq!(other.read(&mut [0; 8]).await?, 0);
        other.write_all(b"answer").await?;
        drop(other);
        let mut answer = Vec::new();
        one.read_to_end(&mut answer).await?;
        assert_eq!(answer, b"answer");
        assert_eq!(one.write(b"more").await.unwrap_err().kind(), ErrorKind::BrokenPipe);
        Ok(())
    }
    test(body());
}

#[test]
fn the_end_before_all_has_come_is_an_error_that_loses_nothing() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        one.write_all(b"half").await?;
        drop(one);
        let mut whole = [0; 8];
        let error = other.read_exact(&mut whole).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
        let mut rest = Vec::new();
        assert_eq!(other.read_to_end(&mut rest).await?, 4);
        assert_eq!(rest, b"half");
        Ok(())
    }
    test(body());
}

#[test]
fn a_connection_that_is_refused_is_an_error() {
    #[coro]
    async fn body() -> io::Result<()> {
        // It has a port, and does not listen.
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
        socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())?;
        let address = socket.local_addr()?.as_socket().expect("it is of IP");
        let error = TcpStream::connect(address).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
        let error = TcpStream::connect("no such host:80").await.unwrap_err();
        assert!(error.raw_os_error().is_none(), "{error}");
        TcpStream::connect("no port").await.unwrap_err();
        Ok(())
    }
    test(body());
}

/// On Linux, who connects waits while the listener's queue is full.
#[cfg(target_os = "linux")]
#[test]
fn a_connection_that_is_not_made_at_once_is_awaited() {
    #[coro]
    async fn body() -> io::Result<()> {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
        socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())?;
        socket.listen(1)?;
        let listener = TcpListener::from_std(socket.into())?;
        let address = listener.local_addr()?;
        let mut streams = Vec::new();
        while let Ok(stream) = timeout(Duration::from_millis(50), TcpStream::connect(address)).await {
            streams.push(stream?);
            assert!(streams.len() < 10, "the queue takes one or two");
        }
        let late = spawn(TcpStream::connect(address));
        sleep(Duration::from_millis(50)).await;
        assert!(!late.is_finished());
        for _ in 0..=streams.len() {
            listener.accept().await?;
        }
        late.await.unwrap()?.write_all(b"there").await
    }
    test(body());
}

#[test]
fn a_connection_that_is_reset_is_an_error() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (client, mut stream) = pair().await?;
        socket2::SockRef::from(&client).set_linger(Some(Duration::ZERO))?;
        let waiting = spawn(async move { stream.read(&mut [0; 8]).await });
        sleep(Duration::from_millis(5)).await;
        drop(client);
        let error = waiting.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
        Ok(())
    }
    test(body());
}

#[test]
fn halves_are_joined_again() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        other.write_all(b"first line\nsecond").await?;
        let mut line = String::new();
        one.read_line(&mut line).await?;
        let (reader, writer) = one.into_split();
        let mut one = TcpStream::join(reader, writer).unwrap();
        let mut rest = [0; 6];
        one.read_exact(&mut rest).await?;
        assert_eq!(&rest, b"second");

        let ((one, _), (_, other)) = (one.into_split(), other.into_split());
        let error = TcpStream::join(one, other).unwrap_err();
        assert_eq!(error.to_string(), "the two halves are of different streams");
        Ok(())
    }
    test(body());
}

#[test]
fn lent_halves_read_and_write_at_once() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        let echoing = spawn(async move {
            let (reader, writer) = other.split();
            futures::io::copy(reader, writer).await
        });
        let sent = pattern(3_000_000);
        let mut read = vec![0; sent.len()];
        let (reader, writer) = one.split();
        let (written, all_read) = futures::join!(writer.write_all(&sent), reader.read_exact(&mut read));
        written?;
        all_read?;
        assert!(read == sent);
        one.shutdown(Shutdown::Write)?;
        assert_eq!(echoing.await.unwrap()?, 3_000_000);
        Ok(())
    }
    test(body());
}

#[test]
fn a_socket_is_of_its_loop() {
    let (mut one, _other) = run(pair()).unwrap().unwrap();
    let error = run(async move { one.read(&mut [0; 8]).await }).unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the socket belongs to an event loop that is not running"
    );
}

#[test]
fn a_dropped_socket_is_awaited_no_more() {
    let result = run(async {
        let (mut one, _other) = pair().await.unwrap();
        let waiting = spawn(async move { one.read(&mut [0; 8]).await });
        let limited = timeout(Duration::from_millis(10), waiting).await;
        assert!(limited.is_err());
        futures::future::pending::<()>().await;
    });
    assert!(matches!(result, Err(RunError::Deadlock(_))), "{result:?}");
}

#[test]
fn reports_name_the_line_that_waits() {
    let reports = Rc::new(RefCell::new(Vec::new()));
    let event_loop = EventLoop::new();
    event_loop.set_debug(Some(Duration::from_millis(5)));
    event_loop.set_exception_handler({
        let reports = reports.clone();
        move |report| {
            if let Report::SlowStep { task, .. } = report {
                reports.borrow_mut().push(task.to_string());
            }
        }
    });
    let result = event_loop.run_until_complete(async {
        let (mut one, other) = pair().await?;
        let slow = spawn(async move {
            thread::sleep(Duration::from_millis(20));
            one.read_exact(&mut [0; 8]).await // here
        })
        .named("slow");
        sleep(Duration::from_millis(1)).await;
        drop(other);
        slow.await.unwrap()
    });
    assert_eq!(result.unwrap().unwrap_err().kind(), ErrorKind::UnexpectedEof);
    let reports = reports.borrow();
    let line = "one.read_exact(&mut [0; 8]).await // here";
    let found = |report: &String| {
        report.starts_with("slow in `TcpStream::read_exact` at tests/net/streams.rs:") && report.contains(line)
    };
    assert!(reports.iter().any(found), "{reports:?}");
}
