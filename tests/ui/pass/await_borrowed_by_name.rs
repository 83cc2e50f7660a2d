//! A path says that the method borrows.

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
    let n = Page::text(&page).await;
    ready(n).await
}

fn main() {
    assert_eq!(pollster::block_on(read(Page(String::from("text")))), 4);
}
