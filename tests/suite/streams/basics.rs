//! Items and awaits in the positions that expressions have.

use crate::awaits::harness::later;
use crate::harness::{D, log, record, v};

/// What a future borrows.
#[allow(dead_code, reason = "it is there to be dropped")]
struct Conn(D, u32);

impl Conn {
    async fn next(&mut self) -> Option<u32> {
        later("next", ()).await;
        self.1 += 1;
        (self.1 < 4).then_some(self.1)
    }

    async fn close(self) -> u32 {
        later("close", self.1).await
    }
}

streams! {
    nothing() -> u32 {}
    no_item(guard: D) with (D("guard")) -> u32 { later("a", ()).await; }
    no_await(guard: D) with (D("guard")) -> u32 {
        for n in 0..3 {
            yield_!(v("item", n));
        }
    }
    one() -> u32 { yield_!(later("a", 1).await); }
    arguments(a: D, _: D, _b: D) with (D("a"), D("b"), D("c")) -> u32 {
        yield_!(1);
        later("x", ()).await;
        yield_!(2);
    }
    patterns((a, b): (D, D), c: D) with ((D("a"), D("b")), D("c")) -> u32 {
        yield_!(later("x", 1).await);
        log(b.name());
    }
    guards() -> u32 {
        let _a = D("a");
        yield_!(1);
        let _b = D("b");
        let n = later("x", 2).await;
        let _c = D("c");
        yield_!(n);
        log("end");
    }
    dropped_items() -> D {
        let _guard = D("guard");
        yield_!(D("first"));
        let second = later("x", D("second")).await;
        yield_!(second);
        yield_!(later("y", D("third")).await);
    }
    the_value_is_a_unit() -> u32 {
        let () = yield_!(1);
        let unit = (yield_!(later("a", 2).await), later("b", ()).await);
        log(format!("{unit:?}"));
    }
    unit_items() -> () {
        yield_!();
        later("a", ()).await;
        yield_!();
    }
    loops() -> u32 {
        let mut sum = 0;
        for n in 0..3 {
            let _round = D("round");
            sum += later("a", n).await;
            yield_!(sum);
        }
        yield_!(sum + 1);
    }
    nested_loops() -> (u32, u32) {
        'outer: for a in 0..4 {
            let _outer = D("outer");
            for b in 0..3 {
                let _inner = D("inner");
                if later("skip", a == b).await { continue 'outer; }
                if a == 3 { break 'outer; }
                yield_!((a, b));
            }
            yield_!((a, 9));
        }
        log("end");
    }
    returns(n: u32) with (2) -> u32 {
        let _guard = D("guard");
        loop {
            let n = later("a", n).await;
            yield_!(n);
            if n > 1 { return; }
        }
    }
    while_let() -> usize {
        let mut list = vec![D("a"), D("bc")];
        while let Some(item) = later("pop", list.pop()).await {
            yield_!(item.name().len());
            later("inside", ()).await;
        }
    }
    matched() -> usize {
        match later("a", Some(D("x"))).await {
            Some(x) if later("guard", false).await => yield_!(1),
            Some(x) => {
                yield_!(x.name().len());
                yield_!(later("b", 2).await);
            }
            None => {}
        }
        yield_!(3);
    }
    let_else(c: bool) with (true) -> u32 {
        let Some(n) = later("a", c.then_some(1)).await else { return };
        yield_!(n);
        let Some(n) = later("b", None::<u32>).await else {
            let _guard = D("guard");
            yield_!(later("c", 2).await);
            return;
        };
        yield_!(n);
    }
    operands() -> u32 {
        yield_!(v("a", 1) + later("x", 2).await + v("b", 3) * later("y", 4).await);
    }
    temporaries() -> usize {
        yield_!(later("a", D("temp").name().len()).await);
        log("between");
        yield_!(D("other").name().len());
    }
    lent_owner() -> u32 {
        let mut conn = Conn(D("conn"), 0);
        let _younger = D("younger");
        while let Some(n) = conn.next().await {
            yield_!(n);
        }
        yield_!(Conn::close(conn).await);
    }
    lent_argument(conn: &mut Conn) with (&mut conn) given { let mut conn = Conn(D("conn"), 1); } then { record(conn.1.to_string()) } -> u32 {
        while let Some(n) = conn.next().await {
            yield_!(n * 10);
        }
    }
    borrowed['a](text: &'a str) with ("ab c") -> &'a str {
        for word in text.split(' ') {
            later("a", ()).await;
            yield_!(word);
        }
    }
    taken_again() -> usize {
        let pair = (String::from("ab"), D("guard"));
        let text = &pair.0;
        yield_!(later("a", text.len()).await);
        yield_!(text.len());
    }
    conditional_move(c: bool) with (true) -> u32 {
        let guard = D("guard");
        let _after = D("after");
        if later("a", c).await { drop(guard); }
        yield_!(1);
        later("b", ()).await;
    }
    shadowed() -> usize {
        let x = D("one");
        let x = (later("a", x).await, D("two"));
        yield_!(x.0.name().len());
        let x = later("b", 3).await;
        yield_!(x);
    }
    moved_on() -> usize {
        let first = D("first");
        yield_!(1);
        let second = later("a", first).await;
        yield_!(2);
        drop(second);
        log("gone");
        yield_!(3);
    }
    closures() -> u32 {
        let k = 2;
        let add = |x: u32| x + k;
        yield_!(later("a", add(1)).await);
        yield_!(add(5));
    }
    inner_async_block() -> u32 {
        let n = D("n");
        yield_!(async { later("b", n.name().len() as u32).await }.await);
        yield_!(2);
    }
    positions() -> u32 {
        let list = vec![1, 2, 3];
        let _guard = D("guard");
        for n in &list {
            yield_!(later("a", *n).await);
        }
        log(list.len());
    }
    short_circuit(c: bool) with (true) -> bool {
        yield_!(c && later("a", false).await || later("b", true).await);
    }
    many_in_a_row() -> u32 {
        yield_!(1);
        yield_!(2);
        later("a", ()).await;
        later("b", ()).await;
        yield_!(3);
    }


    value_beside_a_value() -> Option<u32> {
        let d = match later("n", 1).await {
            0 if v("c", later("f", true).await) => None,
            1 | 2 => Some((D("a"), yield_!(Some(4)))),
            _ => None,
        };
        yield_!(None);
    }

    value_that_is_dropped_later() -> u32 {
        let n = match later("a", (D("a"), 1)).await {
            _ => { yield_!(v("n", 1)); 2 }
        };
    }

    item_computed_on_what_an_await_gave() -> usize {
        yield_!(later("a", D("owner")).await.name().len());
        yield_!(later("b", D("last")).await.name().len())
    }
}
