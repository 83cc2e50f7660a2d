//! A trait with a generator as default, and an implementation.

use unawait::prelude::*;

trait Shelf {
    fn books(&self) -> Box<dyn Iterator<Item = &str> + '_>;

    #[coro]
    fn titles(&self) -> impl Iterator<Item = String> {
        for book in self.books() {
            yield_!(book.to_uppercase());
        }
    }
}

impl Shelf for Vec<String> {
    #[coro]
    fn books(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        for book in self {
            yield_!(book.as_str());
        }
    }
}
