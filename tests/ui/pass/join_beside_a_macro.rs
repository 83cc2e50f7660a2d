use unawait::prelude::*;

async fn length(text: String) -> usize {
    text.len()
}

#[coro]
async fn lengths(text: String, other: String) -> Vec<usize> {
    let first = tokio::join!(length(text), length(other)).0;
    vec![first, 1]
}

fn main() {
    assert_eq!(pollster::block_on(lengths("text".to_owned(), "other".to_owned())), [4, 1]);
}
