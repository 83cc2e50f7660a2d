//! Small programs as people write them: requests, repositories, buffers, texts, pages.

#![allow(dead_code, reason = "some of it is there to be dropped or shown only")]

use std::cell::RefCell;
use std::collections::*;
use std::rc::Rc;

use super::harness::later;
use crate::harness::D;

async fn give(d: D) -> usize {
    later("give", ()).await;
    d.name().len()
}
async fn see(d: &D) -> usize {
    later("see", ()).await;
    d.name().len()
}
async fn num(n: u32) -> u32 {
    later("num", n).await
}
async fn name(n: &str) -> String {
    later("name", n.to_uppercase()).await
}
async fn load(n: u32) -> Result<Vec<D>, String> {
    later("load", ()).await;
    if n > 3 {
        Err("load".into())
    } else {
        Ok(vec![D("l1"), D("l2")])
    }
}
async fn show(text: &str) -> usize {
    later("show", text.len()).await
}
async fn both(a: &str, b: &str) -> usize {
    later("both", a.len() + b.len()).await
}

struct User {
    id: u32,
    name: String,
    email: Option<String>,
    d: D,
}
fn user() -> User {
    User {
        id: 1,
        name: "n".into(),
        email: Some("e@x".into()),
        d: D("user"),
    }
}
async fn find(id: u32) -> Option<User> {
    later("find", ()).await;
    (id < 5).then(user)
}
struct Repo {
    users: Vec<User>,
    cache: BTreeMap<u32, D>,
    d: D,
}
impl Repo {
    fn new() -> Self {
        Repo {
            users: vec![user()],
            cache: BTreeMap::new(),
            d: D("repo"),
        }
    }
    async fn find(&self, id: u32) -> Option<&User> {
        later("repo", ()).await;
        self.users.iter().find(|u| u.id == id)
    }
    async fn all(&self) -> Vec<&User> {
        later("all", ()).await;
        self.users.iter().collect()
    }
    async fn insert(&mut self, u: User) -> &mut User {
        later("insert", ()).await;
        self.users.push(u);
        self.users.last_mut().unwrap()
    }
    async fn names(&self) -> Vec<String> {
        later("names", self.users.iter().map(|u| u.name.clone()).collect()).await
    }
    fn users(&self) -> &[User] {
        &self.users
    }
    async fn close(self) -> usize {
        later("close", self.users.len()).await
    }
}

