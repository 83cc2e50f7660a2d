//! Machines, queues and adapters of iterators.

use std::collections::{HashMap, VecDeque};

use crate::harness::{D, log};

struct Matrix {
    rows: Vec<Vec<i64>>,
}
impl std::ops::Index<(usize, usize)> for Matrix {
    type Output = i64;
    fn index(&self, (r, c): (usize, usize)) -> &i64 {
        &self.rows[r][c]
    }
}
impl std::ops::IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (r, c): (usize, usize)) -> &mut i64 {
        &mut self.rows[r][c]
    }
}

struct Bag<T> {
    items: Vec<T>,
}
impl<T> Bag<T> {
    fn take(&mut self) -> Option<T> {
        self.items.pop()
    }
    fn push(&mut self, t: T) -> &mut Self {
        self.items.push(t);
        self
    }
}
impl<T> IntoIterator for Bag<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}
impl<'a, T> IntoIterator for &'a Bag<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Json {
    Null,
    Bool(bool),
    Num(i64),
    Str(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

#[derive(Debug)]
enum Op {
    Push(i32),
    Add,
    Jump(usize),
    JumpIf(usize),
    Print,
    Halt,
}

struct Process {
    id: u32,
    burst: u32,
    name: D,
}

struct Fib {
    a: u64,
    b: u64,
}
impl Iterator for Fib {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        let a = self.a;
        self.a = self.b;
        self.b += a;
        Some(a)
    }
}

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(';').filter_map(|p| p.split_once('='))
}

