//! `move` closures that name a variable which they do not take, or of which another closure within them takes a field.

use super::harness::later;
use crate::harness::{D, log};

struct Pair {
    left: D,
    #[expect(dead_code, reason = "is there to be dropped")]
    right: D,
}

/// All of it is taken with a field.
struct Whole {
    left: D,
    #[expect(dead_code, reason = "is there to be dropped")]
    right: D,
}

impl Drop for Whole {
    fn drop(&mut self) {
        crate::harness::record("drop whole".to_owned());
    }
}

#[derive(Clone, Copy)]
struct Numbers {
    one: u32,
}

struct Nested {
    pair: Pair,
    numbers: Numbers,
    text: String,
}

fn make(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

fn pair() -> Pair {
    Pair {
        left: make("l"),
        right: make("r"),
    }
}

fn whole() -> Whole {
    Whole {
        left: make("l"),
        right: make("r"),
    }
}

fn nested() -> Nested {
    Nested {
        pair: pair(),
        numbers: Numbers { one: 1 },
        text: "text".to_owned(),
    }
}

awaits! {
    drop_type() -> usize {
        let w = whole();
        let e = make("e");
        let f = move || w.left.name().len();
        later("z", ()).await;
        f()
    }
    wild() -> usize {
        let p = pair();
        let e = make("e");
        let f = move || { let _ = p.left; 1 };
        later("z", ()).await;
        f()
    }
    wild_all() -> usize {
        let p = pair();
        let e = make("e");
        let f = move || { let _ = p; 1 };
        later("z", ()).await;
        f()
    }
    wild_async() -> usize {
        let p = pair();
        let e = make("e");
        let f = async move { let _ = &p.left; later("in", 1).await };
        later("z", ()).await;
        f.await
    }
    wild_assigned() -> usize {
        let p = pair();
        let e = make("e");
        let f = move || { _ = p; 1 };
        later("z", ()).await;
        f()
    }
    wild_tuple() -> usize {
        let p = (make("a"), make("b"));
        let e = make("e");
        let f = move || { let (_, _) = p; 1 };
        later("z", ()).await;
        f()
    }
    wild_struct() -> usize {
        let p = pair();
        let e = make("e");
        let f = move || { let Pair { .. } = p; 1 };
        later("z", ()).await;
        f()
    }
    wild_match() -> usize {
        let p = pair();
        let e = make("e");
        let f = move || { match p { _ => 1 } };
        later("z", ()).await;
        f()
    }
    wild_async_all() -> usize {
        let p = pair();
        let e = make("e");
        let f = async move { let _ = p; later("in", 1).await };
        later("z", ()).await;
        f.await
    }
    wild_and_used() -> usize {
        let p = pair();
        let e = make("e");
        let f = move || { let _ = p; p.left.name().len() };
        later("z", ()).await;
        f()
    }
    wild_nested() -> usize {
        let p = pair();
        let e = make("e");
        let f = move || { let g = move || { let _ = p; 1 }; g() };
        later("z", ()).await;
        f()
    }
    if_let_wild() -> usize {
        let p = Some(pair());
        let e = make("e");
        let f = move || { if let Some(_) = p { 1 } else { 2 } };
        later("z", ()).await;
        f()
    }
    if_let_none() -> usize {
        let p = Some(pair());
        let e = make("e");
        let f = move || { if let None = p { 1 } else { 2 } };
        later("z", ()).await;
        f()
    }
    nested_closures() -> usize {
        let p = pair();
        let e = make("e");
        let f = move || { let g = || p.left.name().len(); g() };
        later("z", f()).await
    }
    nested_closure_moved() -> usize {
        let p = pair();
        let e = make("e");
        let f = || { let g = move || p.left.name().len(); g() };
        later("z", f()).await
    }
    nested_two_parts() -> usize {
        let it = nested();
        let e = make("e");
        let f = move || { let g = || it.pair.left.name().len(); let h = || it.pair.left.name().len(); g() + h() };
        later("z", ()).await;
        f()
    }
    nested_async() -> usize {
        let p = pair();
        let e = make("e");
        let f = async move { let g = async { p.left.name().len() }; g.await };
        later("z", ()).await;
        f.await
    }
    nested_change() -> usize {
        let mut p = pair();
        let e = make("e");
        let mut f = move || { let mut g = || p.left = make("n"); g(); 1 };
        later("z", ()).await;
        f()
    }
    nested_takes() -> usize {
        let mut p = pair();
        let e = make("e");
        let f = move || { let g = || drop(p.left); g(); 1 };
        later("z", ()).await;
        f()
    }
    nested_copy() -> usize {
        let mut it = nested();
        let e = make("e");
        let f = move || { let g = || it.numbers.one + 1; g() };
        later("z", ()).await;
        f() as usize + it.text.len()
    }
    copies_field() -> usize {
        let mut it = nested();
        let e = make("e");
        let f = move || it.numbers.one + 1;
        it.numbers.one = 7;
        later("z", ()).await;
        f() as usize + it.numbers.one as usize
    }
    changes_copied_field() -> usize {
        let mut it = nested();
        let e = make("e");
        let mut f = move || { it.numbers.one += 1; it.numbers.one };
        later("z", ()).await;
        f(); f() as usize + it.numbers.one as usize
    }
    by_pattern() -> usize {
        let p = pair();
        let e = make("e");
        let f = move || { let Pair { left, .. } = &p; left.name().len() };
        later("z", f()).await
    }
    match_in_closure() -> usize {
        let p = (Some(make("o")), make("r"));
        let e = make("e");
        let f = move || match p.0 { Some(_) => 1, None => 2 };
        later("z", f()).await
    }
    loop_capture() -> usize {
        let mut n = 0;
        for i in 0..2 {
            let p = pair();
            let e = make("e");
            let f = move || p.left.name().len();
            if i == 0 { log("continue"); n += f(); later("z", ()).await; continue; }
            n += later("y", f()).await;
        }
        n
    }
    async_in_closure() -> usize {
        let p = pair();
        let e = make("e");
        let f = move || async move { later("i", p.left.name().len()).await };
        later("z", ()).await;
        f().await
    }
}

// In a generator nothing is enclosed.
differential! {
    coroutine named_only() takes (usize) [3] yields (usize) returns (usize) {
        let p = pair();
        let e = make("e");
        let f = move || { let _ = p; 1 };
        yield_!(f());
        f()
    }
    coroutine matched_only() takes (usize) [3] yields (usize) returns (usize) {
        let p = pair();
        let e = make("e");
        let f = move || match p { _ => 1 };
        yield_!(f());
        f()
    }
    coroutine named_within() takes (usize) [3] yields (usize) returns (usize) {
        let p = (make("a"), make("b"));
        let e = make("e");
        let f = move || { let g = move || { let (_, _) = p; 1 }; g() };
        yield_!(f());
        f()
    }
    coroutine taken_within() takes (usize) [3] yields (usize) returns (usize) {
        let p = pair();
        let e = make("e");
        let f = move || { let both = || &p; both().left.name().len() };
        yield_!(f());
        f()
    }
}
