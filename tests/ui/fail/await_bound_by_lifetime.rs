//! What is awaited is a part of the machine's type, and shows how long it lives.

use std::pin::Pin;

use unawait::prelude::*;

struct Store;

impl Store {
    fn load<'s, K: AsRef<str> + 's>(&'s self, key: K) -> Pin<Box<dyn Future<Output = usize> + 's>> {
        Box::pin(async move { key.as_ref().len() })
    }

    #[coro]
    async fn get<K: AsRef<str>>(&self, key: K) -> usize {
        self.load(key).await
    }
}

fn main() {}
