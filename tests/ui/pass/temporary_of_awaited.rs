//! The temporary has a variable.

use std::future::ready;
use std::num::ParseIntError;
use unawait::prelude::*;

struct File(&'static str);

impl File {
    async fn load(&self) -> Result<u32, ParseIntError> {
        ready(self.0).await.parse()
    }
}

fn open() -> File {
    File("7")
}

#[coro]
async fn load() -> Result<u32, Box<dyn std::error::Error>> {
    let file = open();
    let n = file.load().await?;
    Ok(n)
}

fn main() {
    assert_eq!(pollster::block_on(load()).unwrap(), 7);
}
