//! Variables that give way to what a method makes of them: builders, and states as types; those that only a branch
//! gives away, and those that borrow others.

use std::collections::{HashMap, VecDeque};

use super::harness::later;
use super::stubs::{AppError, Client, Connection, Error, Job, Result, connection, job, sleep};
use crate::harness::{D, log};

struct Greeted(D);
struct Open(D, usize);

impl Greeted {
    async fn login(self, name: &str) -> Result<Open> {
        later("login", ()).await;
        match name {
            "nobody" => Err(Error::Closed),
            _ => Ok(Open(self.0, name.len())),
        }
    }
}

impl Open {
    fn narrowed(self, n: usize) -> Self {
        log("narrowed");
        Open(self.0, n)
    }

    fn wider(&self) -> Open {
        log("wider");
        Open(D("wider"), self.1 + 1)
    }

    async fn fetch(&self, n: usize) -> usize {
        later("fetch", n + self.1).await
    }
}

fn greeted() -> Greeted {
    Greeted(D("session"))
}

awaits! {
    login(client: &Client, user: &str, password: Option<&str>) with (&client, "ann", Some("secret"))
        given { let client = Client::new(); } -> Result<(u16, String), AppError> {
        let mut request = client.post("login").json(&user);
        if let Some(password) = password {
            request = request.bearer_auth(password);
        }
        let request = request.header("x-request-id", later("id", 7).await).build()?;
        let response = client.execute(request).await?;
        let status = response.status();
        let body = match status {
            200..=299 => response.text().await?,
            401 | 403 => return Err(AppError("denied".into())),
            _ => String::new(),
        };
        Ok((status, body))
    }
    built_behind_another_call(client: &Client) with (&client) given { let client = Client::new(); } -> Result<u16> {
        let _older = D("older");
        let request = client.get("a");
        let _younger = D("younger");
        let made = request.header("x", 7).build()?;
        let response = client.execute(made).await?;
        sleep(1).await;
        Ok(response.status())
    }
    states_as_types(name: &str) with ("ann") -> Result<usize> {
        let session = greeted();
        let _guard = D("guard");
        let session = session.login(name).await?;
        let session = session.narrowed(2);
        let n = session.fetch(1).await;
        let session = session.wider();
        Ok(session.fetch(n).await)
    }
    state_that_fails() -> Result<usize> {
        let _guard = D("guard");
        let session = greeted();
        let session = session.login("nobody").await?;
        Ok(session.fetch(1).await)
    }
    states_in_a_loop(names: Vec<&'static str>) with (vec!["ann", "nobody", "bob"]) -> usize {
        let mut total = 0;
        for name in names {
            let session = greeted();
            let session = match session.login(name).await {
                Ok(open) => open,
                Err(_) => continue,
            };
            let session = session.narrowed(total);
            total += session.fetch(1).await;
            if total > 9 {
                break;
            }
        }
        total
    }
    numbers_and_texts(text: String, n: usize) with (" words ".into(), 7) -> usize {
        let n = n.min(3);
        let text = text.trim();
        let n = n.saturating_sub(1);
        later("x", text.len() + n).await + later("y", n).await
    }
    scheduler(mut queue: VecDeque<Job>, mut slots: usize) with (VecDeque::from([job(1), job(13), job(2)]), 2) -> Result<u32> {
        let mut total = 0;
        while slots > 0 && let Some(job) = queue.pop_front() {
            if !job.check().await? {
                slots -= 1;
                queue.push_back(job);
                continue;
            }
            match job.run().await {
                Ok(n) => total += n,
                Err(Error::Closed) => return Ok(total),
                Err(error) => {
                    log(format!("{error:?}"));
                    slots -= 1;
                }
            }
        }
        for job in queue {
            total += job.complete();
            sleep(1).await;
        }
        Ok(total)
    }
    timeout_or_default(limit: u64, fallback: D) with (3, D("fallback")) -> String {
        let slow = later("slow", D("value"));
        let value = tokio::select! {
            biased;
            value = slow => value,
            () = sleep(limit) => fallback,
        };
        later("next", ()).await;
        value.name().to_owned()
    }
    default_within_a_value(fallback: D) with (D("fallback")) -> Option<(usize, D)> {
        let _guard = D("guard");
        let value = tokio::select! {
            biased;
            _ = std::future::ready(()) => Some((1, fallback)),
            n = later("other", 2) => Some((n, D("new"))),
        };
        later("next", ()).await;
        value
    }
    fields_of_a_body(body: String) with ("name=ann;age=x".to_owned()) -> Result<(u16, String), AppError> {
        let _guard = D("guard");
        let mut fields = HashMap::new();
        for pair in body.split(';') {
            let Some((key, value)) = pair.split_once('=') else {
                return Ok((400, format!("no value: {pair}")));
            };
            fields.insert(key, value);
            sleep(key.len() as u64).await;
        }
        let name = match fields.get("name") {
            Some(name) if !name.is_empty() => *name,
            _ => return Ok((422, "name".into())),
        };
        let age: u32 = fields.get("age").and_then(|age| age.parse().ok()).unwrap_or(18);
        sleep(age.into()).await;
        Ok((201, name.to_uppercase()))
    }
    references_that_are_swapped(mut a: Connection, mut b: Connection) with (connection(&["1", "2"]), connection(&["x"]))
        -> Result<Vec<String>> {
        let (mut left, mut right) = (&mut a, &mut b);
        let mut lines = vec![];
        while let Some(frame) = left.read_frame().await? {
            right.write_frame(&frame).await?;
            lines.push(frame.0);
            std::mem::swap(&mut left, &mut right);
        }
        Ok(lines)
    }
}
