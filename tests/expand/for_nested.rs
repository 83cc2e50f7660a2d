use unawait::prelude::*;

#[coro]
pub fn flatten(lists: &[Vec<u32>]) -> impl Iterator<Item = u32> {
    for list in lists {
        for item in list {
            yield_!(*item);
        }
    }
}

#[coro]
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        for word in line.split(' ') {
            yield_!((number, word));
        }
    }
}