awaits! {
    args_are_temps() with () -> usize {
        let a = show(&name("a").await).await;
        let b = show(&format!("{}{}", name("b").await, a)).await;
        let c = both(&name("c").await, &name("d").await).await;
        let d = show(name("e").await.as_str()).await + show(name("f").await.trim()).await;
        let g = name("g").await; let e = show(&String::from_utf8_lossy(g.as_bytes())).await;
        a + b + c + d + e
    }
    user_fields() with () -> usize {
        let u = user();
        let n = show(&u.name).await;
        let m = if let Some(e) = &u.email { show(e).await } else { 0 };
        let k = match u.email.as_deref() { Some(e) if e.contains('@') => show(e).await, _ => 0 };
        let domain = u.email.as_ref().and_then(|e| e.split('@').nth(1)).unwrap_or("none");
        let l = show(domain).await;
        n + m + k + l + u.id as usize
    }
    found_user() with () -> Result<usize, String> {
        let u = find(1).await.ok_or("none")?;
        let n = show(&u.name).await;
        let Some(v) = find(2).await else { return Err("no".into()) };
        let m = both(&u.name, &v.name).await;
        if let Some(User { name, .. }) = find(3).await { show(&name).await; }
        let name = find(4).await.map(|u| u.name).unwrap_or_default();
        show(&name).await;
        let w = find(9).await.ok_or_else(|| format!("{n} {m}"))?;
        Ok(n + m + w.id as usize)
    }
    local_repo() with () -> usize {
        let mut repo = Repo::new();
        let n = repo.find(1).await.map_or(0, |u| u.name.len());
        let m = 0;
        for u in repo.users.iter() { show(&u.name).await; }
        for name in repo.names().await { show(&name).await; }
        repo.insert(user()).await.name.push('x');
        let k = repo.users.len();
        repo.cache.insert(later("key", 1).await, later("val", D("v")).await);
        for (k, d) in repo.cache.iter().collect::<Vec<_>>() { num(*k).await; see(d).await; }
        n + m + k + repo.close().await
    }
    loads_in_loops() with () -> Result<usize, String> {
        let mut total = 0;
        for i in 0..1 {
            for d in load(i).await? { total += give(d).await; }
            for d in &load(i).await? { total += see(d).await; }
            for (j, d) in load(i).await?.iter().enumerate().rev() { total += see(d).await * j; }
            for d in load(i).await?.into_iter().filter(|d| d.name() != "l1") { total += give(d).await; }
            let first = load(i).await?.remove(0);
            total += see(&first).await;
            total += load(i).await?.len();
            if let Some(d) = load(i).await?.last() { total += see(d).await; }
            if let [a, b] = load(i).await?.as_slice() { total += see(a).await + see(b).await; }
            if load(i).await?.iter().any(|d| d.name() == "zz") { break; }
        }
        let never = load(7).await?;
        Ok(total + never.len())
    }
    text_processing(input: &str) with ("GET /a?b=c&d=e HTTP") -> Result<usize, String> {
        let mut parts = input.split_whitespace();
        let method = parts.next().ok_or("no method")?;
        let target = parts.next().ok_or_else(|| "no target".to_string())?;
        num(method.len() as u32).await;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut n = show(path).await;
        for pair in query.split('&') {
            let Some((k, w)) = pair.split_once('=') else { continue };
            n += both(k, w).await;
        }
        match (method, parts.next()) { ("GET", Some(version)) => Ok(n + show(version).await), (other, _) => Err(other.to_owned()) }
    }
    owned_text_processing() with () -> Result<usize, String> {
        let input = name("get /a?b=c&d=e http").await;
        let mut parts = input.split_whitespace();
        let method = parts.next().ok_or("no method")?;
        let target = parts.next().ok_or_else(|| "no target".to_string())?;
        num(method.len() as u32).await;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut n = show(path).await;
        for pair in query.split('&') {
            let Some((k, w)) = pair.split_once('=') else { continue };
            n += both(k, w).await;
        }
        match (method, parts.next()) { ("GET", Some(version)) => Ok(n + show(version).await), (other, _) => Err(other.to_owned()) }
    }
    headers_map() with () -> usize {
        let mut headers: HashMap<String, Vec<String>> = HashMap::new();
        for (k, w) in [("a", "1"), ("a", "2")] { headers.entry(name(k).await).or_default().push(w.to_owned()); }
        let mut n = 0;
        if let Some(values) = headers.get("A") { for w in values { n += show(w).await; } }
        let joined = headers.values().flatten().map(String::as_str).collect::<Vec<_>>().join(",");
        n += show(&joined).await;
        let values = headers.remove("A").unwrap_or_default();
        n + show(&values[0]).await + headers.len()
    }
    buffers() with () -> usize {
        async fn read(buf: &mut [u8]) -> Result<usize, String> { later("read", ()).await; buf[0] = 1; Ok(buf.len().min(3)) }
        let mut buf = vec![0u8; 8];
        let mut filled = 0;
        while filled < 6 {
            let n = match read(&mut buf[filled..]).await { Ok(0) => break, Ok(n) => n, Err(_) => return 0 };
            filled += n;
            if let Some(pos) = buf[..filled].iter().position(|b| *b == 9) { return pos; }
        }
        let mut small = [0u8; 4];
        let n = read(&mut small).await.unwrap_or(0);
        let (head, tail) = buf.split_at_mut(2);
        let m = read(head).await.unwrap_or(0) + read(tail).await.unwrap_or(0);
        buf.truncate(filled);
        buf.len() + n + m + small[0] as usize
    }
    shared_rc_state() with () -> usize {
        let state = Rc::new(RefCell::new(Vec::<D>::new()));
        let worker = { let state = state.clone(); async move { for n in ["a", "b"] { later(n, ()).await; state.borrow_mut().push(D(n)); } state.borrow().len() } };
        let n = worker.await;
        let d = state.borrow_mut().pop();
        if let Some(d) = d { give(d).await; }
        let len = state.borrow().len();
        for d in state.borrow().iter() { see(d).await; }
        let names: Vec<_> = state.borrow().iter().map(|d| d.name()).collect();
        n + len + names.len()
    }
    cleanup_on_error(fail: u32) with (2) -> Result<usize, String> {
        struct Temp(D);
        let dir = Temp(D("dir"));
        let r = async {
            let file = Temp(D("file"));
            for i in 0..4 { later("write", if i == fail { Err("disk".to_string()) } else { Ok(()) }).await?; }
            Ok::<_, String>(file.0.name().len())
        }.await;
        if r.is_err() { later("cleanup", ()).await; }
        let n = r.map_err(|e| format!("{}: {e}", dir.0.name()))?;
        Ok(n)
    }
    pagination() with () -> Vec<u32> {
        struct Page { items: Vec<u32>, next: Option<u32>, d: D }
        async fn page(n: u32) -> Page { later("page", ()).await; Page { items: vec![n, n + 1], next: (n < 4).then_some(n + 2), d: D("page") } }
        let mut all = Vec::new();
        let mut cursor = Some(0);
        while let Some(n) = cursor {
            let Page { items, next, d } = page(n).await;
            all.extend(items);
            cursor = next;
            if all.len() > 3 { later("slow", d.name().len()).await; }
        }
        let mut p = page(9).await;
        loop {
            all.append(&mut p.items);
            let Some(next) = p.next else { break };
            p = page(next).await;
        }
        all
    }
    rate_limit(list: Vec<u32>) with (vec![1, 2, 3, 4, 5]) -> u32 {
        let mut window = VecDeque::new();
        let mut sent = 0;
        for (at, n) in list.into_iter().enumerate() {
            while window.len() >= 2 {
                let oldest: usize = window.pop_front().unwrap();
                if at - oldest < 2 { later("wait", ()).await; }
            }
            window.push_back(at);
            sent += num(n).await;
            match window.front() { Some(f) if *f == 1 => { num(0).await; } Some(_) | None => {} }
        }
        sent
    }
    parse_args(args: Vec<String>) with (vec!["-n".into(), "3".into(), "file".into()]) -> Result<(u32, Vec<String>), String> {
        let mut it = args.iter().map(|s| s.as_str()).peekable();
        let mut n = 0;
        let mut files = vec![];
        while let Some(arg) = it.next() {
            match arg {
                "-n" => n = it.next().ok_or("missing")?.parse().map_err(|_| "bad".to_string())?,
                f if f.starts_with('-') => return Err(format!("unknown {f}")),
                f => { show(f).await; files.push(f.to_owned()); }
            }
        }
        num(n).await;
        Ok((n, files))
    }
}
