//! Beside the attributes of other crates: `#[async_trait]` around methods, `#[instrument]` above `#[coro]` and below it.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use async_trait::async_trait;
use tracing::{Event, Metadata, Subscriber, instrument, span};
use unawait::prelude::*;

async fn later<T>(value: T) -> T {
    tokio::task::yield_now().await;
    value
}

#[async_trait]
trait Store: Send + Sync {
    async fn get(&self, key: &str) -> Option<String>;
    async fn swap<V>(&mut self, key: &str, value: V) -> Result<String, String>
    where
        V: Into<String> + Send,
        Self: Sized;
    async fn close(self: Box<Self>) -> usize;
    async fn sizes(&self, keys: &[&str]) -> Result<Vec<usize>, String>;

    /// With a body.
    #[coro]
    async fn get_or(&self, key: &str, other: &str) -> String {
        let found = self.get(key).await;
        found.unwrap_or_else(|| other.to_owned())
    }
}

struct Pairs(Vec<(String, String)>);

#[async_trait]
impl Store for Pairs {
    #[coro]
    async fn get(&self, key: &str) -> Option<String> {
        for (name, value) in &self.0 {
            if later(name).await == key {
                return Some(value.clone());
            }
        }
        None
    }

    #[coro]
    async fn swap<V>(&mut self, key: &str, value: V) -> Result<String, String>
    where
        V: Into<String> + Send,
    {
        let found = self.0.iter_mut().find(|(name, _)| name == key);
        let (_, old) = found.ok_or_else(|| format!("no {key}"))?;
        let value = later(value).await;
        Ok(std::mem::replace(old, value.into()))
    }

    #[coro]
    async fn close(self: Box<Self>) -> usize {
        later(()).await;
        self.0.len()
    }

    #[coro]
    async fn sizes(&self, keys: &[&str]) -> Result<Vec<usize>, String> {
        let mut sizes = Vec::new();
        for key in keys {
            #[cfg(not(any()))]
            let found = self.get(key).await;
            sizes.push(found.ok_or("no key")?.len());
        }
        later(()).await;
        Ok(sizes)
    }
}

#[tokio::test]
async fn methods_of_async_trait() {
    let mut pairs = Pairs(vec![("a".into(), "1".into()), ("b".into(), "2".into())]);
    assert_eq!(pairs.get("b").await.as_deref(), Some("2"));
    assert_eq!(pairs.get_or("c", "other").await, "other");
    assert_eq!(pairs.swap("a", "3").await.as_deref(), Ok("1"));
    assert_eq!(pairs.swap("c", "3").await, Err("no c".to_owned()));
    assert_eq!(pairs.sizes(&["a", "b"]).await, Ok(vec![1, 1]));
    assert_eq!(pairs.sizes(&["a", "c"]).await, Err("no key".to_owned()));
    let store: Box<dyn Store> = Box::new(pairs);
    let store = tokio::spawn(async move { store.get("a").await.map(|_| store) })
        .await
        .unwrap();
    assert_eq!(store.unwrap().close().await, 2);
}

/// Says which spans are entered and left.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<String>>>, Arc<AtomicU64>, Arc<Mutex<Vec<&'static str>>>);

impl Spans {
    fn log(&self, what: &str, span: &span::Id) {
        let name = self.2.lock().unwrap()[span.into_u64() as usize - 1];
        self.0.lock().unwrap().push(format!("{what} {name}"));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        self.2.lock().unwrap().push(span.metadata().name());
        span::Id::from_u64(self.1.fetch_add(1, Ordering::Relaxed) + 1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        let name = event.metadata().fields().iter().next().map_or("", |field| field.name());
        self.0.lock().unwrap().push(format!("event {name}"));
    }
    fn enter(&self, span: &span::Id) {
        self.log("enter", span);
    }
    fn exit(&self, span: &span::Id) {
        self.log("exit", span);
    }
}

struct Job {
    name: String,
    rest: Vec<u32>,
}

/// The same method with each of the attributes.
macro_rules! runs {
    ($($(#[$attribute:meta])* $name:ident)*) => {
        impl Job {
            $(
                $(#[$attribute])*
                async fn $name(self, more: u32) -> Result<usize, String> {
                    tracing::info!(begin = true);
                    let first = later(self.name).await;
                    let second = later(more).await;
                    tracing::info!(end = true);
                    if first.is_empty() { Err("no name".to_owned()) } else { Ok(first.len() + second as usize) }
                }
            )*
        }
    };
}

runs! {
    #[instrument(name = "run", skip_all)]
    run_natively

    #[instrument(name = "run", skip_all)]
    #[coro]
    run

    #[coro]
    #[instrument(name = "run", skip_all)]
    run_below
}

impl Job {
    #[instrument(skip_all, fields(count = self.rest.len()))]
    #[coro]
    async fn sum(&mut self) -> u32 {
        let mut sum = 0;
        while let Some(n) = self.rest.pop() {
            sum += later(n).await;
        }
        sum
    }
}

fn job(name: &str) -> Job {
    Job {
        name: name.to_owned(),
        rest: vec![1, 2, 3],
    }
}

fn spans<T>(run: impl AsyncFnOnce() -> T) -> (T, Vec<String>) {
    let spans = Spans::default();
    let value = tracing::subscriber::with_default(spans.clone(), || pollster::block_on(run()));
    let log = std::mem::take(&mut *spans.0.lock().unwrap());
    (value, log)
}

#[test]
fn spans_of_methods() {
    for name in ["", "job"] {
        let native = spans(async || job(name).run_natively(2).await);
        assert_eq!(spans(async || job(name).run(2).await), native);
        assert_eq!(spans(async || job(name).run_below(2).await), native);
    }
    let (sum, log) = spans(async || job("job").sum().await);
    assert_eq!((sum, log.len()), (6, 10), "{log:?}");
}
