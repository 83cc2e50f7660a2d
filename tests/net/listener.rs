//! Accepting.

use std::io;

use futures::StreamExt;
use unawait::net::{TcpListener, TcpStream};
use unawait::prelude::*;
use unawait::task::spawn;

use super::test;

#[test]
fn incoming_is_a_stream_of_connections() {
    #[coro]
    async fn body() -> io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let clients = spawn(async move {
            for number in 0..5_u8 {
                TcpStream::connect(address).await?.write_all(&[number]).await?;
            }
            io::Result::Ok(())
        });
        let mut incoming = listener.incoming().take(5);
        let mut numbers = Vec::new();
        while let Some(stream) = incoming.next().await {
            stream?.read_to_end(&mut numbers).await?;
        }
        assert_eq!(numbers, [0, 1, 2, 3, 4]);
        clients.await.unwrap()
    }
    test(body());
}

#[test]
fn several_tasks_accept_at_one_listener() {
    #[coro]
    async fn body() -> io::Result<()> {
        let listener = std::rc::Rc::new(TcpListener::bind("127.0.0.1:0").await?);
        let address = listener.local_addr()?;
        let accepting = [(); 4].map(|()| {
            let listener = listener.clone();
            spawn(async move { listener.accept().await.map(|(_, address)| address) })
        });
        let mut clients = Vec::new();
        for _ in 0..4 {
            clients.push(TcpStream::connect(address).await?);
        }
        let mut accepted = Vec::new();
        for task in accepting {
            accepted.push(task.await.unwrap()?);
        }
        let mut expected = Vec::new();
        for client in &clients {
            expected.push(client.local_addr()?);
        }
        accepted.sort();
        expected.sort();
        assert_eq!(accepted, expected);
        Ok(())
    }
    test(body());
}

#[test]
fn a_port_is_taken_once_and_free_again_after() {
    #[coro]
    async fn body() -> io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let error = TcpListener::bind(address).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
        let client = TcpStream::connect(address).await?;
        drop(listener.accept().await?);
        drop((listener, client));
        TcpListener::bind(address).await?;
        Ok(())
    }
    test(body());
}

#[test]
fn a_listener_of_std_is_taken_over() {
    #[coro]
    async fn body() -> io::Result<()> {
        let listener = TcpListener::from_std(std::net::TcpListener::bind("127.0.0.1:0")?)?;
        let client = std::net::TcpStream::connect(listener.local_addr()?)?;
        let mut client = TcpStream::from_std(client)?;
        listener.accept().await?.0.write_all(b"x").await?;
        assert_eq!(client.read(&mut [0; 2]).await?, 1);
        Ok(())
    }
    test(body());
}
