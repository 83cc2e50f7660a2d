use unawait::prelude::*;

pub struct Job;

impl Job {
    pub async fn run(self) {}
}

pub trait Queue {
    fn next(&mut self) -> impl Future<Output = Option<Job>>;
    fn close(self) -> impl Future<Output = Result<(), String>>;
}

#[coro]
pub async fn serve(mut queue: impl Queue) -> Result<(), String> {
    while let Some(job) = queue.next().await {
        job.run().await;
    }
    let _open = String::from("open");
    queue.close().await
}
