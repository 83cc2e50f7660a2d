//! A TCP server that sends back whatever it gets, to any number of clients at once, on one thread.
//!
//! Each connection is a task. A client that has finished sending gets the rest of its echo; one that resets its connection ends
//! its own task. When the process has no file descriptors left, new clients wait until others leave. Ctrl-C closes all.
//!
//! ```text
//! cargo run --example echo_server                   # at 127.0.0.1:7007
//! cargo run --example echo_server -- 127.0.0.1:0    # at some free port, which it prints
//! nc 127.0.0.1 7007
//! ```

#[path = "support/server.rs"]
mod server;
mod support;

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use server::{address, until_ctrl_c};
use unawait::event_loop::run;
use unawait::net::{TcpListener, TcpStream};
use unawait::prelude::*;
use unawait::task::spawn;
use unawait::time::sleep;

/// Time for clients to leave, when there is no room for another one.
const A_MOMENT: Duration = Duration::from_millis(50);

#[coro]
async fn echo(mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        stream.write_all(&buffer[..count]).await?;
    }
}

#[coro]
async fn serve(address: String, out: &mut dyn Write) -> io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    writeln!(out, "listening on {}", listener.local_addr()?)?;
    out.flush()?;
    loop {
        match listener.accept().await {
            // What goes wrong with one connection is no concern of the others.
            Ok((stream, _)) => spawn(echo(stream)).detach(),
            Err(error) => {
                eprintln!("echo_server: {error}");
                sleep(A_MOMENT).await;
            }
        }
    }
}

fn main() -> ExitCode {
    support::main("echo_server [ADDRESS]", address, |address, out| {
        until_ctrl_c(run(serve(address, out)))?;
        writeln!(out, "closed")?;
        Ok(())
    })
}
