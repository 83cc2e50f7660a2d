//! A guard lives to the end of its scope, though nothing mentions it.

use unawait::prelude::*;

struct Indent<'a>(&'a std::cell::Cell<usize>);

impl Drop for Indent<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

#[coro]
fn section(level: &std::cell::Cell<usize>) -> impl Iterator<Item = usize> {
    level.set(level.get() + 1);
    {
        let _indent = Indent(level);
        yield_!(level.get());
        yield_!(level.get() + 10);
    }
    yield_!(level.get());
}
