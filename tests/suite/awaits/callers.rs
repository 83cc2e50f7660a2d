//! Services, closures, pinned futures and shared values, as those who call them write it.

use std::cell::RefCell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;

use super::harness::later;
use crate::harness::{D, log};

fn d(name: &'static str) -> D {
    log(name);
    D(name)
}

async fn id<T>(value: T) -> T {
    later("id", ()).await;
    value
}

trait Service {
    fn name(&self) -> &str;
    async fn call(&mut self, request: &str) -> Result<String, String>;
}

struct Echo(D, u32);

impl Service for Echo {
    fn name(&self) -> &str {
        self.0.name()
    }

    async fn call(&mut self, request: &str) -> Result<String, String> {
        self.1 += 1;
        later("call", ()).await;
        match self.1 {
            3.. => Err(format!("{request} busy")),
            n => Ok(format!("{request}{n}")),
        }
    }
}

awaits! {
    a_service(mut s: Echo, names: [&'static str; 3]) with (Echo(D("e"), 0), ["a", "b", "c"]) -> Result<Vec<String>, String> {
        let mut out = Vec::with_capacity(names.len());
        for n in names { let r = s.call(n).await; match r { Ok(x) => out.push(x), Err(e) if out.len() > 5 => return Err(e), Err(e) => { later("retry", ()).await; out.push(e) } } }
        Ok(out)
    }

    a_generic_service[S: Service, const N: usize](mut s: S, xs: [D; N]) with (Echo(D("e"), 0), [D("x"), D("y")]) -> usize {
        let mut total = 0;
        for (i, x) in xs.into_iter().enumerate() {
            let label = format!("{}-{i}", s.name());
            let got = s.call(&label).await.unwrap_or_else(|e| { log(&e); e });
            total += got.len() + id(x).await.name().len();
        }
        total
    }

    closures_that_capture(k: u32) with (3) -> u32 {
        let list = vec![d("a"), d("bb")];
        let total = |extra: u32| list.iter().map(|x| x.name().len() as u32).sum::<u32>() + extra + k;
        let a = total(id(1).await);
        let mut seen = Vec::new();
        let mut note = |n: u32| { seen.push(n); seen.len() as u32 };
        let b = note(id(a).await) + note(id(5).await);
        later("end", ()).await;
        a + b + seen.len() as u32
    }

    an_async_closure() -> u32 {
        let name = d("n");
        let fetch = async |n: u32| { later("f", n).await + name.name().len() as u32 };
        let a = fetch(1).await;
        let b = fetch(a).await;
        later("x", ()).await;
        a + b + fetch(3).await
    }

    an_async_argument[F: AsyncFn(u32) -> u32](f: F) with (async |n: u32| id(n + 1).await) -> u32 {
        let mut s = 0;
        for i in 0..3 { s += f(i).await; if s > f(9).await { break; } }
        s
    }

    a_list_of_futures() -> u32 {
        let futs: Vec<Pin<Box<dyn Future<Output = u32>>>> = vec![Box::pin(id(1)), Box::pin(async { later("q", 2).await })];
        let mut s = 0;
        for f in futs { s += f.await; }
        s
    }

    a_pinned_future() -> u32 {
        let f = id(3);
        let mut f = pin!(f);
        let a = tokio::select! { biased; n = &mut f => n, _ = later("t", ()) => 9 };
        let b = if a == 9 { f.await } else { 0 };
        id(a * 10 + b).await
    }

    a_shared_list() -> usize {
        let shared = Rc::new(RefCell::new(vec![d("s")]));
        let other = Rc::clone(&shared);
        let task = async move { other.borrow_mut().push(id(d("t")).await); other.borrow().len() };
        let n = shared.borrow().len();
        let m = task.await;
        shared.borrow_mut().push(D("u"));
        let k = shared.borrow().iter().map(|d| d.name().len()).sum::<usize>();
        id(n + m + k).await
    }

    names_that_hide(x: D) with (D("x0")) -> usize {
        let x = { let x = id(x).await; (x, d("x1")) };
        let (x, y) = x;
        let x = x.name().len() + id(y).await.name().len();
        let x = { let y = x; let x = id(d("x2")).await; y + x.name().len() };
        later("r", x).await
    }

    what_a_base_leaves() -> usize {
        struct C { a: D, b: D, c: D }
        let base = C { a: d("a"), b: d("b"), c: d("c") };
        let n = C { b: id(d("b2")).await, ..base };
        later("m", ()).await;
        n.a.name().len() + n.b.name().len() + n.c.name().len()
    }

    swapped() -> usize {
        let mut a = d("a"); let mut b = d("bb");
        std::mem::swap(&mut a, &mut b);
        (a, b) = (b, id(a).await);
        let old = std::mem::replace(&mut a, id(d("ccc")).await);
        let t = std::mem::take(&mut Some(id(d("d")).await)).map_or(0, |d| d.name().len());
        drop(old);
        later("z", a.name().len() * 10 + b.name().len() + t).await
    }

    an_arm_that_ends(n: u32) with (1) -> u32 {
        let x: u32 = match id(n).await { 0 => return 5, 1 => { if id(true).await { 7 } else { panic!("no") } } _ => unreachable!() };
        x
    }

    a_drop_on_one_path() -> u32 {
        let g = d("g");
        let h = d("h");
        if id(true).await { drop(g); } else { later("k", ()).await; }
        let i = d("i");
        id(2).await
    }

    assigned_again() -> u32 {
        let mut g = d("g1");
        for n in 0..2 { g = id(D(["g2", "g3"][n])).await; later("in", ()).await; }
        let h; { let t = d("t"); h = id(t).await; }
        later("z", h.name().len() as u32).await
    }

    assigned_later(c: bool) with (true) -> usize {
        let x: D;
        let y;
        if id(c).await { x = d("x"); y = id(d("y")).await; } else { x = id(d("x2")).await; y = d("y2"); }
        later("z", ()).await;
        x.name().len() + y.name().len()
    }
}
