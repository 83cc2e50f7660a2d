use unawait::prelude::*;

pub struct Node {
    count: u32,
    rows: Vec<Vec<u32>>,
}

impl Node {
    async fn next(&mut self) -> u32 {
        self.count += 1;
        self.count
    }
}

#[coro]
pub async fn is_next(mut node: Node) -> bool {
    node.count == node.next().await
}

#[coro]
pub async fn pushed(mut node: Node, last: usize) -> Vec<Vec<u32>> {
    let mut index = 0;
    while index < last {
        node.rows[index].push(std::future::ready(1).await);
        index += 1;
    }
    node.rows
}
