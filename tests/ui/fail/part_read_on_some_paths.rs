use unawait::prelude::*;

struct Node {
    count: u32,
}

impl Node {
    async fn bump(&mut self) -> u32 {
        self.count += 1;
        self.count
    }
}

#[coro]
async fn bumped(mut node: Node) -> bool {
    let same = node.count + 1 == node.bump().await && (node.count, 2) == (node.bump().await, 2);
    node.bump().await;
    same
}

fn main() {}
