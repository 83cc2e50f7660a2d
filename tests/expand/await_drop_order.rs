use std::future::ready;

use unawait::prelude::*;

pub struct Connection(pub String);

impl Connection {
    async fn ping(&mut self, text: &str) -> usize {
        self.0.push_str(text);
        ready(self.0.len()).await
    }
}

#[coro]
pub async fn both(mut first: Connection, second: Connection) -> usize {
    let n = first.ping(&second.0).await;
    n + second.0.len()
}