differential! {
    iterator spiral(mut m: Matrix) yields (i64) with (Matrix { rows: vec![vec![1, 2, 3], vec![4, 5, 6]] }) {
        let (mut top, mut left) = (0, 0);
        let (mut bottom, mut right) = (m.rows.len(), m.rows[0].len());
        while top < bottom && left < right {
            for c in left..right { yield_!(m[(top, c)]); m[(top, c)] = 0; }
            top += 1;
            for r in top..bottom { yield_!(m[(r, right - 1)]); }
            right -= 1;
            if top < bottom { for c in (left..right).rev() { yield_!(m[(bottom - 1, c)]); } bottom -= 1; }
            if left < right { for r in (top..bottom).rev() { yield_!(m[(r, left)]); } left += 1; }
        }
        yield_!(m.rows.iter().flatten().sum());
    }

    iterator bags(mut bag: Bag<D>) yields (&'static str) with (Bag { items: vec![D("a"), D("b"), D("c")] }) {
        while let Some(d) = bag.take() {
            yield_!(d.name());
            if d.name() == "b" { bag.push(D("x")).push(D("y")); }
            if d.name() == "x" { break }
        }
        for d in bag { yield_!(d.name()); }
    }

    iterator flatten(json: Json) yields ((String, Json))
        with (Json::Map(vec![("a".into(), Json::Num(1)), ("b".into(), Json::List(vec![Json::Null, Json::Str("s".into())])), ("c".into(), Json::Map(vec![("d".into(), Json::Bool(true))]))])) {
        let mut stack = vec![(String::new(), json)];
        while let Some((path, json)) = stack.pop() {
            match json {
                Json::List(items) => {
                    for (i, item) in items.into_iter().enumerate().rev() { stack.push((format!("{path}[{i}]"), item)); }
                }
                Json::Map(fields) => for (name, value) in fields.into_iter().rev() { stack.push((format!("{path}.{name}"), value)); },
                leaf => yield_!((path, leaf)),
            }
        }
    }

    coroutine vm(code: Vec<Op>) takes (i32) [5, -1, 2] yields (String) returns (Result<i32, String>)
        with (vec![Op::Push(1), Op::Print, Op::Push(2), Op::Add, Op::JumpIf(1), Op::Jump(7), Op::Halt, Op::Halt]) {
        let mut stack: Vec<i32> = Vec::with_capacity(8);
        let mut pc = 0;
        let mut fuel = 7;
        loop {
            fuel -= 1;
            if fuel == 0 { return Err(format!("out of fuel at {pc}")); }
            let op = code.get(pc).ok_or("end of code")?;
            pc += 1;
            match *op {
                Op::Push(n) => stack.push(n),
                Op::Add => {
                    let (Some(a), Some(b)) = (stack.pop(), stack.pop()) else { return Err("underflow".into()) };
                    stack.push(a + b);
                }
                Op::Jump(to) => pc = to,
                Op::JumpIf(to) if *stack.last().ok_or("empty")? < 10 => pc = to,
                Op::JumpIf(_) => {}
                Op::Print => {
                    let Some(top) = stack.last_mut() else { return Err("nothing to print".to_string()) };
                    let shown = format!("{top}");
                    let n = yield_!(shown); if let Some(top) = stack.last_mut() { *top += n; }
                }
                Op::Halt => return stack.pop().ok_or_else(|| String::from("no result")),
            }
        }
    }

    iterator scheduler(processes: Vec<Process>, quantum: u32) yields ((u32, u32))
        with (vec![Process { id: 1, burst: 3, name: D("one") }, Process { id: 2, burst: 1, name: D("two") }, Process { id: 3, burst: 4, name: D("three") }], 2) {
        let mut ready = VecDeque::from(processes);
        let mut clock = 0;
        while let Some(Process { id, burst, name }) = ready.pop_front() {
            let slice = burst.min(quantum);
            clock += slice;
            yield_!((id, clock));
            if burst > slice {
                ready.push_back(Process { id, burst: burst - slice, name });
            } else {
                log(format!("{} is done", name.name()));
            }
        }
    }

    iterator user_iterators(n: usize) yields (u64) with (4) {
        let mut fib = Fib { a: 0, b: 1 };
        for _ in 0..n { let Some(x) = fib.next() else { break }; yield_!(x); }
        for x in fib.by_ref() { if x > 20 { break } yield_!(x); }
        yield_!(fib.a);
        for (i, x) in fib.enumerate() { if i == 2 { return } yield_!(x + i as u64); }
    }

    iterator query(text: &str) yields (String) with ("a=1;b=2;c") {
        let mut n = 0;
        for (key, value) in pairs(text) {
            n += 1;
            yield_!(format!("{n} {key}:{value}"));
        }
        let all: HashMap<_, _> = pairs(text).collect();
        let mut keys: Vec<_> = all.keys().copied().collect();
        keys.sort();
        for key in keys { yield_!(all[key].to_owned()); }
    }

    #[Clone] coroutine guess(low: u32, high: u32) takes (std::cmp::Ordering) [std::cmp::Ordering::Less, std::cmp::Ordering::Greater, std::cmp::Ordering::Equal] yields (u32) returns (Option<(u32, usize)>) with (0, 100) {
        let (mut low, mut high) = (low, high);
        let mut tried = vec![];
        while low < high {
            let middle = low + (high - low) / 2;
            tried.push(middle);
            match yield_!(middle) {
                std::cmp::Ordering::Less => high = middle,
                std::cmp::Ordering::Greater => low = middle + 1,
                std::cmp::Ordering::Equal => return Some((middle, tried.len())),
            }
        }
        None
    }

    #[Clone] iterator combinations(n: usize, k: usize) yields (Vec<usize>) with (4, 2) {
        let mut chosen: Vec<usize> = (0..k).collect();
        'all: loop {
            yield_!(chosen.clone());
            let mut i = k;
            loop {
                if i == 0 { break 'all }
                i -= 1;
                if chosen[i] != i + n - k { break }
            }
            chosen[i] += 1;
            for j in i + 1..k { chosen[j] = chosen[j - 1] + 1; }
        }
    }

    coroutine chat() takes (&'static str) ["hi", "name ann", "bye", "quit"] yields (String) returns (Vec<String>) {
        let mut history: Vec<String> = vec![];
        let mut name: Option<String> = None;
        let mut prompt = String::from("?");
        loop {
            let line = yield_!(std::mem::take(&mut prompt));
            history.push(line.to_owned());
            prompt = match line.split_whitespace().collect::<Vec<_>>()[..] {
                ["quit"] => break,
                ["name", new] => { name = Some(new.to_owned()); format!("hello {new}") }
                ["bye"] => match name.take() { Some(name) => format!("bye {name}"), None => "who?".into() },
                _ if history.len() > 5 => { yield_!("too long".into()); return vec![] }
                _ => format!("{} {}", name.as_deref().unwrap_or("you"), line.len()),
            };
        }
        history
    }

    iterator dedup(list: Vec<D>) yields (D) with (vec![D("a"), D("a"), D("b"), D("a")]) {
        let mut last: Option<D> = None;
        for d in list {
            if last.as_ref() == Some(&d) { log("same"); continue; }
            if let Some(old) = last.replace(d) { yield_!(old); }
        }
        if let Some(d) = last { yield_!(d) }
    }
}
