//! Taken apart at once: the closure has all of what it mentions.

use std::ops::Deref;

use unawait::prelude::*;

struct Wrapper {
    name: String,
    rest: Vec<u32>,
}

impl Deref for Wrapper {
    type Target = Vec<u32>;

    fn deref(&self) -> &Vec<u32> {
        &self.rest
    }
}

#[coro]
fn lengths(wrapper: Wrapper) -> impl Iterator<Item = usize> {
    let sum = wrapper.iter().sum::<u32>();
    let Wrapper { name, rest: _rest } = wrapper;
    let f = move || name.len();
    yield_!(f());
    yield_!(f() + sum as usize);
}

fn main() {
    let wrapper = Wrapper { name: "ab".into(), rest: vec![3] };
    assert!(lengths(wrapper).eq([2, 5]));
}
