//! Guards, leases, settings, shared values: what is taken and given back.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use crate::harness::{D, log, record};

struct Guard<'a> {
    depth: &'a Cell<u32>,
    name: &'static str,
}
impl<'a> Guard<'a> {
    fn enter(depth: &'a Cell<u32>, name: &'static str) -> Self {
        depth.set(depth.get() + 1);
        log(format!("enter {name} {}", depth.get()));
        Guard { depth, name }
    }
}
impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.depth.set(self.depth.get() - 1);
        record(format!("leave {} {}", self.name, self.depth.get()));
    }
}

struct Pool {
    free: RefCell<Vec<D>>,
}
struct Lease<'p> {
    pool: &'p Pool,
    item: Option<D>,
}
impl Pool {
    fn get(&self) -> Option<Lease<'_>> {
        let item = self.free.borrow_mut().pop()?;
        Some(Lease {
            pool: self,
            item: Some(item),
        })
    }
}
impl std::ops::Deref for Lease<'_> {
    type Target = D;
    fn deref(&self) -> &D {
        self.item.as_ref().unwrap()
    }
}
impl Drop for Lease<'_> {
    fn drop(&mut self) {
        let item = self.item.take().unwrap();
        record(format!("return {}", item.0));
        self.pool.free.borrow_mut().push(item);
    }
}

#[derive(Debug, Clone)]
#[allow(dead_code, reason = "printed")]
struct Config {
    name: String,
    retries: u32,
    tags: Vec<String>,
    extra: Option<Box<Config>>,
}
impl Default for Config {
    fn default() -> Self {
        Config {
            name: "default".into(),
            retries: 3,
            tags: vec!["x".into()],
            extra: None,
        }
    }
}

struct Parser<'s> {
    src: &'s [u8],
    pos: usize,
    log: Vec<D>,
}
impl<'s> Parser<'s> {
    fn next(&mut self) -> Option<u8> {
        let b = *self.src.get(self.pos)?;
        self.pos += 1;
        Some(b)
    }
    fn expect(&mut self, b: u8) -> Result<(), String> {
        match self.next() {
            Some(x) if x == b => Ok(()),
            other => Err(format!("expected {b}, got {other:?}")),
        }
    }
}

enum State {
    Idle,
    Running { job: D, ticks: u32 },
    Failed(String),
}

fn odd(n: u32) -> Result<u32, D> {
    if n % 2 == 1 { Ok(n) } else { Err(D("even")) }
}

