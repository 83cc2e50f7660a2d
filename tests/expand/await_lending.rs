use unawait::prelude::*;

pub trait Socket {
    fn read(&mut self, buffer: &mut [u8]) -> impl Future<Output = Result<usize, String>>;
    fn write(&mut self, bytes: &[u8]) -> impl Future<Output = Result<(), String>>;
}

#[coro]
pub async fn echo(mut socket: impl Socket) -> Result<(), String> {
    let mut buffer = [0; 1024];
    loop {
        let n = socket.read(&mut buffer).await?;
        if n == 0 {
            return Ok(());
        }
        socket.write(&buffer[..n]).await?;
    }
}
