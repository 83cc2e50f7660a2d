//! Sockets with a path.

use std::cell::RefCell;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use futures::{AsyncReadExt, AsyncWriteExt};
use unawait::event_loop::EventLoop;
use unawait::net::{UnixListener, UnixStream};
use unawait::prelude::*;
use unawait::task::spawn;
use unawait::time::timeout;

use super::{give_up, pattern, test};

/// A path that is free.
fn path(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("unawait-{}-{name}", std::process::id()));
    let _ = fs::remove_file(&path);
    path
}

#[test]
fn two_ends_talk() {
    #[coro]
    async fn body() -> io::Result<()> {
        let path = path("talk");
        let listener = UnixListener::bind(&path)?;
        give_up(listener.accept());
        let client = spawn(UnixStream::connect(path.clone()));
        let (mut server, _) = listener.accept().await?;
        let mut client = client.await.unwrap()?;
        assert_eq!(client.peer_addr()?.as_pathname(), Some(&*path));
        client.write_all(b"question\n").await?;
        let mut line = String::new();
        server.read_line(&mut line).await?;
        assert_eq!(line, "question\n");
        server.write_all(b"answer").await?;
        drop(server);
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).await?;
        assert_eq!(answer, b"answer");
        assert_eq!(UnixListener::bind(&path).unwrap_err().kind(), ErrorKind::AddrInUse);
        drop(listener);
        let refused = UnixStream::connect(&path).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
        fs::remove_file(&path)
    }
    test(body());
}

#[test]
fn a_pair_takes_more_than_fits() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = UnixStream::pair()?;
        let sent = pattern(3_000_000);
        let expected = sent.clone();
        let sending = spawn(async move { one.write_all(&sent).await });
        let mut read = Vec::new();
        other.read_to_end(&mut read).await?;
        assert!(read == expected);
        sending.await.unwrap()
    }
    test(body());
}

#[test]
fn who_connects_waits_for_a_place_in_the_queue() {
    #[coro]
    async fn body() -> io::Result<()> {
        let path = path("queue");
        let socket = socket2::Socket::new(socket2::Domain::UNIX, socket2::Type::STREAM, None)?;
        socket.bind(&socket2::SockAddr::unix(&path)?)?;
        socket.listen(1)?;
        let listener = UnixListener::from_std(std::os::fd::OwnedFd::from(socket).into())?;
        let mut connecting = Vec::new();
        for _ in 0..10 {
            connecting.push(spawn(UnixStream::connect(path.clone())));
        }
        let mut accepted = Vec::new();
        for _ in 0..10 {
            accepted.push(listener.accept().await?);
        }
        for task in connecting {
            task.await.unwrap()?;
        }
        fs::remove_file(&path)
    }
    test(body());
}

#[test]
fn who_gave_up_waits_no_more_once_another_reads_or_writes() {
    let reports = Rc::new(RefCell::new(Vec::new()));
    let event_loop = EventLoop::new();
    event_loop.set_debug(Some(Duration::from_millis(5)));
    event_loop.set_exception_handler({
        let reports = reports.clone();
        move |report| reports.borrow_mut().push(report.to_string())
    });
    let result = event_loop.run_until_complete(async {
        let (mut one, mut other) = UnixStream::pair()?;
        // Until the system takes no more.
        let bytes = [0; 100_000];
        while futures::poll!(AsyncWriteExt::write(&mut one, &bytes)).is_ready() {}
        assert!(futures::poll!(AsyncReadExt::read(&mut one, &mut [0])).is_pending());
        thread::sleep(Duration::from_millis(20));
        let limit = Duration::from_millis(20);
        let (reader, writer) = UnixStream::split(&mut one);
        let mut byte = [0];
        let both = futures::future::join(reader.read_exact(&mut byte), writer.write_all(&bytes));
        assert!(timeout(limit, both).await.is_err());
        other.read(&mut [0]).await
    });
    assert_eq!(result.unwrap().unwrap(), 1);
    let reports = reports.borrow();
    let [slow] = &reports[..] else {
        panic!("{reports:?}");
    };
    assert!(
        slow.contains("in `UnixStream::read_exact` at tests/net/unix.rs:"),
        "{slow}"
    );
    assert!(
        slow.contains("in `UnixStream::write_all` at tests/net/unix.rs:"),
        "{slow}"
    );
    assert!(!slow.contains("in `UnixStream::read` at"), "{slow}");
    assert!(!slow.contains("in `UnixStream::write` at"), "{slow}");
}