differential! {
    iterator guards(depth: &Cell<u32>) yields (u32) with (&depth) given { let depth = Cell::new(0); } then { log(depth.get()) } {
        let _outer = Guard::enter(depth, "outer");
        for i in 0..3 {
            let _round = Guard::enter(depth, "round");
            if i == 1 { continue }
            {
                let _inner = Guard::enter(depth, "inner");
                yield_!(depth.get() + i);
                if i == 2 { break }
            }
            yield_!(depth.get());
        }
        yield_!(depth.get());
    }

    iterator leases(pool: &Pool) yields (&'static str) with (&pool) given { let pool = Pool { free: RefCell::new(vec![D("a"), D("b")]) }; } then { log(pool.free.borrow().len()) } {
        while let Some(first) = pool.get() {
            yield_!(first.name());
            if let Some(second) = pool.get() {
                yield_!(second.name());
                log("both");
            } else { log("one"); break; }
            let Some(again) = pool.get() else { log("none"); return };
            drop(first);
            yield_!(again.name());
            if again.name() == "a" { return }
        }
    }

    coroutine configure(mut config: Config) takes (Option<&'static str>) [Some("name"), Some("tag"), None, Some("deep"), None] yields (String) returns (Config) with (Config::default()) {
        while let Some(key) = yield_!(format!("{} {}", config.name, config.tags.len())) {
            config = match key {
                "name" => { let name = yield_!("which name?".into()).unwrap_or("unnamed").to_owned(); Config { name, ..config } },
                "tag" => { config.tags.push(key.into()); config }
                "deep" => Config { retries: config.retries + 1, extra: Some(Box::new(config)), ..Default::default() },
                other => { log(other); config }
            };
        }
        config
    }

    coroutine parse['s](src: &'s [u8]) takes (u8) [1, 2, 3] yields (usize) returns (Result<Vec<u8>, String>) with (b"[1,2]") {
        let mut p = Parser { src, pos: 0, log: vec![D("p")] };
        p.expect(b'[')?;
        let mut out = Vec::new();
        loop {
            let n = p.next().ok_or_else(|| "end".to_owned())?;
            out.push(n + yield_!(p.pos));
            p.log.push(D("item"));
            match p.next() {
                Some(b',') => continue,
                Some(b']') => break,
                other => return Err(format!("{other:?} at {}", p.pos)),
            }
        }
        yield_!(p.pos);
        if p.next().is_some() { Err("trailing".into()) } else { Ok(out) }
    }

    coroutine machine() takes (u32) [1, 2, 3, 9, 4] yields (String) returns (u32) {
        let mut state = State::Idle;
        let mut done = 0;
        loop {
            state = match state {
                State::Idle => match yield_!("idle".into()) {
                    0 => return done,
                    n => State::Running { job: D("job"), ticks: n },
                },
                State::Running { job, ticks: 0 } => { log(format!("finish {}", job.name())); done += 1; State::Idle }
                State::Running { job, ticks } => {
                    let n = yield_!(format!("{} {ticks}", job.name()));
                    if n > 8 { State::Failed(format!("{} broke", job.name())) } else { State::Running { job, ticks: ticks - 1 } }
                }
                State::Failed(why) if done > 0 => { yield_!(why); return done }
                State::Failed(why) => { log(&why); yield_!(format!("failed: {why}")); State::Idle }
            };
            if done > 2 { break done }
        }
    }

    coroutine in_macros() takes (u32) [1, 2, 3] yields (u32) returns (String) {
        let list = vec![yield_!(1), 7, yield_!(2)];
        let text = format!("{:?} {} {n}", list, yield_!(3), n = yield_!(4));
        assert!(yield_!(5) > 0, "never");
        let is = matches!(yield_!(6), 1 | 2);
        assert_eq!(list.len(), 3);
        println!("{}", list.len());
        let nested = vec![D("a"), { yield_!(7); D("b") }];
        format!("{text} {is} {}", nested.len() + yield_!(8) as usize)
    }

    coroutine tries() takes (u32) [1, 3, 2] yields (u32) returns (Result<u32, D>) {
        let kept = D("kept");
        let a = odd(yield_!(1))? + odd(yield_!(2))?;
        let sum = (|| -> Result<u32, D> { Ok(odd(a + 1)? + odd(3)?) })();
        let b = match sum { Ok(n) => n, Err(e) => { yield_!(9); log(e.name()); 0 } };
        log(kept.name());
        let list = [1, yield_!(3), 5].into_iter().map(odd).collect::<Result<Vec<_>, _>>()?;
        Ok(list.iter().sum::<u32>() + a + b)
    }

    iterator weak() yields (usize) {
        let strong = Rc::new(D("shared"));
        let weak: Weak<D> = Rc::downgrade(&strong);
        yield_!(Rc::strong_count(&strong));
        if let Some(again) = weak.upgrade() { yield_!(Rc::strong_count(&again)); }
        yield_!(weak.strong_count());
        drop(strong);
        yield_!(weak.upgrade().map_or(0, |_| 1));
    }

    iterator cows['a](texts: &'a [&'a str]) yields (Cow<'a, str>) with (&["ok", "UP"]) {
        for text in texts {
            let low = if text.chars().any(char::is_uppercase) { Cow::Owned(text.to_lowercase()) } else { Cow::Borrowed(*text) };
            yield_!(low.clone());
            if let Cow::Owned(owned) = low { yield_!(Cow::Owned(owned + "!")); }
        }
    }

    iterator closures_that_change() yields (u32) {
        let mut total = 0;
        let mut add = |n: u32| { total += n; total };
        let a = add(1);
        let b = add(2);
        yield_!(a);
        yield_!(b);
        let mut counter = { let mut n = 10; move || { n += 1; n } };
        yield_!(counter());
        yield_!(counter());
        let d = D("captured");
        let name = move || d.name().len() as u32;
        yield_!(name());
        let fns: Vec<Box<dyn Fn(u32) -> u32>> = vec![Box::new(|n| n + 1), Box::new(move |n| n * total)];
        for f in &fns { yield_!(f(5)); }
    }

    iterator labelled_blocks(n: u32) yields (u32) with (3) {
        let d = D("outer");
        let found = 'search: {
            for i in 0..n {
                let e = D("in loop");
                if i == 2 { break 'search Some((i, e)); }
                yield_!(i);
            }
            None
        };
        let (i, e) = match found { Some(pair) => pair, None => return };
        yield_!(i * 10);
        log(e.name());
        let x = 'a: { let t = D("t"); if i > 1 { yield_!(99); break 'a 1 } log(t.name()); 2 };
        yield_!(x);
        log(d.name());
    }

    iterator entries() yields (String) {
        let mut map: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (i, word) in "a b a c b a".split(' ').enumerate() {
            let places = map.entry(word.to_owned()).or_default();
            places.push(i as u32);
            let n = places.len();
            yield_!(format!("{word}{n}"));
        }
        while let Some((word, places)) = map.pop_first() {
            yield_!(format!("{word}: {places:?}"));
        }
    }

    coroutine swap['a](a: &'a mut Vec<D>, b: &'a mut Vec<D>) takes (bool) [true, false, true] yields (usize) returns (usize)
        with (&mut a, &mut b) given { let (mut a, mut b) = (vec![D("a")], vec![D("b"), D("c")]); } then { log(a.len()); log(b.len()) } {
        let (mut from, mut to) = (a, b);
        for _ in 0..3 {
            if yield_!(from.len()) { std::mem::swap(&mut from, &mut to); }
            if let Some(d) = from.pop() { to.push(d); yield_!(to.len()); }
        }
        from.len() * 10 + to.len()
    }

    iterator once() yields (u32) {
        let cell = OnceCell::new();
        for i in 0..2u32 {
            let n = *cell.get_or_init(|| { log("init"); i + 5 });
            yield_!(n);
        }
        let cell = Cell::new(Some(D("in cell")));
        if let Some(d) = cell.take() { yield_!(1); log(d.name()); cell.set(Some(d)); yield_!(2); }
        yield_!(3);
    }

    iterator slices(list: &mut [u32]) yields (u32) with (&mut list) given { let mut list = [3, 1, 2]; } then { log(format!("{list:?}")) } {
        let (first, rest) = list.split_first_mut().unwrap();
        *first += 10;
        yield_!(*first);
        for x in rest.iter_mut() { std::mem::swap(x, first); yield_!(*x); }
        if let [a, .., b] = rest { *a += *b; yield_!(*a); }
        rest.sort_unstable();
        yield_!(rest[0]);
    }
}
