//! Variables given to joins, selects and `async move` blocks, and large arrays beside them.

#![allow(dead_code, unused_imports, reason = "what bodies use, each in its own way")]

use super::harness::later;
use crate::harness::{D, log, v};
use std::sync::Arc;

#[derive(Debug)]
struct Failed(&'static str);
async fn eat(d: D) -> usize {
    later("eat", ()).await;
    d.name().len()
}
async fn try_eat(d: D) -> Result<usize, Failed> {
    later("eat", ()).await;
    if d.name() == "bad" {
        Err(Failed("bad"))
    } else {
        Ok(d.name().len())
    }
}
async fn give(d: D) -> D {
    later("give", ()).await;
    d
}
async fn peek(d: &D) -> usize {
    later("peek", ()).await;
    d.name().len()
}
async fn fill(b: &mut [u8], n: u8) -> usize {
    later("fill", ()).await;
    b.fill(n);
    b.len()
}

awaits! {
    join_moves_middle() -> usize {
        let a = D("a"); let b = D("b"); let c = D("c"); let d = D("d");
        let (x, y) = futures::join!(eat(b), peek(&c));
        later("after", ()).await;
        x + y + a.name().len() + d.name().len()
    }
    try_join_moves() -> Result<usize, Failed> {
        let a = D("a"); let b = D("bad"); let c = D("c");
        let (x, y) = tokio::try_join!(try_eat(b), try_eat(c))?;
        later("after", ()).await;
        Ok(x + y)
    }
    try_join_moves_mut(mut list: Vec<D>) with (vec![D("1"), D("2")]) -> Result<usize, Failed> {
        let one = list.pop().unwrap();
        let (x, y) = futures::try_join!(try_eat(one), async { later("in", ()).await; Ok(list.len()) })?;
        list.push(D("3"));
        later("after", ()).await;
        Ok(x + y + list.len())
    }
    select_gives_in_branch() -> usize {
        let a = D("a"); let y = D("y");
        let n = tokio::select! {
            biased;
            n = eat(a) => n,
            _ = later("t", ()) => 0,
        };
        later("after", n).await
    }
    select_in_loop_reassign() -> usize {
        let mut cur = D("c0");
        let y = D("y");
        let mut n = 0;
        for i in 0..2 {
            let next = tokio::select! {
                biased;
                x = later("s", D("next")) => x,
                _ = later("t", ()) => D("timeout"),
            };
            n += eat(cur).await;
            cur = next;
        }
        n + cur.name().len()
    }
    async_move_var() -> usize {
        let a = D("a"); let y = D("y");
        let f = async move { let z = D("z"); later(a.name(), 3).await };
        let b = D("b");
        f.await + b.name().len()
    }
    async_move_two() -> (usize, usize) {
        let a = D("a"); let c = D("c");
        let f = async move { eat(a).await };
        let g = async move { later(c.name(), 2).await };
        let y = D("y");
        futures::join!(f, g)
    }
    async_borrow_var() -> usize {
        let a = D("a");
        let f = async { peek(&a).await + later("k", a.name().len()).await };
        let y = D("y");
        let n = f.await;
        later("after", n + a.name().len()).await
    }
    awaited_name() -> u32 {
        let awaited = later("one", 1).await;
        let output = later("two", 2).await;
        let input = later("three", awaited + output).await;
        let state = later("four", input).await;
        awaited + output + input + state
    }
    boxed_dyn() -> usize {
        let mut list: Vec<std::pin::Pin<Box<dyn Future<Output = usize>>>> = Vec::new();
        let d = D("d");
        list.push(Box::pin(eat(D("x"))));
        list.push(Box::pin(later("y", 1)));
        let mut n = 0;
        for f in list { let r = D("round"); n += f.await; }
        n + d.name().len()
    }
    array_in_loop_break(n: u32) with (3) -> usize {
        let older = D("older");
        let mut total = 0;
        for i in 0..n {
            let mut buf = [0u8; 512];
            let r = D("r");
            let k = fill(&mut buf, i as u8).await;
            if buf[0] == 1 { break; }
            total += k;
        }
        later("end", total).await
    }
    array_with_question(n: u32) with (3) -> Result<usize, Failed> {
        let older = D("older");
        let mut buf = [0u8; 512];
        let mut filled = 0;
        while filled < buf.len() {
            let r = D("r");
            let end = (filled + 200).min(512);
            filled += fill(&mut buf[filled..end], 1).await;
            if filled > 300 { later("e", Err(Failed("over"))).await? }
        }
        Ok(buf.iter().map(|&b| b as usize).sum())
    }
    array_copied_out() -> usize {
        let mut buf = [0u8; 256];
        fill(&mut buf, 7).await;
        let copy = buf;
        fill(&mut buf, 8).await;
        later("x", copy[0] as usize + buf[255] as usize).await
    }
    array_reassigned() -> usize {
        let mut buf = [0u8; 256];
        fill(&mut buf[..10], 7).await;
        buf = [3; 256];
        fill(&mut buf[..1], 1).await;
        buf.iter().map(|&b| b as usize).sum()
    }
    array_returned() -> [u8; 256] {
        let d = D("d");
        let mut buf = [0u8; 256];
        fill(&mut buf[1..], 7).await;
        buf
    }
    array_shadow() -> usize {
        let mut buf = [0u8; 256];
        fill(&mut buf, 7).await;
        let buf = &buf[..];
        let n = later("x", buf.len()).await;
        let buf = buf.to_vec();
        later("y", n + buf.len()).await
    }
    array_in_async_block() -> usize {
        let mut buf = [0u8; 256];
        let n = async { fill(&mut buf, 1).await + 1 }.await;
        let m = async move { fill(&mut buf, 2).await + buf[0] as usize }.await;
        later("x", n + m + buf[0] as usize).await
    }
    array_and_closure() -> usize {
        let mut buf = [0u8; 256];
        fill(&mut buf, 1).await;
        let sum = |b: &[u8]| b.iter().map(|&b| b as usize).sum::<usize>();
        let n = sum(&buf);
        fill(&mut buf, 2).await;
        n + sum(&buf)
    }
    array_joined() -> usize {
        let mut a = [0u8; 256]; let mut b = [0u8; 256];
        let d = D("d");
        let (x, y) = futures::join!(fill(&mut a, 1), fill(&mut b, 2));
        later(d.name(), x + y + a[0] as usize + b[0] as usize).await
    }
    array_select() -> usize {
        let mut a = [0u8; 256];
        let d = D("d");
        loop {
            tokio::select! { biased;
                n = fill(&mut a, 1) => { if n > 1 { break; } }
                _ = later("t", ()) => { a[0] = 9; return a[0] as usize; }
            }
        }
        a[0] as usize
    }
    arrays_of_d_label() -> usize {
        let mut n = 0;
        'o: loop {
            let mut buf = [1u8; 1024];
            loop {
                let d = D("d");
                n += fill(&mut buf[..n + 1], 2).await;
                if n > 5 { break 'o; }
                if n > 1 { continue 'o; }
            }
        }
        n
    }
    array_diverges(c: bool) with (true) -> usize {
        let older = D("older");
        let buf = [5u8; 512];
        let y = D("y");
        if c { let k = later("k", buf[3]).await; return k as usize; }
        later("z", buf.len()).await
    }
    join_in_a_vec(text: D) with (D("text")) -> usize {
        let _young = v("young", D("young"));
        let list = vec![
            v("x", D("x")),
            give(D("second")).await,
            futures::join!(later("l", v("name", D("name"))), give(text)).1,
            v("y", D("y")),
        ];
        list.len()
    }
    join_in_format_and_assertion(text: D) with (D("text")) -> usize {
        let _young = v("young", D("young"));
        let s = format!("{} {}", futures::join!(later("l", v("name", 1)), peek(&text)).0 + 1, later("k", v("k", 3)).await);
        assert_eq!(tokio::join!(later("m", v("m", 1)), eat(text)).0, v("one", 1));
        s.len()
    }
    join_in_a_vec_in_a_vec(text: D) with (D("text")) -> usize {
        let _young = v("young", D("young"));
        let list = vec![vec![futures::join!(later("l", v("name", D("name"))), give(text)).1], vec![v("k", D("k"))]];
        list.len()
    }
    select_in_a_vec(text: D) with (D("text")) -> usize {
        let _young = v("young", D("young"));
        let list = vec![
            v("k", D("k")),
            tokio::select! { biased; x = later("l", v("name", D("name"))) => give(x).await, y = give(text) => y },
            v("e", D("e")),
        ];
        list.len()
    }
    select_that_returns_in_a_vec(text: D) with (D("text")) -> usize {
        let _young = v("young", D("young"));
        let list = vec![tokio::select! {
            biased;
            x = later("l", v("name", D("name"))) => { if x.name() == "name" { return 1; } x }
            y = give(text) => y,
        }];
        list.len()
    }
    join_in_a_guard(n: u32) with (3) -> u32 {
        match later("x", n).await {
            m if tokio::join!(later("a", m), later("b", v("n", n))).0 == v("one", 1) => m,
            m if tokio::join!(later("c", m), later("d", v("n", n))).0 == v("three", 3) => m + 1,
            k => k + 1,
        }
    }
}

// In the arguments of another macro, where an operand may panic before another one is given away.
awaits! {
    join_in_a_list() -> Vec<usize> {
        let text = D("text");
        let _younger = D("younger");
        vec![futures::join!(eat(v("name", D("name"))), eat(text)).0, v("last", 1)]
    }
    join_in_an_assertion() -> usize {
        let text = D("text");
        let _younger = D("younger");
        assert_eq!(futures::join!(eat(v("name", D("name"))), eat(text)), (4, 4));
        later("after", 1).await
    }
    join_in_a_text(other: D) with (D("other")) -> String {
        let text = D("text");
        let _younger = D("younger");
        format!("{:?} {}", tokio::join!(eat(v("name", D("name"))), eat(text), peek(&other)), other.name())
    }
}
