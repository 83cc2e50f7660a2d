//! Sockets with a path.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use unawait::net::{UnixListener, UnixStream};
use unawait::prelude::*;
use unawait::task::spawn;

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
