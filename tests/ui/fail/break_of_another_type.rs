//! A `break` with a value of another type than the function returns: as a `return` of it.

use unawait::coro;

async fn len(text: &str) -> usize {
    text.len()
}

#[coro]
async fn first(texts: &[&'static str]) -> usize {
    let mut index = 0;
    loop {
        if len(texts[index]).await > 0 {
            break texts[index];
        }
        index += 1;
    }
}

fn main() {}
