#![allow(dead_code)]

use std::collections::HashMap;
use unawait::prelude::*;

#[derive(Default)]
pub struct Connection {
    sent: u32,
}

impl Connection {
    async fn send(&mut self, text: &str) -> Result<(), String> {
        self.sent += text.len() as u32;
        Ok(())
    }
}

pub struct Server {
    open: HashMap<u32, Connection>,
    sent: u32,
}

impl Server {
    #[coro]
    pub async fn send(&mut self, id: u32, text: &str) -> Result<u32, String> {
        if let Some(connection) = self.open.get_mut(&id) {
            connection.send(text).await?;
            connection.send("\n").await?;
        }
        self.sent += 1;
        Ok(self.sent)
    }

    /// Nothing needs `self` beside the connection.
    #[coro]
    pub async fn last(&mut self, id: u32) -> u32 {
        let connection = self.open.entry(id).or_default();
        connection.send("last").await.ok();
        connection.sent
    }
}
