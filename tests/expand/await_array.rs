#![allow(dead_code)]

use unawait::prelude::*;

struct Connection;

impl Connection {
    async fn read(&mut self, buffer: &mut [u8]) -> usize {
        buffer.len()
    }

    async fn write(&mut self, _: &[u8]) {}
}

#[coro]
async fn echo(mut connection: Connection) {
    let mut buffer = [0; 4096];
    loop {
        let n = connection.read(&mut buffer).await;
        if n == 0 {
            break;
        }
        connection.write(&buffer[..n]).await;
    }
}
