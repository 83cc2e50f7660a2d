use std::future::{Ready, ready};

use unawait::prelude::*;

pub fn fetch(name: &str) -> Ready<Result<String, String>> {
    ready(Ok(name.to_owned()))
}

#[coro]
pub async fn exists(name: &str) -> bool {
    fetch(name).await.is_ok()
}

#[coro]
pub async fn count(names: [&'static str; 2]) -> u32 {
    let mut found = 0;
    if fetch(names[0]).await.is_ok() {
        found += 1;
    }
    if fetch(names[1]).await.is_ok_and(|text| text.len() > 1) {
        found += 1;
    }
    found
}
