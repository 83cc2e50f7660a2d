//! Fields that something takes out of a local: what is left of it drops where it would have.

use super::harness::later;
use crate::harness::{D, log};

#[derive(Debug)]
struct Body(D, u32);

impl Body {
    async fn text(self) -> Result<u32, u32> {
        let _inside = D("text");
        later("text", ()).await;
        if self.1 > 5 { Err(self.1) } else { Ok(self.1) }
    }
    async fn chunk(&mut self) -> Result<u32, u32> {
        self.1 += 1;
        later("chunk", Ok(self.1)).await
    }
    async fn finish(self) -> u32 {
        later("finish", self.1).await
    }
    fn into_number(self) -> u32 {
        log("into_number");
        self.1
    }
}

#[derive(Debug)]
struct Page {
    head: D,
    body: Body,
    other: Body,
    kind: Kind,
    extra: Option<D>,
    n: u32,
}

#[derive(Debug)]
enum Kind {
    Named(D),
    Both(u32, D),
    Nothing,
}

fn page(n: u32) -> Page {
    Page {
        head: D("head"),
        body: Body(D("body"), n),
        other: Body(D("other"), n + 1),
        kind: if n > 5 {
            Kind::Both(n, D("both"))
        } else {
            Kind::Named(D("named"))
        },
        extra: (n < 5).then(|| D("extra")),
        n,
    }
}

async fn send(body: Body) -> Result<D, u32> {
    later("send", ()).await;
    if body.1 > 5 { Err(body.1) } else { Ok(body.0) }
}

async fn wait(guard: &mut D, other: &Body) -> u32 {
    later("wait", guard.name().len() as u32 + other.1).await
}

fn open(n: u32) -> Result<Body, u32> {
    log("open");
    if n > 7 { Err(n) } else { Ok(Body(D("opened"), n)) }
}

impl Body {
    fn get(&self, n: u32) -> Body {
        log("get");
        Body(D("got"), self.1 + n)
    }
    fn with(self, head: D) -> Page {
        Page { head, ..page(self.1) }
    }
}

impl Page {
    fn whole(self) -> u32 {
        log("whole");
        self.n
    }
}

