//! Lexers, interpreters, searches over graphs and merges.

use std::cell::RefCell;
use std::collections::{BTreeMap, BinaryHeap};

use crate::harness::{D, log};

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Num(f64),
    Op(char),
    Open,
    Close,
    Ident(String),
    Str(String),
    End,
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}
impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }
    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }
    fn take_while(&mut self, f: impl Fn(char) -> bool) -> &'a str {
        let from = self.at;
        while self.peek().is_some_and(&f) {
            self.bump();
        }
        &self.text[from..self.at]
    }
}

#[derive(Debug, Clone)]
#[allow(dead_code, reason = "printed")]
enum Event {
    Start(String),
    End(String),
    Text(String),
}

struct Edge {
    to: usize,
    cost: u32,
}

enum Expr {
    Num(i64),
    Add(Box<Expr>, Box<Expr>),
    Mul(Box<Expr>, Box<Expr>),
    Neg(Box<Expr>),
    Let {
        name: String,
        value: Box<Expr>,
        body: Box<Expr>,
    },
}

fn num(n: i64) -> Box<Expr> {
    Box::new(Expr::Num(n))
}

differential! {
    iterator lexer(text: &str) yields (Token) with ("foo + 12.5*(a-\"b c\") ") {
        let mut cursor = Cursor { text, at: 0 };
        loop {
            cursor.take_while(char::is_whitespace);
            let token = match cursor.peek() {
                None => break,
                Some(c) if c.is_ascii_digit() => {
                    let n = cursor.take_while(|c| c.is_ascii_digit() || c == '.');
                    Token::Num(n.parse().unwrap())
                }
                Some(c) if c.is_alphabetic() => Token::Ident(cursor.take_while(char::is_alphanumeric).to_owned()),
                Some('"') => {
                    cursor.bump();
                    let s = cursor.take_while(|c| c != '"');
                    cursor.bump();
                    Token::Str(s.into())
                }
                Some('(') => { cursor.bump(); Token::Open }
                Some(')') => { cursor.bump(); Token::Close }
                Some(c) => { cursor.bump(); Token::Op(c) }
            };
            log(format!("{token:?}"));
            yield_!(token);
        }
        yield_!(Token::End);
    }

    iterator xml(text: &str) yields (Event) with ("<a>hi<b>x</b></a>") {
        let mut rest = text;
        let mut open: Vec<String> = Vec::new();
        while !rest.is_empty() {
            if let Some(tail) = rest.strip_prefix("</") {
                let Some((name, tail)) = tail.split_once('>') else { return };
                if open.pop().as_deref() != Some(name) { log("bad"); return; }
                yield_!(Event::End(name.to_owned()));
                rest = tail;
            } else if let Some(tail) = rest.strip_prefix('<') {
                let Some((name, tail)) = tail.split_once('>') else { return };
                open.push(name.to_owned());
                yield_!(Event::Start(name.to_owned()));
                rest = tail;
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                let (text, tail) = rest.split_at(end);
                yield_!(Event::Text(text.to_owned()));
                rest = tail;
            }
        }
        for name in open.into_iter().rev() { yield_!(Event::End(name)); }
    }

    coroutine dijkstra(graph: Vec<Vec<Edge>>, from: usize) takes (bool) [true, true, false] yields ((usize, u32)) returns (Vec<Option<u32>>)
        with (vec![vec![Edge { to: 1, cost: 4 }, Edge { to: 2, cost: 1 }], vec![Edge { to: 3, cost: 1 }], vec![Edge { to: 1, cost: 2 }], vec![]], 0) {
        let mut best = vec![None; graph.len()];
        let mut queue = BinaryHeap::new();
        queue.push(std::cmp::Reverse((0, from)));
        while let Some(std::cmp::Reverse((cost, node))) = queue.pop() {
            if best[node].is_some() { continue; }
            best[node] = Some(cost);
            if !yield_!((node, cost)) { break; }
            for Edge { to, cost: step } in &graph[node] {
                if best[*to].is_none() { queue.push(std::cmp::Reverse((cost + step, *to))); }
            }
        }
        best
    }

    iterator sieve_of(limit: usize) yields (usize) with (30) {
        let mut composite = vec![false; limit + 1];
        for n in 2..=limit {
            if composite[n] { continue }
            yield_!(n);
            for multiple in (n * n..=limit).step_by(n) { composite[multiple] = true; }
        }
    }

    coroutine eval(expr: Box<Expr>) takes (i64) [1, 2, 3] yields (String) returns (i64)
        with (Box::new(Expr::Let { name: "x".into(), value: Box::new(Expr::Add(num(1), num(2))), body: Box::new(Expr::Neg(Box::new(Expr::Mul(num(3), num(4))))) })) {
        enum Step { Eval(Box<Expr>), Add, Mul, Neg, Bind(String, Box<Expr>) }
        let mut work = vec![Step::Eval(expr)];
        let mut values: Vec<i64> = vec![];
        while let Some(step) = work.pop() {
            match step {
                Step::Eval(expr) => match *expr {
                    Expr::Num(n) => { let bonus = yield_!(format!("num {n}")); values.push(n + bonus); }
                    Expr::Add(a, b) => { work.push(Step::Add); work.push(Step::Eval(b)); work.push(Step::Eval(a)); }
                    Expr::Mul(a, b) => { work.push(Step::Mul); work.push(Step::Eval(b)); work.push(Step::Eval(a)); }
                    Expr::Neg(a) => { work.push(Step::Neg); work.push(Step::Eval(a)); }
                    Expr::Let { name, value, body } => { work.push(Step::Bind(name, body)); work.push(Step::Eval(value)); }
                },
                Step::Add => { let (b, a) = (values.pop().unwrap(), values.pop().unwrap()); values.push(a + b); yield_!("add".to_string()); }
                Step::Mul => { let (b, a) = (values.pop().unwrap(), values.pop().unwrap()); values.push(a * b); yield_!(String::from("mul")); }
                Step::Neg => { if let Some(top) = values.last_mut() { *top = -*top; } yield_!("neg".into()); }
                Step::Bind(name, body) => { let value = values.pop().unwrap_or_default(); yield_!(format!("{name} = {value}")); work.push(Step::Eval(body)); }
            }
        }
        values.pop().unwrap()
    }

    iterator merge_sorted(a: Vec<D>, b: Vec<D>) yields (D) with (vec![D("a"), D("c"), D("e")], vec![D("b"), D("c"), D("d"), D("f")]) {
        let mut a = a.into_iter().peekable();
        let mut b = b.into_iter().peekable();
        loop {
            let next = match (a.peek(), b.peek()) {
                (Some(x), Some(y)) if x <= y => a.next(),
                (_, Some(_)) => b.next(),
                (Some(_), None) => a.next(),
                (None, None) => break,
            };
            if let Some(d) = next { yield_!(d); }
        }
        log("merged");
    }

    iterator group_by(list: Vec<(u32, D)>) yields ((u32, Vec<D>)) with (vec![(1, D("a")), (1, D("b")), (2, D("c")), (1, D("d"))]) {
        let mut list = list.into_iter();
        let Some((mut key, first)) = list.next() else { return };
        let mut group = vec![first];
        for (k, d) in list {
            if k != key {
                yield_!((key, std::mem::take(&mut group)));
                key = k;
            }
            group.push(d);
        }
        yield_!((key, group));
    }

    iterator windows2(mut list: impl Iterator<Item = D>) yields ((D, D)) with (vec![D("a"), D("b"), D("c")].into_iter()) {
        let Some(mut last) = list.next() else { return };
        for d in list {
            yield_!((last.clone(), d.clone()));
            last = d;
        }
        log(last.name());
    }

    coroutine accumulate() takes (Option<i32>) [Some(3), Some(4), None] yields (i32) returns (Vec<i32>) {
        let mut all = vec![];
        let mut sum = 0;
        while let Some(n) = yield_!(sum) {
            all.push(n);
            sum += n;
        }
        all.sort_by(|a, b| b.cmp(a));
        all
    }

    iterator permutations(items: Vec<u8>) yields (Vec<u8>) with (vec![1, 2, 3]) {
        let n = items.len();
        let mut items = items;
        let mut c = vec![0; n];
        yield_!(items.clone());
        let mut i = 0;
        while i < n {
            if c[i] < i {
                if i % 2 == 0 { items.swap(0, i) } else { items.swap(c[i], i) }
                yield_!(items.clone());
                c[i] += 1;
                i = 0;
            } else {
                c[i] = 0;
                i += 1;
            }
        }
    }

    iterator json_lines(text: &str) yields (Result<(String, i64), String>) with ("a: 1\n\nb: x\nc:3") {
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() { continue; }
            let Some((key, value)) = line.split_once(':') else {
                yield_!(Err(format!("{number}: no colon")));
                continue;
            };
            match value.trim().parse::<i64>() {
                Ok(n) => yield_!(Ok((key.to_owned(), n))),
                Err(e) => yield_!(Err(format!("{number}: {e}"))),
            }
        }
    }

    coroutine handshake(secret: D) takes (Result<u32, String>) [Ok(1), Ok(2), Err("late".into()), Ok(9)] yields (String) returns (Result<u32, String>)
        with (D("secret")) {
        let hello = yield_!("hello".to_owned())?;
        let session = D("session");
        let mut tries = 0;
        let key = loop {
            tries += 1;
            let answer = yield_!(format!("{} try {tries}", secret.name()))?;
            if answer > hello { break answer + tries; }
            log("again");
        };
        drop(secret);
        match yield_!(format!("key {key}")) {
            Ok(n) => Ok(n + key),
            Err(e) if e == "late" => { yield_!(format!("closing {}", session.name()))?; Ok(0) }
            Err(e) => Err(e),
        }
    }

    iterator bank() yields (String) {
        let accounts = RefCell::new(BTreeMap::from([("a", 10), ("b", 5)]));
        let transfer = |from: &'static str, to: &'static str, n: i32| {
            let mut accounts = accounts.borrow_mut();
            let have = accounts.get_mut(from)?;
            if *have < n { return None; }
            *have -= n;
            *accounts.entry(to).or_default() += n;
            Some(*accounts.get(to)?)
        };
        for (from, to, n) in [("a", "b", 3), ("b", "c", 8), ("c", "a", 99), ("x", "a", 1)] {
            match transfer(from, to, n) {
                Some(has) => yield_!(format!("{to} has {has}")),
                None => yield_!(format!("{from} cannot")),
            }
        }
        let total = accounts.borrow().values().sum::<i32>();
        yield_!(total.to_string());
    }
}
