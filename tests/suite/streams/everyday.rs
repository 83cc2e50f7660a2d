//! Everyday streams: pages, lines, windows, merges, throttles.

use std::collections::VecDeque;

use unawait::prelude::*;

use crate::awaits::harness::later;
use crate::awaits::stubs::{Client, Result};
use crate::harness::{D, log};

fn make(n: &'static str) -> D {
    log(format!("new {n}"));
    D(n)
}

async fn fetch(page: u32) -> Result<Vec<D>, D> {
    later("fetch", ()).await;
    match page {
        0 => Ok(vec![D("a"), D("b")]),
        1 => Ok(vec![]),
        2 => Ok(vec![D("c")]),
        _ => Err(D("end")),
    }
}

struct Sock {
    data: VecDeque<u8>,
    _d: D,
}

impl Sock {
    async fn read(&mut self, buf: &mut [u8]) -> usize {
        later("read", ()).await;
        let mut n = 0;
        while n < buf.len() {
            let Some(b) = self.data.pop_front() else { break };
            buf[n] = b;
            n += 1;
        }
        n
    }
}

fn sock() -> Sock {
    Sock {
        data: b"GET /x\nHost: y\n\nbody".iter().copied().collect(),
        _d: D("sock"),
    }
}

streams! {
    pages() -> D {
        let mut page = 0;
        loop {
            let Ok(items) = fetch(page).await else {
                log("done");
                return;
            };
            if items.is_empty() {
                page += 1;
                continue;
            }
            for item in items {
                yield_!(item);
            }
            page += 1;
        }
    }
    pages_match() -> Result<D, D> {
        for page in 0.. {
            match fetch(page).await {
                Ok(items) => {
                    for item in items {
                        yield_!(Ok(item));
                    }
                }
                Err(e) => {
                    let g = make("g");
                    yield_!(Err(e));
                    break;
                }
            }
        }
    }
    lines() -> String {
        let mut s = sock();
        let mut buf = [0u8; 4];
        let mut line = String::new();
        loop {
            let n = s.read(&mut buf).await;
            if n == 0 {
                break;
            }
            for b in &buf[..n] {
                if *b == b'\n' {
                    yield_!(std::mem::take(&mut line));
                } else {
                    line.push(*b as char);
                }
            }
        }
        if !line.is_empty() {
            yield_!(line);
        }
    }
    throttle(it: Vec<D>) with (vec![D("1"), D("2"), D("3")]) -> (usize, D) {
        for (i, d) in it.into_iter().enumerate() {
            if i > 0 {
                later("sleep", ()).await;
            }
            let _g = make("g");
            yield_!((i, d));
        }
    }
    delegated(n: u32) with (2) -> u32 {
        #[coro]
        fn inner(n: u32) -> impl Stream<Item = u32> {
            let _g = make("inner");
            for i in 0..n {
                yield_!(later("i", i).await);
            }
        }
        yield_!(100);
        for k in 1..=n {
            yield_from!(inner(k));
            later("between", ()).await;
        }
    }
    yield_await_mix() -> u32 {
        yield_!(
            later("a", 1).await + {
                yield_!(7);
                1
            }
        );
        let x = (later("b", 2).await, yield_!(8), later("c", 3).await);
        yield_!(x.0 + x.2);
        if later("d", true).await {
            yield_!(9)
        } else {
            yield_!(10)
        }
    }
    buffered_window() -> Vec<u32> {
        let mut win: VecDeque<u32> = VecDeque::new();
        for i in 0..4 {
            win.push_back(later("n", i).await);
            if win.len() > 2 {
                win.pop_front();
            }
            if win.len() == 2 {
                yield_!(win.iter().copied().collect());
            }
        }
    }
    merge_sorted(a: Vec<u32>, b: Vec<u32>) with (vec![1, 4], vec![2, 3, 5]) -> u32 {
        let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
        loop {
            let next = match (a.peek(), b.peek()) {
                (Some(x), Some(y)) if x <= y => a.next(),
                (_, Some(_)) => b.next(),
                (Some(_), None) => a.next(),
                (None, None) => None,
            };
            let Some(n) = next else { return };
            later("tick", ()).await;
            yield_!(n);
        }
    }
    guard_across() -> u32 {
        let a = make("a");
        yield_!(1);
        let b = later("b", make("b")).await;
        yield_!(2);
        drop(a);
        later("c", ()).await;
        yield_!(3);
    }
    while_let_yield() -> usize {
        let mut st = vec![make("x"), make("yy")];
        while let Some(d) = st.pop() {
            let n = later("l", d.name().len()).await;
            yield_!(n);
            log("tail");
        }
    }
    labelled() -> u32 {
        'o: for i in 0..3 {
            let _g = make("o");
            for j in 0..3 {
                if later("c", i + j).await == 3 {
                    continue 'o;
                }
                if i == 2 {
                    break 'o;
                }
                yield_!(i * 10 + j);
            }
        }
        log("end");
    }
    borrowed_text['a](text: &'a str) with ("a,b,,c") -> &'a str {
        for part in text.split(',') {
            if part.is_empty() {
                later("skip", ()).await;
                continue;
            }
            yield_!(part);
        }
    }
    let_else_yield() -> u32 {
        let Some(x) = later("o", None::<u32>).await else {
            yield_!(1);
            later("in else", ()).await;
            yield_!(2);
            return;
        };
        yield_!(x);
    }
    match_guard() -> u32 {
        for i in 0..4 {
            match i {
                n if later("g", n % 2 == 0).await => yield_!(n),
                1 => {
                    later("one", ()).await;
                }
                _ => log("other"),
            }
        }
    }
    recv_err() -> Result<u32, String> {
        let mut n = 0;
        while n < 3 {
            let r: Result<u32, String> = if n == 1 {
                Err(later("e", "bad".to_string()).await)
            } else {
                Ok(n)
            };
            match r {
                Ok(x) => yield_!(Ok(x)),
                Err(e) => {
                    yield_!(Err(e));
                }
            }
            n += 1;
        }
    }
}

streams! {
    responses(client: Client, urls: Vec<String>) with (Client::new(), vec!["a".into(), "busy".into(), "missing".into()]) -> Result<String> {
        for url in urls {
            let response = match client.get(&url).send().await {
                Ok(response) => response,
                Err(error) => {
                    yield_!(Err(error));
                    continue;
                }
            };
            if response.status() != 200 {
                log("status");
                continue;
            }
            yield_!(response.text().await);
        }
    }
    response_chunks(client: Client) with (Client::new()) -> Result<String> {
        let mut response = match client.get("abc").send().await {
            Ok(response) => response,
            Err(error) => {
                yield_!(Err(error));
                return;
            }
        };
        while let Some(chunk) = response.chunk().await.transpose() {
            yield_!(chunk);
        }
    }
}
