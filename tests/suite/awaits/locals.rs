//! Borrows of locals in everyday code: of rows, texts, maps and guards, across awaits.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use super::harness::later;
use crate::harness::{D, log, v};

fn make(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

#[allow(dead_code, reason = "its drop is logged")]
struct Table {
    rows: Vec<Row>,
    index: HashMap<String, usize>,
    d: D,
}

#[derive(Debug, Clone)]
struct Row {
    name: String,
    vals: Vec<u32>,
}

fn row(name: &str, vals: &[u32]) -> Row {
    Row {
        name: name.to_owned(),
        vals: vals.to_vec(),
    }
}

fn table() -> Table {
    let rows = vec![row("a", &[1, 2]), row("b", &[]), row("c", &[3])];
    let index = rows.iter().enumerate().map(|(i, row)| (row.name.clone(), i)).collect();
    Table {
        rows,
        index,
        d: D("table"),
    }
}

impl Table {
    fn get(&self, name: &str) -> Option<&Row> {
        self.index.get(name).map(|i| &self.rows[*i])
    }
    fn get_mut(&mut self, name: &str) -> Option<&mut Row> {
        let i = *self.index.get(name)?;
        Some(&mut self.rows[i])
    }
}

async fn store(name: &str, value: u32) -> Result<u32, String> {
    later("store", ()).await;
    if name == "zz" { Err(name.into()) } else { Ok(value) }
}

async fn fill(list: &mut Vec<u32>) {
    later("fill", ()).await;
    list.push(9);
}

awaits! {
    given_away_on_the_path_that_goes_on(mut n: u32) with (0) {
        let count = &mut n;
        let Some(c) = (match *count {
            _n => Some(D("c")),
        }) else {
            return;
        };
        loop {
            let _x = match (match v("n", *count) {
                2 => break,
                _ => *count += 1,
            }) {
                _ => D("x"),
            };
            later("f", ()).await;
            if v("leave", false) {
                drop(c);
                break;
            }
        }
        later("g", ()).await;
    }

    rows() -> u32 {
        let t = table();
        let mut n = 0;
        for r in &t.rows {
            for v in &r.vals {
                n += later(&*"v", *v).await;
            }
            n += r.name.len() as u32;
        }
        n
    }
    rows_mut() -> usize {
        let mut t = table();
        for r in &mut t.rows {
            fill(&mut r.vals).await;
            r.name.push('!');
            later("x", ()).await;
            r.vals.retain(|x| *x > 1);
        }
        t.rows.iter().map(|r| r.vals.len()).sum()
    }
    fields() -> usize {
        let t = table();
        let r = &t.rows[0];
        later("x", ()).await;
        let n = &r.name;
        later("y", ()).await;
        n.len() + r.vals.len()
    }
    match_ref() -> u32 {
        let t = table();
        match t.rows.first() {
            Some(r) => {
                later("x", ()).await;
                r.vals.len() as u32
            }
            None => 0,
        }
    }
    match_ref2() -> u32 {
        let t = table();
        match &t.rows[..] {
            [a, .., c] => {
                let n = later("x", a.vals.len()).await;
                (n + c.vals.len()) as u32
            }
            _ => 0,
        }
    }
    iter_map() -> u32 {
        let t = table();
        let mut n = 0;
        for name in t.rows.iter().map(|r| &r.name) {
            n += store(name, 1).await.unwrap();
        }
        n
    }
    lines_break() -> usize {
        let s = String::from("a\nb\nzz\nc");
        let mut n = 0;
        for l in s.lines() {
            match store(l, 2).await {
                Ok(v) => n += v as usize,
                Err(_) => break,
            }
        }
        n + s.len()
    }
    lines_question() -> Result<usize, String> {
        let s = String::from("a\nzz\nc");
        let mut n = 0;
        for l in s.lines() {
            n += store(l, 2).await? as usize;
        }
        Ok(n)
    }
    chars() -> usize {
        let s = String::from("abc");
        let mut it = s.chars();
        let mut n = 0;
        while let Some(c) = it.next() {
            n += later("c", c.len_utf8()).await;
        }
        n
    }
    btree_return() -> Result<u32, String> {
        let m = BTreeMap::from([("a", 1), ("zz", 2)]);
        let mut n = 0;
        for (k, v) in &m {
            n += store(k, *v).await?;
            if n > 10 {
                return Ok(n);
            }
        }
        Ok(n)
    }
    cell_guard() -> usize {
        let c = RefCell::new(vec![make("a")]);
        let n = c.borrow().len();
        later("x", ()).await;
        c.borrow_mut().push(make("b"));
        n + c.borrow().len()
    }
    mutex_guard() -> u32 {
        let m = Mutex::new(1);
        let mut g = m.lock().unwrap();
        *g += later("x", 2).await;
        let n = *g;
        drop(g);
        later("y", n).await
    }
    entry() -> u32 {
        let mut m: HashMap<&str, u32> = HashMap::new();
        let e = m.entry("a").or_insert(1);
        *e += later("x", 1).await;
        let n = *e;
        m.len() as u32 + n
    }
    get_mut() -> usize {
        let mut t = table();
        if let Some(r) = t.get_mut("a") {
            r.vals.push(later("x", 5).await);
        }
        t.rows[0].vals.len()
    }
    last_mut() -> u32 { let mut v = vec![1, 2]; *v.last_mut().unwrap() += later("x", 5).await; v[1] }
    two_slices() -> u32 {
        let mut v = vec![1, 2, 3, 4];
        let (a, b) = v.split_at_mut(2);
        async fn sw(a: &mut [u32], b: &mut [u32]) {
            later("sw", ()).await;
            a.swap_with_slice(b);
        }
        sw(a, b).await;
        v[0]
    }
    string_build() -> String {
        let mut out = String::new();
        for (i, r) in table().rows.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            out.push_str(&later("n", r.name.clone()).await);
        }
        out
    }
    closure_borrow() -> u32 {
        let t = table();
        let find = |n: &str| t.get(n).map_or(0, |r| r.vals.len() as u32);
        let a = find("a");
        later("x", ()).await;
        a + find("c")
    }
    closure_mut() -> Vec<u32> {
        let mut out = vec![];
        let mut add = |x| out.push(x);
        add(1);
        later("x", ()).await;
        add(2);
        out
    }
    peekable() -> u32 {
        let v = vec![1, 2, 3];
        let mut it = v.iter().peekable();
        let mut n = 0;
        while let Some(x) = it.next() {
            n += later("x", *x).await;
            if let Some(y) = it.peek() {
                n += **y;
            }
        }
        n
    }
    drain() -> usize {
        let mut v = vec![make("a"), make("b"), make("c")];
        for d in v.drain(..2) {
            later("d", d).await;
        }
        v.len()
    }
    struct_ref() -> usize {
        struct Ctx<'a> {
            t: &'a Table,
            n: usize,
        }
        let t = table();
        let mut c = Ctx { t: &t, n: 0 };
        c.n += c.t.rows.len();
        later("x", ()).await;
        c.n += 1;
        c.n + c.t.rows.len()
    }
    arg_struct() -> usize {
        struct Ctx<'a> {
            t: &'a Table,
        }
        impl Ctx<'_> {
            async fn go(&self) -> usize {
                later("go", self.t.rows.len()).await
            }
        }
        let t = table();
        let c = Ctx { t: &t };
        c.go().await + c.go().await
    }
    str_slice() -> usize {
        let s = String::from("key=value");
        let (k, v) = s.split_once('=').unwrap();
        let a = store(k, 1).await.unwrap();
        let b = store(v, 2).await.unwrap();
        (a + b) as usize + k.len()
    }
    as_str() -> usize {
        let s = String::from("abc");
        let t = s.as_str();
        later("y", ()).await;
        t.len() + s.len()
    }
    bytes() -> u32 {
        let s = String::from("ab");
        let b = s.as_bytes();
        let mut n = 0;
        for i in 0..b.len() {
            n += later("i", b[i] as u32).await;
        }
        n
    }
    parse_loop() -> Result<u32, String> {
        let input = later("in", "1,2,x".to_string()).await;
        let mut sum = 0;
        for part in input.split(',') {
            let n: u32 = match part.parse() {
                Ok(n) => n,
                Err(_) => return Err(later("err", part.to_string()).await),
            };
            sum += later("n", n).await;
        }
        Ok(sum)
    }
    vec_of_refs() -> usize {
        let t = table();
        let refs: Vec<&Row> = t.rows.iter().filter(|r| !r.vals.is_empty()).collect();
        let mut n = 0;
        for r in &refs {
            n += later("r", r.vals.len()).await;
        }
        n + refs.len()
    }
    sort_refs() -> String {
        let t = table();
        let mut names: Vec<&str> = t.rows.iter().map(|r| r.name.as_str()).collect();
        names.sort_by(|a, b| b.cmp(a));
        later("x", ()).await;
        names.join(",")
    }
    hash_lookup() -> u32 {
        let m = HashMap::from([("a", vec![1, 2])]);
        let v = &m["a"];
        let mut n = 0;
        for x in v {
            n += later("x", *x).await;
        }
        n
    }
    arc_deref() -> usize {
        let t = Arc::new(table());
        let rows = &t.rows;
        let mut n = 0;
        for r in rows {
            n += later("r", r.vals.len()).await;
        }
        n + Arc::strong_count(&t)
    }
    option_ref() -> usize {
        let o = Some(String::from("x"));
        if let Some(s) = &o {
            later("x", ()).await;
            log(s);
        }
        if let Some(s) = o.as_ref() {
            later("y", ()).await;
            return s.len();
        }
        0
    }
    option_mut() -> usize {
        let mut o = Some(String::from("x"));
        if let Some(s) = o.as_mut() {
            later("x", ()).await;
            s.push('y');
        }
        if let Some(s) = &mut o {
            s.push(later("c", 'c').await);
        }
        o.map_or(0, |s| s.len())
    }
    let_else_ref() -> usize {
        let t = table();
        let Some(r) = t.get("a") else { return 0 };
        let n = r.vals.len();
        later("x", n).await
    }
    let_else_ref2() -> usize {
        let t = table();
        let Some(r) = t.rows.get(1) else { return 0 };
        later("x", ()).await;
        r.name.len()
    }
    result_ref() -> Result<usize, String> {
        let t = table();
        let r = t.rows.get(0).ok_or("none")?;
        later("x", ()).await;
        Ok(r.name.len())
    }
    cond_ref() -> usize {
        let (a, b) = (String::from("a"), String::from("bb"));
        let r = if later("c", true).await { &a } else { &b };
        later("x", ()).await;
        r.len()
    }
    max_by() -> usize {
        let t = table();
        let best = t.rows.iter().max_by_key(|r| r.vals.len()).unwrap();
        later("x", ()).await;
        best.name.len()
    }
}

awaits! {
    assigned_again_beside_what_an_await_gave(mut older: D) with (D("older")) -> u32 {
        drop(older);
        let younger = later("younger", D("younger")).await;
        older = v("again", D("again"));
        v("between", 1);
        later("work", 2).await + older.name().len() as u32 + younger.name().len() as u32
    }
    assigned_in_an_operand_behind_another_await() -> u32 {
        let (mut n, mut few) = (v("n", 3), [1u32; 3]);
        later("a", v("unused", n + few[0])).await;
        let m = later("b", { n = v("four", 4); few = [n; 3]; n + 1 }).await;
        later("c", n + few[1] + m).await
    }
}
