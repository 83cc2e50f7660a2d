use unawait::prelude::*;

pub struct Queue(Vec<String>);

impl Queue {
    async fn next(&mut self) -> Option<String> {
        self.0.pop()
    }
}

#[coro]
pub async fn drain(mut queue: Queue) -> usize {
    let mut length = 0;
    while let Some(word) = queue.next().await {
        length += word.len();
    }
    length
}
