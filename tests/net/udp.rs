//! Datagrams.

use std::io;
use std::rc::Rc;

use unawait::net::UdpSocket;
use unawait::prelude::*;
use unawait::task::spawn;

use super::{give_up, test};

#[test]
fn datagrams_keep_their_ends() {
    #[coro]
    async fn body() -> io::Result<()> {
        let one = UdpSocket::bind("127.0.0.1:0").await?;
        let other = UdpSocket::bind(("localhost", 0)).await?;
        one.connect(other.local_addr()?).await?;
        other.connect(one.local_addr()?).await?;
        assert_eq!(one.peer_addr()?, other.local_addr()?);
        give_up(other.recv(&mut [0; 8]));
        one.send(b"first").await?;
        one.send(b"").await?;
        one.send(b"much too long").await?;
        let mut datagram = [0; 8];
        assert_eq!(other.recv(&mut datagram).await?, 5);
        assert_eq!(&datagram[..5], b"first");
        assert_eq!(other.recv(&mut datagram).await?, 0);
        let (length, from) = other.recv_from(&mut datagram).await?;
        assert_eq!((length, from), (8, one.local_addr()?));
        assert_eq!(&datagram, b"much too");
        Ok(())
    }
    test(body());
}

#[test]
fn one_socket_serves_two_tasks() {
    #[coro]
    async fn body() -> io::Result<()> {
        let server = Rc::new(UdpSocket::bind("127.0.0.1:0").await?);
        let address = server.local_addr()?;
        let echoing = spawn(async move {
            loop {
                let mut datagram = [0; 100];
                let (length, from) = server.recv_from(&mut datagram).await?;
                server.send_to(&datagram[..length], from).await?;
            }
            #[allow(unreachable_code)]
            io::Result::Ok(())
        });
        let client = Rc::new(UdpSocket::bind("127.0.0.1:0").await?);
        let other = client.clone();
        let receiving = spawn(async move {
            let mut numbers = Vec::new();
            while numbers.len() < 100 {
                let mut number = [0];
                other.recv_from(&mut number).await?;
                numbers.push(number[0]);
            }
            io::Result::Ok(numbers)
        });
        for number in 0..100 {
            client.send_to(&[number], address).await?;
        }
        let mut numbers = receiving.await.unwrap()?;
        numbers.sort();
        assert!(numbers.into_iter().eq(0..100));
        assert!(echoing.cancel());
        Ok(())
    }
    test(body());
}
