//! References that patterns take: `ref` in arguments and values, tuples of borrows.

use super::harness::later;
use crate::harness::{D, log, record};

#[allow(dead_code, reason = "patterns leave it")]
struct Pair {
    a: D,
    b: D,
}

fn make(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

async fn peek(d: &D) -> usize {
    later("peek", ()).await;
    d.name().len()
}

async fn pass(d: D, name: &'static str) -> D {
    later("pass", d).await;
    D(name)
}

/// A writer that borrows what it is given.
struct Log(Vec<String>, D);

impl Log {
    async fn write(&mut self, text: &str) -> usize {
        later("write", ()).await;
        self.0.push(text.to_owned());
        self.0.len()
    }
}

awaits! {
    closures_and_blocks_in_guards(n: Option<u32>) with (Some(1)) -> u32 {
        match n {
            Some(a) if [2, 3].iter().any(|n| *n == a) && later("closure", true).await => a,
            Some(a) if async { later("block", a).await }.await == 1 => a + later("arm", 1).await,
            _ => 2,
        }
    }

    arguments_by_ref(ref a: D, ref mut b: D, (ref c, _): (D, D), Pair { a: ref d, .. }: Pair)
        with (D("a"), D("b"), (D("c1"), D("c2")), Pair { a: D("pa"), b: D("pb") }) -> usize
    {
        *b = make("newb");
        let n = later("x", a.name().len()).await;
        n + b.name().len() + c.name().len() + d.name().len()
    }
    arguments_by_ref_and_value(ref a: D, (b, c): (D, D), ref mut d: D, e: D)
        with (D("a"), (D("b"), D("c")), D("d"), D("e")) -> usize
    {
        *d = pass(b, "passed").await;
        peek(a).await + peek(&c).await + e.name().len()
    }
    arguments_by_ref_unused(ref a: D, (ref b, ref c): (D, D), _: D, d: D)
        with (D("a"), (D("b"), D("c")), D("_"), D("d")) -> usize
    {
        later("x", 1).await
    }
    values_by_ref() -> usize {
        let ref a = make("a");
        later("x", ()).await;
        let ref mut b = make("b");
        let (_, ref mut c) = (make("left"), make("c"));
        *c = make("c2");
        later("y", ()).await;
        *b = make("b2");
        later("z", ()).await;
        a.name().len() + b.name().len() + c.name().len()
    }
    matched_by_ref_mut(mut x: Option<D>) with (Some(D("x"))) -> usize {
        match x {
            Some(ref mut d) => {
                *d = make("y");
                later("a", ()).await;
                *d = make("z");
                later("b", ()).await;
                log(d.name());
            }
            None => {}
        }
        match Some(make("temporary")) {
            Some(ref mut d) => {
                *d = make("y");
                later("c", ()).await;
                *d = make("z");
            }
            None => {}
        }
        if let Some(ref mut d) = x {
            later("d", ()).await;
            *d = make("w");
        }
        x.map_or(0, |d| d.name().len())
    }
    views_in_a_tuple(command: String, argument: Option<String>)
        with ("get".to_owned(), Some("12".to_owned())) -> Result<u32, String>
    {
        match (command.as_str(), argument.as_deref()) {
            ("set", Some(n)) => {
                later("set", ()).await;
                Err(n.to_owned())
            }
            ("get", Some(n)) => {
                later("get", ()).await;
                let n: u32 = n.parse().map_err(|_| "no number".to_owned())?;
                Ok(later("n", n).await)
            }
            (other, _) => Err(format!("{other} {}", later("other", 1).await)),
        }
    }
    views_with_guard(text: String, end: String) with ("abc".to_owned(), "b".to_owned()) -> usize {
        match (text.as_str(), end.as_str()) {
            ("", _) => 0,
            (a, b) if later("longer", a.len() > b.len()).await => later("first", a.len()).await + b.len(),
            (_, b) => {
                later("second", ()).await;
                b.len()
            }
        }
    }
    dead_views_beside_what_is_lent(mut to: Log, line: String)
        with (Log(Vec::new(), D("log")), "say hello".to_owned()) -> usize
    {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("quit"), None) => {
                to.write("bye").await;
                return 0;
            }
            (Some(first), _) => {
                let reply = format!("? {first}");
                to.write(&reply).await;
            }
            (None, _) => {}
        }
        to.write("end").await + to.1.name().len()
    }
    reborrowed(row: &mut Vec<Vec<u32>>)
        with (&mut rows) given { let mut rows = vec![vec![1], vec![2, 3]]; } then { record(format!("{rows:?}")); } -> usize
    {
        for list in row.iter_mut() {
            let first = &mut list[0];
            *first += later("first", 1).await;
            for n in list.iter_mut() {
                *n += later("n", 1).await;
            }
            list.push(later("push", 0).await);
        }
        row.len()
    }
    reborrow_returned['a](row: &'a mut (Vec<u32>, D))
        with (&mut row) given { let mut row = (vec![1, 2], D("row")); } -> Option<&'a mut u32>
    {
        let list = &mut row.0;
        later("a", ()).await;
        list.push(later("b", 3).await);
        match list.get_mut(1) {
            Some(n) => {
                later("c", ()).await;
                *n += 1;
                Some(n)
            }
            None => None,
        }
    }
    reborrow_lent(row: &mut (Vec<u32>, D))
        with (&mut row) given { let mut row = (vec![1, 2], D("row")); } then { record(format!("{row:?}")); } -> usize
    {
        async fn push(list: &mut Vec<u32>, n: u32) {
            later("push", ()).await;
            list.push(n);
        }
        let list = &mut row.0;
        push(list, 5).await;
        push(list, 6).await;
        row.1 = D("other");
        later("end", row.0.len()).await
    }
}

#[allow(unsafe_code, reason = "the block is the test")]
mod unsafety {
    use super::later;

    awaits! {
        in_unsafe() -> u32 {
            let x = 5;
            let p = &raw const x;
            unsafe {
                let n = later("a", 1).await;
                later("b", *p).await + n
            }
        }
        pointers() -> u32 {
            let (mut x, mut y, mut z) = (1, 2, [3, 4]);
            let p = &raw mut x;
            let q = &mut y as *mut u32;
            let r = &z[1] as *const u32 as *const i32;
            later("a", ()).await;
            unsafe { *p += 10; *q += 20 };
            let k = later("b", unsafe { *p + *q }).await;
            unsafe { *q = *r as u32 };
            x + y + z[1] + k
        }
    }
}

awaits! {
    assigned_in_part() -> usize {
        let (mut a, mut b) = (D("a"), D("b"));
        (a, _) = later("one", (D("c"), D("d"))).await;
        later("x", ()).await;
        [.., b] = later("two", [D("e"), D("f"), D("g")]).await;
        (_, a) = if a.name() == "c" { later("three", (D("h"), D("i"))).await } else { (D("j"), D("k")) };
        log(a.name());
        b.name().len()
    }
}
