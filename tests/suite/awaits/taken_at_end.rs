//! A variable that is there for one method, awaited within the end of a function: the method may take it. A field that gets a new
//! value after it was taken.

use super::harness::later;
use crate::harness::{D, log};

#[derive(Debug)]
struct Fail;

impl From<D> for Fail {
    fn from(error: D) -> Self {
        log(format!("convert {}", error.name()));
        Fail
    }
}

#[derive(Debug)]
#[allow(dead_code, reason = "the log has them by `Debug`")]
struct Made(D, D);

struct Consumer(D);

impl Consumer {
    async fn messages(self) -> Result<D, D> {
        let kept = D("kept");
        later("messages", self.0.name()).await;
        Ok(kept)
    }

    async fn failing(self) -> Result<D, D> {
        later("failing", self.0.name()).await;
        Err(D("failed"))
    }

    async fn described(&self, with: D) -> D {
        later(self.0.name(), with).await
    }
}

async fn consumer(name: &'static str) -> Consumer {
    Consumer(later(name, D(name)).await)
}

awaits! {
    taken(n: u32) with (1) -> Result<Made, Fail> {
        let guard = D("guard");
        let consumer = consumer("consumer").await;
        let younger = D("younger");
        Ok(Made(D("first"), consumer.messages().await?))
    }
    taken_and_failing(n: u32) with (1) -> Result<Made, Fail> {
        let guard = D("guard");
        let consumer = consumer("consumer").await;
        let younger = D("younger");
        Ok(Made(D("first"), consumer.failing().await?))
    }
    borrowed(n: u32) with (1) -> Result<Made, Fail> {
        let guard = D("guard");
        let consumer = consumer("consumer").await;
        let younger = D("younger");
        Ok(Made(consumer.described(D("with")).await, D("second")))
    }
    of_a_match(n: u32) with (1) -> Made {
        let consumer = consumer("consumer").await;
        let guard = D("guard");
        match n {
            1 => Made(D("first"), consumer.messages().await.unwrap()),
            _ => Made(D("first"), D("second")),
        }
    }
    two(n: u32) with (1) -> Made {
        let first = consumer("a").await;
        let guard = D("guard");
        let second = consumer("b").await;
        Made(first.messages().await.unwrap(), second.described(D("with")).await)
    }
}

#[derive(Debug)]
struct Job {
    head: D,
    body: D,
}

fn job() -> Job {
    Job {
        head: D("head"),
        body: D("body"),
    }
}

twins! {
    Job {
        [job()] fn a_field_again / a_field_again_oracle (mut self, n: u32) -> Result<D, Fail> {
            drop(self.head);
            later("a", ()).await;
            self.head = D("again");
            later("b", ()).await;
            Ok(self.body)
        }
    }
}
