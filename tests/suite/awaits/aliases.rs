//! Enclosed code that leaves by `?`, where the error is a default of an alias, and several types are converted to it.

#![allow(dead_code, reason = "some of it is there to be dropped or shown only")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::harness::later;
use crate::harness::{D, log};

/// As anyhow's.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        log(format!("convert {error}"));
        Failure(error.to_string())
    }
}

type Result<T, E = Failure> = std::result::Result<T, E>;

async fn number(text: &str) -> std::result::Result<u32, std::num::ParseIntError> {
    later("number", ()).await;
    text.parse()
}

struct Log(Vec<u32>, D);

impl Log {
    async fn text(&mut self, n: u32) -> Result<()> {
        later("text", ()).await;
        self.0.push(n);
        Ok(())
    }
}

awaits! {
    in_a_loop(cache: &mut BTreeMap<u32, u32>) with (&mut cache) given { let mut cache = BTreeMap::new(); } -> Result<u32> {
        use std::collections::btree_map::Entry;
        for text in ["1", "1", "x"] {
            match cache.entry(text.len() as u32) {
                Entry::Occupied(entry) => log(entry.get()),
                Entry::Vacant(entry) => {
                    let n = number(text).await?;
                    entry.insert(n);
                }
            }
        }
        Ok(cache.values().sum())
    }
    behind_what_may_be_taken(texts: Vec<&'static str>) with (vec!["1", "x"]) -> Result<usize> {
        let mut seen = Log(vec![], D("log"));
        for text in texts {
            let job = D("job");
            let length = job.finish();
            let n = number(text).await?;
            seen.text(n + length as u32).await?;
        }
        Ok(seen.0.len())
    }
}
