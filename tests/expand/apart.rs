use unawait::prelude::*;

pub struct Team {
    members: Vec<u32>,
    captain: u32,
    asked: usize,
}

impl Team {
    #[coro]
    pub fn everybody(&mut self) -> impl Iterator<Item = &mut u32> {
        for member in self.members.iter_mut() {
            self.asked += 1;
            yield_!(member);
        }
        yield_!(&mut self.captain);
    }
}

pub struct Node {
    item: u32,
    next: Option<Box<Node>>,
}

#[coro]
pub fn items(list: &mut Option<Box<Node>>) -> impl Iterator<Item = &mut u32> {
    let mut link = list;
    while let Some(node) = link {
        yield_!(&mut node.item);
        link = &mut node.next;
    }
}
