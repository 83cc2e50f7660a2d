//! The same of a method that borrows `self`.

use unawait::prelude::*;

struct Bag {
    items: Vec<String>,
}

impl Bag {
    #[coro]
    fn all(&self) -> Box<dyn Iterator<Item = &String>> {
        for item in &self.items {
            yield_!(item);
        }
    }
}

fn main() {}
