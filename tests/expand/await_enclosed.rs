#![allow(dead_code)]

use unawait::prelude::*;

async fn send(word: &str) -> usize {
    word.len()
}

#[coro]
pub async fn send_words(text: &str) -> usize {
    let lower = text.to_lowercase();
    let words = lower.split(' ').collect::<Vec<_>>();
    let mut sent = 0;
    for word in &words {
        sent += send(word).await;
    }
    sent
}
