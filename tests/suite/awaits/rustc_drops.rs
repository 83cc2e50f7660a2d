//! What rustc's tests of async functions look at: drops, moves, assignments and temporaries around awaits.

use std::pin::Pin;
use std::rc::Rc;

use super::harness::later;
use crate::harness::{D, log, v};

enum Never {}

#[derive(Debug)]
struct Pair {
    a: D,
    b: D,
}

#[derive(Debug)]
#[allow(dead_code, reason = "patterns leave it")]
enum Shape {
    Circle(D, u32),
    Square { side: u32, tag: D },
    Empty,
}

fn make(n: &'static str) -> D {
    log(format!("new {n}"));
    D(n)
}

fn shape(n: u32) -> Shape {
    log("shape");
    match n {
        0 => Shape::Empty,
        1 => Shape::Circle(D("circle"), 3),
        _ => Shape::Square { side: 4, tag: D("tag") },
    }
}

async fn take(d: D) -> usize {
    later("take", ()).await;
    d.name().len()
}

async fn peek(d: &D) -> usize {
    later("peek", ()).await;
    d.name().len()
}

async fn swap(a: &mut D, b: &mut D) {
    later("swap", ()).await;
    std::mem::swap(a, b);
}

async fn never_ready() -> Result<Never, String> {
    later("never", ()).await;
    Err("no".into())
}

