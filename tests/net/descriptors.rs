//! A process that has no file descriptors left.
#![cfg(unix)]

use std::env;
use std::fs::File;
use std::io;
use std::process::Command;
use std::time::Duration;

use unawait::net::{TcpListener, TcpStream};
use unawait::prelude::*;
use unawait::time::{sleep, timeout};

use super::test;

#[test]
fn a_listener_goes_on_when_descriptors_are_free_again() {
    const NAME: &str = "descriptors::a_listener_goes_on_when_descriptors_are_free_again";
    const CHILD: &str = "UNAWAIT_TEST_FEW_DESCRIPTORS";
    if env::var_os(CHILD).is_some() {
        return test(with_few_descriptors());
    }
    // The other tests need descriptors, so this one is run again in a process of its own.
    let mut child = Command::new("sh");
    child.args(["-c", "ulimit -n 64 && exec \"$0\" \"$@\""]);
    child.arg(env::current_exe().unwrap()).args(["--exact", NAME]);
    let output = child.env(CHILD, "1").output().unwrap();
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && out.contains("1 passed"), "{output:?}");
}

#[coro]
async fn with_few_descriptors() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let mut clients = [TcpStream::connect(address).await?, TcpStream::connect(address).await?];
    let mut files = Vec::new();
    while let Ok(file) = File::open("/dev/null") {
        files.push(file);
        assert!(files.len() < 64, "the limit is in force");
    }
    for _ in 0..3 {
        let error = listener.accept().await.unwrap_err();
        assert!(error.to_string().contains("Too many open files"), "{error}");
        sleep(Duration::from_millis(1)).await;
    }
    let error = TcpStream::connect(address).await.unwrap_err();
    assert!(error.to_string().contains("Too many open files"), "{error}");

    drop(files);
    for client in &mut clients {
        let accepted = timeout(Duration::from_secs(10), listener.accept()).await;
        let (mut stream, _) = accepted.expect("it goes on")?;
        stream.write_all(b"welcome").await?;
        drop(stream);
        let mut greeting = Vec::new();
        client.read_to_end(&mut greeting).await?;
        assert_eq!(greeting, b"welcome");
    }
    Ok(())
}
