use std::future::ready;
use std::pin::Pin;

use unawait::prelude::*;

pub trait Lookup {
    fn lookup<'a>(&'a self, key: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>>;
}

impl Lookup for [String] {
    #[coro]
    fn lookup<'a>(&'a self, key: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
        for (index, text) in self.iter().enumerate() {
            if ready(text == key).await {
                return index;
            }
        }
        self.len()
    }
}
