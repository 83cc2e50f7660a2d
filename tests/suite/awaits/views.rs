//! Views of owned text and collections, kept across awaits by everyday code that leaves early.

#![allow(dead_code, unused_imports, reason = "what bodies use, each in its own way")]

use super::harness::later;
use crate::harness::{D, log, v};
use std::cell::RefCell;
use std::collections::*;
use std::io;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::{Mutex, RwLock};

#[derive(Debug)]
struct Failed(&'static str);
#[derive(Debug)]
struct Converted(String);
impl From<Failed> for Converted {
    fn from(f: Failed) -> Self {
        log("convert");
        Converted(f.0.into())
    }
}
impl From<std::num::ParseIntError> for Converted {
    fn from(_: std::num::ParseIntError) -> Self {
        log("convert int");
        Converted("int".into())
    }
}
impl From<io::Error> for Converted {
    fn from(_: io::Error) -> Self {
        log("convert io");
        Converted("io".into())
    }
}
async fn send(text: &str) -> Result<usize, Failed> {
    later("send", ()).await;
    if text == "bad" {
        Err(Failed("send"))
    } else {
        Ok(text.len())
    }
}
async fn io_send(text: &str) -> io::Result<usize> {
    later("io", ()).await;
    if text == "bad" {
        Err(io::Error::other("x"))
    } else {
        Ok(text.len())
    }
}

awaits! {
    io_then_own(t: &'static str) with ("a b bad c") -> Result<usize, Converted> {
        let text = String::from(t);
        let mut n = 0;
        for word in text.split(' ') {
            let _r = D("r");
            n += io_send(word).await?;
            n += word.len();
        }
        later("end", ()).await;
        Ok(n)
    }
    two_errors(t: &'static str) with ("1 2 x 4") -> Result<usize, Converted> {
        let _o = D("o");
        let text = String::from(t);
        let mut n = 0;
        for word in text.split(' ') {
            let k: usize = word.parse()?;
            let _r = D("r");
            n += send(word).await? + k;
        }
        Ok(n)
    }
    collected_without_a_type(t: &'static str) with ("1 2 x 4") -> Result<usize, Box<dyn std::error::Error>> {
        let _older = D("older");
        let text = String::from(t);
        let words = text.split(' ').collect::<Vec<_>>();
        let _younger = D("younger");
        let mut n = 0;
        for word in &words {
            n += word.parse::<usize>()?;
            n += io_send(word).await?;
        }
        Ok(n)
    }
    collected_into_a_set() -> usize {
        let text = String::from("a b a");
        let words: HashSet<_> = text.split(' ').collect();
        later("x", ()).await;
        words.len() + later("y", text.len()).await
    }
    collected_values_of_a_drain(mut list: Vec<D>) with (vec![D("1"), D("2")]) -> usize {
        let taken = list.drain(1..).collect::<Vec<_>>();
        later("x", list.len()).await + taken.len()
    }
    flow() -> ControlFlow<D, usize> {
        let list = RefCell::new(vec![D("a"), D("b")]);
        let mut borrowed = list.borrow_mut();
        let _y = D("y");
        later("x", if borrowed.len() > 1 { ControlFlow::Break(D("broken")) } else { ControlFlow::Continue(1) }).await?;
        borrowed.pop();
        later("z", ()).await;
        ControlFlow::Continue(borrowed.len())
    }
    nested_guards() -> Result<usize, Converted> {
        let a = Mutex::new(vec![D("a")]);
        let b = RwLock::new(vec![D("b")]);
        let mut n = 0;
        loop {
            let ga = a.lock().unwrap();
            {
                let gb = b.read().unwrap();
                let _y = D("y");
                n += later("x", ga.len() + gb.len()).await;
                if n > 5 { break; }
                send(gb[0].name()).await?;
            }
            later("z", ga.len()).await;
        }
        drop(b);
        Ok(n)
    }
    return_moves_local() -> Vec<D> {
        let mut out = vec![D("out")];
        let text = String::from("a b c");
        for part in text.split(' ') {
            if later("x", part == "b").await { out.push(D("found")); return out; }
        }
        out.push(D("none"));
        out
    }
    break_with_value() -> Option<String> {
        let text = String::from("a b c");
        let mut words = text.split(' ');
        let found = loop {
            let Some(w) = words.next() else { break None };
            let _r = D("r");
            if later("x", w == "b").await { break Some(w.to_owned()); }
        };
        later("end", ()).await;
        found
    }
    map_iteration_await_inside(f: bool) with (true) -> Result<usize, Converted> {
        let mut map: BTreeMap<&str, Vec<D>> = BTreeMap::new();
        map.entry("a").or_default().push(D("1"));
        map.entry("bad").or_default().push(D("2"));
        let mut n = 0;
        for (k, list) in map.iter_mut() {
            n += send(k).await?;
            list.push(D("more"));
            if later("full", list.len() > 5).await { continue; }
            list.remove(0);
        }
        Ok(n + map.len())
    }
    entry_across(f: bool) with (true) -> usize {
        let mut map: BTreeMap<&str, Vec<D>> = BTreeMap::new();
        let list = map.entry("a").or_default();
        list.push(later("p", D("p")).await);
        list.push(later("q", D("q")).await);
        let n = list.len();
        map.len() + n
    }
    get_or_insert_cache(keys: Vec<&'static str>) with (vec!["a", "b", "a"]) -> Result<usize, Converted> {
        let cache = RefCell::new(HashMap::new());
        let mut total = 0;
        for key in keys {
            let hit = cache.borrow().get(key).copied();
            let n = match hit { Some(n) => n, None => { let n = send(key).await?; cache.borrow_mut().insert(key, n); n } };
            total += n;
        }
        Ok(total)
    }
    pinned_two(c: bool) with (true) -> usize {
        let a = pin!(async { later("a", D("av")).await });
        let mut b = pin!(async { let d = D("inner"); later("b", d.name().len()).await });
        let _y = D("y");
        if c { return b.as_mut().await; }
        a.await.name().len()
    }
    select_style(c: bool) with (true) -> usize {
        let mut work = pin!(async { later("w1", ()).await; later("w2", 5usize).await });
        let mut ticks = 0;
        loop {
            tokio::select! {
                biased;
                n = &mut work => break n + ticks,
                _ = later("tick", ()) => { ticks += 1; if ticks > 4 { return 77; } }
            }
        }
    }
    let_chain() -> usize {
        let map = BTreeMap::from([("a", D("one"))]);
        if let Some(d) = map.get("a") && later("c", d.name() == "one").await && let Some(_e) = map.get("a") {
            return later("k", d.name().len()).await;
        }
        1
    }
    match_guard_await_borrow() -> usize {
        let v = vec![D("a"), D("bb")];
        let longest = v.iter().max_by_key(|d| d.name().len());
        match longest {
            Some(d) if d.name().len() > 5 => later("long", 1).await,
            Some(d) => { later("short", ()).await; d.name().len() }
            None => 0,
        }
    }
    question_in_closure_and_async() -> Result<usize, Converted> {
        let text = String::from("1 2");
        let nums = text.split(' ').map(|w| w.parse::<usize>()).collect::<Result<Vec<_>, _>>()?;
        let first = text.split(' ').next().unwrap();
        let n = send(first).await?;
        let m = async { Ok::<_, Failed>(send(first).await? + 1) }.await?;
        Ok(n + m + nums.len())
    }
    chunk_windows() -> Result<usize, Converted> {
        let data = vec![1u8, 2, 3, 4, 5];
        let mut total = 0;
        for chunk in data.chunks(2) {
            total += later("sum", chunk.iter().map(|&b| b as usize).sum::<usize>()).await;
            if chunk.len() < 2 { return Err(Failed("short").into()); }
        }
        Ok(total)
    }
    peekable_chars() -> Result<Vec<String>, Converted> {
        let source = String::from("ab12 c3");
        let mut chars = source.chars().peekable();
        let mut out = Vec::new();
        while let Some(&c) = chars.peek() {
            let mut word = String::new();
            while let Some(c) = chars.next_if(|c| !c.is_whitespace()) { word.push(c); }
            chars.next();
            if word.is_empty() { continue; }
            send(&word).await?;
            out.push(word);
        }
        Ok(out)
    }

    another_of_its_name_in_a_closure() -> Option<usize> {
        struct Server { clients: Vec<String>, d: D }
        let server = Server { clients: vec!["a".to_owned(), "b".to_owned()], d: D("server") };
        let name = server.clients.first()?;
        later("n", name).await;
        let other = server.clients.get(1).map(|server| server.as_str()).unwrap_or("none");
        Some(later("o", other.len()).await)
    }

    another_of_its_name_in_a_macro() -> Option<usize> {
        struct Server { clients: Vec<String>, d: D }
        let server = Server { clients: vec!["a".to_owned(), "b".to_owned()], d: D("server") };
        let name = server.clients.first()?;
        later("n", name).await;
        log(format!("{:?}", server.clients.get(1).map(|server| server.as_str())));
        Some(later("o", name.len()).await)
    }
}
