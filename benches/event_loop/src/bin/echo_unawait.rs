//! The echo server of the load test, on unawait's loop.

use std::io;

use unawait::event_loop::run;
use unawait::net::{TcpListener, TcpStream};
use unawait::prelude::*;
use unawait::task::spawn;

#[coro]
async fn echo(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = vec![0; 4096];
    loop {
        let length = stream.read(&mut buffer).await?;
        if length == 0 {
            return Ok(());
        }
        stream.write_all(&buffer[..length]).await?;
    }
}

#[coro]
async fn serve() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        spawn(echo(stream)).detach();
    }
}

fn main() -> io::Result<()> {
    run(serve()).map_err(io::Error::other)?
}
