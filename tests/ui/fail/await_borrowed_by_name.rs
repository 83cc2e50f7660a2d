//! A method has the name of one that takes the body of a response, and borrows.

use std::future::ready;

use unawait::prelude::*;

struct Page(String);

impl Page {
    async fn text(&self) -> usize {
        ready(self.0.len()).await
    }
}

#[coro]
async fn read(page: Page) -> usize {
    let n = page.text().await;
    ready(n).await
}

fn main() {}
