//! Awaits in the positions that expressions have, and what is lent to them.

use super::harness::later;
use crate::harness::{D, log, v};

/// A future that borrows what it is called on.
struct Conn(D, u32);

impl Conn {
    async fn ping(&mut self, text: &str) -> Result<u32, String> {
        later("ping", ()).await;
        self.1 += 1;
        match text.is_empty() {
            true => Err("empty".to_owned()),
            false => Ok(self.1),
        }
    }

    async fn look(&self) -> u32 {
        later("look", self.1).await
    }

    async fn commit(self) -> u32 {
        later("commit", self.1).await
    }
}

async fn fill(buffer: &mut [u8]) -> usize {
    later("fill", ()).await;
    buffer[0] += 1;
    buffer.len()
}

async fn length(text: &str) -> usize {
    later("length", text.len()).await
}

awaits! {
    nothing() {}
    no_await(guard: D) with (D("guard")) -> usize { guard.name().len() }
    one() -> u32 { later("a", 1).await }
    unit() { later("a", ()).await; }
    arguments(a: D, b: D) with (D("a"), D("b")) -> u32 { later("x", 1).await }
    unused(_: D, _b: D) with (D("a"), D("b")) -> u32 { later("x", 1).await }
    patterns((a, b): (D, D), c: D) with ((D("a"), D("b")), D("c")) -> u32 { later("x", 1).await }
    two() -> u32 { later("a", 1).await + later("b", 2).await }
    dropped_value() { later("a", D("value")).await; log("after"); }
    wild_value() { let _ = later("a", D("value")).await; log("after"); }
    kept_value() { let _value = later("a", D("value")).await; log("after"); later("b", ()).await; log("end"); }
    guards() -> u32 {
        let _a = D("a");
        let n = later("x", 1).await;
        let _b = D("b");
        let m = later("y", 2).await;
        n + m
    }
    question() -> Result<u32, String> {
        let _guard = D("guard");
        let n = later("a", Ok::<u32, String>(1)).await?;
        let m = later("b", Err::<u32, String>("no".to_owned())).await?;
        Ok(n + m)
    }
    returns(n: u32) with (3) -> u32 {
        let _guard = D("guard");
        if later("a", n).await > 2 {
            return later("b", 7).await;
        }
        1
    }
    loops() -> u32 {
        let mut sum = 0;
        for i in 0..3 {
            let _round = D("round");
            sum += later("a", i).await;
        }
        sum
    }
    while_let() -> usize {
        let mut list = vec![D("a"), D("b")];
        let mut n = 0;
        while let Some(item) = later("next", list.pop()).await {
            n += item.name().len();
            later("inside", ()).await;
        }
        n
    }
    matched() -> usize {
        match later("a", Some(D("x"))).await {
            Some(x) if later("guard", false).await => 1,
            Some(x) => later("b", x.name().len()).await,
            None => 0,
        }
    }
    lent_buffer() -> usize {
        let mut buffer = [0u8; 4];
        let n = fill(&mut buffer).await;
        let m = fill(&mut buffer).await;
        n + m + buffer[0] as usize
    }
    lent_argument(buffer: &mut [u8], name: &str) with (&mut bytes, "x") given { let mut bytes = [1u8, 2]; } -> usize {
        let n = fill(buffer).await;
        buffer[1] = 9;
        n + length(name).await + fill(buffer).await
    }
    lent_owner() -> Result<u32, String> {
        let mut conn = Conn(D("conn"), 0);
        let a = conn.ping("x").await?;
        let b = conn.ping("").await?;
        Ok(a + b)
    }
    lent_older() -> u32 {
        let mut conn = Conn(D("conn"), 0);
        let _younger = D("younger");
        let youngest = D("youngest");
        let a = conn.ping("x").await.unwrap();
        let b = conn.look().await;
        log(youngest.name());
        a + b
    }
    lent_two() -> u32 {
        let mut first = Conn(D("first"), 0);
        let second = Conn(D("second"), 5);
        let a = first.ping(second.0.name()).await.unwrap();
        let b = later("x", first.look().await + second.look().await).await;
        a + b
    }
    consumed() -> u32 {
        let conn = Conn(D("conn"), 3);
        let _guard = D("guard");
        Conn::commit(conn).await + later("x", 1).await
    }
    moved_in(conn: Conn) with (Conn(D("conn"), 1)) -> u32 {
        let name = D("name");
        let n = later("a", name).await;
        conn.look().await + n.name().len() as u32
    }
    future_local() -> u32 {
        let future = later("a", 1);
        log("made");
        let _guard = D("guard");
        future.await
    }
    pushed() -> usize {
        let mut list = vec![1];
        list.push(later("a", 2).await);
        list.extend([later("b", 3).await, v("c", 4)]);
        list.len()
    }
    operands() -> u32 {
        v("a", 1) + later("x", 2).await + v("b", 3) * later("y", 4).await
    }
    exit_in_operand() -> Result<usize, String> {
        let mut conn = Conn(D("conn"), 0);
        fn check(n: usize) -> Result<String, String> { log("check"); if n > 1 { Err("big".into()) } else { Ok("x".repeat(n)) } }
        let a = conn.ping(&check(1)?).await?;
        let b = conn.ping(&check(2)?).await?;
        Ok((a + b) as usize)
    }
    short_circuit(c: bool) with (true) -> bool {
        c && later("a", false).await || later("b", true).await
    }
    temporaries() -> usize {
        let n = length(D("temp").name()).await;
        log("between");
        n + length(&D("other").name().to_owned()).await + v("end", 1)
    }
    format_await() -> String {
        format!("{} {}", v("a", 1), later("x", 2).await)
    }
    inner_block() -> u32 {
        let x = {
            let _inner = D("inner");
            later("a", 1).await
        };
        log("outside");
        x + async { later("b", 2).await }.await
    }
    shadowed() -> u32 {
        let x = D("one");
        let x = later("a", x).await;
        let x = (x, later("b", D("two")).await);
        x.0.name().len() as u32
    }
    boxed_recursion(n: u32) with (3) -> u32 {
        if n == 0 { 0 } else { n + Box::pin(boxed_recursion_of(n - 1)).await }
    }
    closures() -> u32 {
        let k = 2;
        let add = |x: u32| x + k;
        let n = later("a", add(1)).await;
        add(n)
    }
    borrowed() -> usize {
        let pair = (String::from("ab"), D("guard"));
        let text = &pair.0;
        let n = length(text).await;
        n + text.len()
    }
    conditional_move(c: bool) with (true) -> u32 {
        let guard = D("guard");
        let _after = D("after");
        if c { drop(guard); }
        later("a", 1).await
    }
    breaks() -> u32 {
        let _a = D("a");
        'outer: loop {
            let _b = D("b");
            loop {
                let _c = D("c");
                if later("x", true).await { break 'outer later("y", 5).await; }
            }
        }
    }
    let_else() -> u32 {
        let Some(x) = later("a", None::<u32>).await else {
            let _guard = D("guard");
            return later("b", 2).await;
        };
        x
    }
}

async fn boxed_recursion_of(n: u32) -> u32 {
    later("leaf", n).await
}
