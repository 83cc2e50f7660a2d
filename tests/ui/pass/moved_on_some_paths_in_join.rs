use unawait::prelude::*;

async fn length(text: String) -> usize {
    text.len()
}

#[coro]
async fn sent(text: String, short: bool) -> usize {
    let text = if short { String::new() } else { text };
    let (n, _) = tokio::join!(length(text), std::future::ready(()));
    std::future::ready(()).await;
    n
}

fn main() {
    assert_eq!(pollster::block_on(sent("text".to_owned(), false)), 4);
}
