//! Borrows of locals, kept across awaits.

use std::collections::{BTreeMap, VecDeque};

use super::harness::later;
use crate::harness::{D, log, v};

struct Stream(#[expect(dead_code, reason = "is there to be dropped")] D, Vec<u32>);

impl Stream {
    fn split(&mut self) -> (Half<'_>, Half<'_>) {
        let (a, b) = self.1.split_at_mut(1);
        (Half(a, D("read")), Half(b, D("write")))
    }
}

struct Half<'s>(&'s mut [u32], D);

impl Half<'_> {
    async fn add(&mut self, n: u32) -> u32 {
        self.0[0] += later(self.1.name(), n).await;
        self.0[0]
    }
}

awaits! {
    parts() -> usize {
        let _before = D("before");
        let text = String::from("a bb ccc");
        let mut n = 0;
        for part in text.split(' ') {
            let _round = D("round");
            n += later("x", part.len()).await;
        }
        n + later("y", text.len()).await
    }
    parts_with_a_name() -> usize {
        let text = String::from("a bb ccc");
        let _after = D("after");
        let mut parts = text.split(' ').map(|part| part.len());
        let first = parts.next();
        let n = later("x", first).await.unwrap();
        let _last = D("last");
        n + later("y", parts.next().unwrap()).await
    }
    collected() -> usize {
        let text = String::from("a bb ccc");
        let parts: Vec<&str> = text.split(' ').collect();
        let n = later("x", parts.len()).await;
        n + parts[1].len()
    }
    map_by_reference() -> usize {
        let mut map = BTreeMap::new();
        map.insert("a", D("a"));
        map.insert("b", D("b"));
        let _guard = D("guard");
        let mut n = 0;
        for (key, value) in &map {
            n += key.len() + later("x", value.name().len()).await;
        }
        for value in map.values_mut() {
            *value = later("y", D("new")).await;
        }
        n + map.len()
    }
    looked_up(key: &str) with ("a") -> Result<usize, String> {
        let map = BTreeMap::from([("a", D("found"))]);
        let _younger = D("younger");
        if let Some(value) = map.get(key) {
            let n = later("x", Ok::<usize, String>(value.name().len())).await?;
            if later("y", false).await { return Err("no".to_owned()); }
            log(n);
        }
        Ok(later("z", map.len()).await)
    }
    halves() -> u32 {
        let mut stream = Stream(D("stream"), vec![1, 2]);
        let (mut read, mut write) = stream.split();
        let a = read.add(10).await;
        let b = write.add(a).await;
        a + b + read.add(v("last", 1)).await
    }
    queue() -> usize {
        let mut queue = VecDeque::from([D("a"), D("b"), D("c")]);
        let mut n = 0;
        while let Some(front) = queue.front() {
            n += later("x", front.name().len()).await;
            queue.pop_front();
        }
        n
    }
    in_a_loop_that_is_left() -> usize {
        let list = vec![vec![1, 2], vec![3, 4]];
        let mut n = 0;
        'outer: for inner in &list {
            for (index, x) in inner.iter().enumerate().rev() {
                n += later("x", *x).await;
                if index == 1 && n > 3 { break; }
            }
        }
        n
    }
    flat() -> usize {
        let list = vec![D("a"), D("b")];
        let mut n = 0;
        for item in &list {
            n += later("x", item.name().len()).await;
        }
        n + list.len()
    }
}

/// As tokio's.
macro_rules! pin {
    ($future:ident) => {
        let mut $future = $future;
        let mut $future = std::pin::pin!($future);
    };
}

awaits! {
    pinned() -> u32 {
        let _before = D("before");
        let mut first = std::pin::pin!(async {
            let _guard = D("inside");
            later("a", 1).await + later("b", 2).await
        });
        let n = later("x", 5).await;
        let _last = D("last");
        n + first.as_mut().await
    }
    pinned_variable(guard: D) with (D("guard")) -> Result<u32, String> {
        let future = async {
            let _guard = D("inside");
            later("a", Ok::<u32, String>(1)).await
        };
        pin!(future);
        let n = later("x", Ok::<u32, String>(5)).await?;
        if guard.name().is_empty() { return Ok(0); }
        Ok(n + future.as_mut().await?)
    }
}