awaits! {
    assign_over_await() -> usize {
        let mut a = make("a");
        a = later("m", make("a2")).await;
        a = later("m", make("a3")).await;
        log("end");
        a.name().len()
    }
    assign_self_consuming() -> String {
        async fn mangle(s: String) -> String {
            later("mangle", ()).await;
            s + "!"
        }
        let mut s = String::from("x");
        for _ in 0..3 {
            s = mangle(s).await;
        }
        s
    }
    uninhabited_match() -> u32 {
        match never_ready().await {
            Ok(never) => match never {},
            Err(e) => {
                log(e);
                3
            }
        }
    }
    uninhabited_let() -> u32 {
        let r = never_ready().await;
        let Err(e) = r;
        e.len() as u32
    }
    tail_return_temp() -> usize {
        let x = make("x");
        return later("t", make("tmp").name().len()).await + x.name().len();
    }
    field_overlap() -> usize {
        let a = make("a");
        let n = {
            let b = make("b");
            later("1", b.name().len()).await
        };
        let m = {
            let c = make("c");
            later("2", c.name().len()).await
        };
        take(a).await + n + m
    }
    moved_then_assigned() -> usize {
        let mut d = make("one");
        let n = take(d).await;
        d = make("two");
        let m = peek(&d).await;
        drop(d);
        d = make("three");
        later("x", ()).await;
        n + m
    }
    moved_in_loop(rounds: u32) with (3) -> usize {
        let mut d = make("first");
        let mut n = 0;
        for i in 0..rounds {
            n += take(d).await;
            if i == 1 {
                d = make("mid");
                continue;
            }
            d = make("next");
        }
        n
    }
    conditional_init(c: bool) with (false) -> usize {
        let d;
        if c {
            later("p", ()).await;
            d = make("p");
        } else {
            d = make("q");
            later("q", ()).await;
        }
        later("r", ()).await;
        peek(&d).await
    }
    conditional_init_drop(c: u32) with (2) -> u32 {
        let d;
        let e = make("e");
        match c {
            0 => {
                d = make("zero");
                later("z", ()).await;
                log(d.name());
            }
            1 => return later("one", 1).await,
            _ => {
                later("other", ()).await;
            }
        }
        drop(e);
        later("end", 5).await
    }
    two_swapped() -> usize {
        let mut a = make("a");
        let mut b = make("bb");
        swap(&mut a, &mut b).await;
        log(a.name());
        let n = take(a).await;
        n * 10 + b.name().len()
    }
    match_by_move(n: u32) with (2) -> u32 {
        match shape(n) {
            Shape::Circle(d, n) if later(d.name(), n > 5).await => n,
            Shape::Circle(d, n) => {
                drop(d);
                later("c", n).await
            }
            Shape::Square { side, tag } => {
                let k = later("s", side).await;
                log(tag.name());
                k
            }
            Shape::Empty => 0,
        }
    }
    if_let_temps(n: u32) with (0) -> usize {
        if let Some(d) = Some(make("scrutinee")).filter(|_| n > 0) {
            peek(&d).await
        } else {
            log("else");
            later("e", 3).await
        }
    }
    if_let_ref_temp() -> usize {
        if let Some(c) = make("temp").name().chars().next() {
            later("in", ()).await;
            c as usize
        } else {
            0
        }
    }
    match_temp() -> usize {
        match make("temp").name().len() {
            n @ 1..=3 => later("small", n).await,
            n => {
                let k = later("big", n).await;
                log("arm end");
                k
            }
        }
    }
    for_break_rest() -> usize {
        for d in vec![make("a"), make("b"), make("c")] {
            if peek(&d).await == 1 && d.name() == "b" {
                break;
            }
        }
        log("after");
        later("x", 1).await
    }
    let_else_temp(n: u32) with (1) -> u32 {
        let Shape::Circle(d, k) = shape(n) else {
            return later("not", 0).await;
        };
        later("x", ()).await;
        k
    }
    let_else_drops(n: u32) with (2) -> u32 {
        let Shape::Circle(d, k) = shape(n) else {
            let g = make("g");
            later("in else", ()).await;
            return 9;
        };
        k
    }
    nested_let_else() -> usize {
        let a = make("a");
        let Some(b) = (if later("c", true).await { Some(make("b")) } else { None }) else {
            return 0;
        };
        let Some(c) = later("d", None::<D>).await else {
            drop(a);
            return take(b).await;
        };
        1
    }
    panicking_drop_after() -> u32 {
        let _a = make("a");
        let n = later("x", 1).await;
        let b = make("b");
        let m = v("boom", 2);
        later("y", ()).await;
        drop(b);
        n + m
    }
    rc_shared() -> usize {
        let rc = Rc::new(make("rc"));
        let other = Rc::clone(&rc);
        drop(rc);
        later("x", ()).await;
        Rc::strong_count(&other) + other.name().len()
    }
    dyn_future() -> usize {
        let futures: Vec<Pin<Box<dyn Future<Output = usize>>>> =
            vec![Box::pin(take(make("a"))), Box::pin(later("b", 2))];
        let mut n = 0;
        for f in futures {
            n += f.await;
        }
        n
    }
    array_of_futures() -> usize {
        let [a, b] = [take(make("a")), take(make("bb"))];
        let m = b.await;
        let n = a.await;
        m * 10 + n
    }
    never_polled_local() -> u32 {
        let f = take(make("inner"));
        let g = later("outer", 1);
        let n = g.await;
        log("end");
        n
    }
    inner_async_block() -> usize {
        let d = make("d");
        let block = async move {
            let n = take(d).await;
            later("blk", n).await
        };
        let e = make("e");
        block.await + e.name().len()
    }
    inner_async_closure() -> usize {
        let d = make("d");
        let f = async |n: usize| later("c", n + d.name().len()).await;
        f(1).await + f(2).await
    }
    inner_async_closure_mut() -> usize {
        let mut total = 0;
        let mut f = async |n: usize| {
            total += n;
            later("c", ()).await;
        };
        f(1).await;
        f(2).await;
        total
    }
    async_move_closure() -> usize {
        let d = make("d");
        let f = async move |n: usize| later("c", n + d.name().len()).await;
        let n = f(1).await;
        later("mid", ()).await;
        n + f(2).await
    }
    question_in_args() -> Result<usize, String> {
        fn parse(s: &str) -> Result<usize, String> {
            log(format!("parse {s}"));
            s.parse::<usize>().map_err(|e| "bad".to_string())
        }
        let d = make("d");
        let n = parse("1")? + later("x", parse("2")?).await + parse("z")?;
        Ok(n)
    }
    option_question() -> Option<usize> {
        let g = make("g");
        let n = later("a", Some(2)).await?;
        let m = later("b", None::<usize>).await?;
        Some(n + m)
    }
    nested_loops_labels() -> u32 {
        let mut n = 0;
        'a: for i in 0..3 {
            let g = make("outer");
            'b: loop {
                let h = make("inner");
                n += later("x", i).await;
                if n > 4 {
                    break 'a;
                }
                if n % 2 == 0 {
                    continue 'a;
                }
                break 'b;
            }
            log("tail");
        }
        n
    }
    loop_value() -> usize {
        let mut i = 0;
        let d = loop {
            let g = make("g");
            i += later("i", 1).await;
            if i > 2 {
                break g;
            }
        };
        later("after", ()).await;
        d.name().len() + i
    }
    closure_capturing_later() -> u32 {
        let mut count = 0;
        let mut inc = || {
            count += 1;
            count
        };
        let a = later("a", inc()).await;
        let b = later("b", inc()).await;
        a * 10 + b + count
    }
    partial_move_all() -> usize {
        let p = Pair {
            a: make("a"),
            b: make("b"),
        };
        let Pair { a, b } = p;
        later("y", ()).await;
        drop(a);
        later("z", b.name().len()).await
    }
    tuple_destructure_assign() -> u32 {
        let (mut a, mut b) = (1, 2);
        (a, b) = (later("x", b).await, later("y", a).await);
        [a, b] = [later("z", b).await, a];
        a * 10 + b
    }
    discard_assign() -> u32 {
        _ = later("x", make("d")).await;
        (_, _) = (make("a"), later("y", make("b")).await);
        1
    }
    shadow_in_match(x: Option<D>) with (Some(D("x"))) -> usize {
        let x = match x {
            Some(x) => later("m", x).await,
            None => make("none"),
        };
        let x = peek(&x).await;
        x
    }
    into_future_box() -> u32 {
        let b: Box<dyn Future<Output = u32> + Unpin> = Box::new(later("b", 3));
        b.await
    }
    pin_mut_ref() -> u32 { let mut f = later("p", 4); (&mut f).await }
}