twins! {
    Page {
        [page(2)] fn text_of_self / text_of_self_oracle(self, n: u32) -> u32 {
            let guard = D("guard");
            self.body.text().await.unwrap()
        }

        [page(9)] fn failed_text_of_self / failed_text_of_self_oracle(self, n: u32) -> Result<u32, String> {
            let guard = D("guard");
            self.body.text().await.map_err(|error| format!("{error}"))
        }

        [page(2)] fn changes_self / changes_self_oracle(mut self, n: u32) -> Result<u32, String> {
            let guard = D("guard");
            self.body.chunk().await.map_err(|error| format!("{error}"))
        }

        [page(2)] fn goes_on / goes_on_oracle(self, n: u32) -> Result<u32, u32> {
            let guard = D("guard");
            let text = self.body.text().await?;
            let other = self.other.finish().await;
            Ok(later("last", text + other + n).await)
        }

        [page(3)] fn keeps_the_rest / keeps_the_rest_oracle(self, n: u32) -> u32 {
            let guard = D("guard");
            let mut extra = self.head;
            let mut sum = 0;
            loop {
                sum += wait(&mut extra, &self.other).await;
                if sum > 30 {
                    break;
                }
            }
            sum
        }

        [page(4)] fn matched / matched_oracle(self, n: u32) -> Result<u32, u32> {
            let guard = D("guard");
            match self.kind {
                Kind::Named(name) => {
                    let body = send(self.body).await?;
                    Ok(n)
                }
                Kind::Both(n, name) => Ok(later("both", n).await),
                Kind::Nothing => Err(n),
            }
        }

        [page(6)] fn matched_both / matched_both_oracle(self, n: u32) -> Result<u32, u32> {
            let guard = D("guard");
            match self.kind {
                Kind::Named(name) => Ok(later("named", n).await),
                Kind::Both(n, name) => {
                    let body = send(self.body).await?;
                    Ok(n)
                }
                Kind::Nothing => Err(n),
            }
        }

        [page(4)] fn leaves_early / leaves_early_oracle(self, n: u32) -> Result<u32, u32> {
            let guard = D("guard");
            if n == 2 {
                let made = (self.body, self.head);
                let body = send(self.other).await?;
                return Ok(later("leave", 3).await);
            }
            let rest = later("rest", self.n).await;
            Ok(self.whole() + rest)
        }

        [page(4)] fn does_not_leave / does_not_leave_oracle(self, n: u32) -> Result<u32, u32> {
            let guard = D("guard");
            if n == 3 {
                let made = (self.body, self.head);
                let body = send(self.other).await?;
                return Ok(later("leave", 3).await);
            }
            let rest = later("rest", self.n).await;
            Ok(self.whole() + rest)
        }

        [page(4)] fn taken_by_a_call / taken_by_a_call_oracle(self, n: u32) -> Result<usize, String> {
            let guard = D("guard");
            send(self.body).await.map(|body| body.name().len()).map_err(|n| n.to_string())
        }

        [page(4)] fn within_a_block / within_a_block_oracle(self, n: u32) -> Result<u32, u32> {
            let guard = D("guard");
            let number = {
                let inside = D("inside");
                self.body.into_number()
            };
            let other = later("other", number).await;
            Ok(other + self.n)
        }

        [page(4)] fn optional / optional_oracle(self, n: u32) -> u32 {
            let guard = D("guard");
            if let Some(extra) = self.extra {
                later("inside", ()).await;
                log(extra.name());
            }
            later("behind", self.n).await
        }

        [page(4)] fn in_a_loop / in_a_loop_oracle(self, n: u32) -> Result<u32, u32> {
            for round in 0..3 {
                let guard = D("guard");
                if round == 1 {
                    let head = self.head;
                    later("found", ()).await;
                    return Ok(round + self.n);
                }
                later("round", ()).await;
            }
            Err(n)
        }
    }
}

awaits! {
    text_of_a_local() -> Result<u32, String> {
        let page = page(9);
        let guard = D("guard");
        page.body.text().await.map_err(|error| format!("{error}"))
    }

    returned_early(n: u32) with (2) -> Result<u32, String> {
        let page = page(n);
        let guard = D("guard");
        if page.n == 2 {
            return page.body.text().await.map_err(|error| format!("{error}"));
        }
        later("behind", ()).await;
        Err(String::new())
    }

    in_an_arm() -> Result<u32, String> {
        let page = page(4);
        let guard = D("guard");
        match page.n {
            4 => page.body.text().await.map_err(|error| format!("{error}")),
            _ => Err(String::new()),
        }
    }

    given_at_the_end() -> Result<Page, u32> {
        let body = Body(D("body"), 1);
        let guard = D("guard");
        Ok(body.with(send(Body(D("sent"), 2)).await?))
    }

    temporary_behind_a_failure(n: u32) with (2) -> Result<u32, u32> {
        let guard = D("guard");
        open(n)?.get(1).text().await
    }

    fields_into_a_struct() -> u32 {
        let older = D("older");
        let page = page(3);
        let guard = D("guard");
        let made = Page { head: page.head, body: page.body, other: Body(D("new"), 1), kind: Kind::Nothing, extra: None, n: 1 };
        later("made", ()).await;
        wait(&mut D("x"), &made.body).await + page.n
    }

    fields_to_calls() -> Result<u32, u32> {
        let page = page(3);
        let guard = D("guard");
        let sent = send(page.body).await?;
        let other = send(page.other).await?;
        Ok(later("last", page.n).await)
    }

    copied_fields() -> u32 {
        let page = page(3);
        let n = page.n;
        let first = later("first", n).await;
        first + later("second", page.n).await
    }
}
