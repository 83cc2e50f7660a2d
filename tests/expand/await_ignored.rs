use unawait::prelude::*;

pub trait Socket {
    fn write(&mut self, bytes: &[u8]) -> impl Future<Output = Result<(), String>>;
}

#[coro]
pub async fn greet(mut socket: impl Socket, name: &str) {
    let greeting = format!("Hello, {name}!");
    let _ = socket.write(greeting.as_bytes()).await;
}
