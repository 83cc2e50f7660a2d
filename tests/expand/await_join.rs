use unawait::prelude::*;

macro_rules! join {
    ($a:expr, $b:expr) => {
        ($a.await, $b.await)
    };
}

async fn length(text: &str) -> usize {
    text.len()
}

#[coro]
pub async fn lengths(first: String, second: String) -> usize {
    let (a, b) = join!(length(&first), length(&second));
    a + b + first.len()
}
