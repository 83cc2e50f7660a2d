//! Borrows of locals, kept across awaits by code that leaves their scope early: `?`, `continue`, `break`, `return`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Mutex;

use super::harness::later;
use crate::harness::{D, log, v};

#[derive(Debug)]
struct Failed(&'static str);

/// Says so.
#[derive(Debug)]
struct Converted(#[expect(dead_code, reason = "is there to be shown")] &'static str);

impl From<Failed> for Converted {
    fn from(failed: Failed) -> Self {
        log("convert");
        Converted(failed.0)
    }
}

async fn send(text: &str) -> Result<usize, Failed> {
    later("send", ()).await;
    match text {
        "bad" => Err(Failed("send")),
        text => Ok(text.len()),
    }
}

awaits! {
    lines(mut lines: Vec<&'static str>) with (vec!["quit ", "bad", " two", "", "one "]) -> Result<Vec<usize>, Converted> {
        let mut sizes = Vec::new();
        let mut line = String::new();
        loop {
            line.clear();
            line.push_str(lines.pop().unwrap_or("quit"));
            let text = line.trim();
            let _round = D("round");
            if text.is_empty() {
                later("empty", ()).await;
                continue;
            }
            if text == "quit" {
                return Ok(sizes);
            }
            let n = send(text).await?;
            log(text);
            sizes.push(n);
        }
    }
    quits(mut lines: Vec<&'static str>) with (vec!["quit ", "two", "", "one "]) -> Result<Vec<usize>, Converted> {
        let mut sizes = Vec::new();
        loop {
            let line = String::from(lines.pop().unwrap_or("quit"));
            let _round = D("round");
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            match verb {
                "quit" => break,
                "" => continue,
                _ => sizes.push(send(verb).await?),
            }
            sizes.push(send(rest).await?);
        }
        later("end", ()).await;
        Ok(sizes)
    }
    guards_in_a_loop() -> Result<u32, Converted> {
        let mutex = RefCell::new(vec![D("a"), D("bad"), D("c")]);
        let mut rounds = 0;
        for round in 0..5 {
            let mut list = mutex.borrow_mut();
            let _younger = D("younger");
            if round == 1 { continue; }
            let Some(last) = list.pop() else { break };
            later("x", ()).await;
            if last.name() == "bad" {
                log("stop");
                send(last.name()).await?;
            }
            rounds += 1;
        }
        Ok(rounds)
    }
    guard_left_by_a_question(text: &'static str) with ("bad") -> Result<usize, Converted> {
        let _older = D("older");
        let cell = RefCell::new(String::from(text));
        let n = {
            let text = cell.borrow();
            let _younger = D("younger");
            send(&text).await? + v("more", 1)
        };
        cell.borrow_mut().push('!');
        Ok(later("after", n).await)
    }
    guard_left_by_a_return(early: bool) with (true) -> usize {
        let _older = D("older");
        let mutex = Mutex::new(vec![D("a")]);
        {
            let list = mutex.lock().unwrap();
            let _younger = D("younger");
            later("x", ()).await;
            if early { return list.len() + v("value", 10); }
            later("y", ()).await;
        }
        later("after", 1).await
    }
    returns_in_two_ways(n: u32) with (2) -> Result<usize, Converted> {
        let map = BTreeMap::from([(1, "one"), (2, "bad"), (3, "three")]);
        for (key, text) in &map {
            let _round = D("round");
            later("x", ()).await;
            if *key == n + 1 { return Ok(text.len()); }
            if *key == n + 5 { return Err(Failed("five").into()); }
            if v("sends", n != 2) { send(text).await?; }
        }
        Ok(later("end", 0).await)
    }
    returns_an_error_from_a_loop() -> Result<usize, Converted> {
        let map = BTreeMap::from([(1, "one"), (2, "bad"), (3, "three")]);
        let mut n = 0;
        for text in map.values() {
            n += send(text).await?;
        }
        Ok(n)
    }
    breaks_out_of_two_loops() -> usize {
        let mut rounds = 0;
        'outer: for i in 0..3 {
            loop {
                let list = vec![vec![D("a")], vec![D("b"), D("c")]];
                let inner = list.iter().filter(|inner| inner.len() > 1).next();
                let _younger = D("younger");
                rounds += later("x", 1).await;
                if i == 1 { break 'outer; }
                if inner.is_some() { break 'outer; }
            }
        }
        rounds
    }
    continues_with_a_label() -> usize {
        let mut rounds = 0;
        'outer: while rounds < 3 {
            rounds += 1;
            let text = String::from("a b");
            let first = text.split(' ').next();
            let _younger = D("younger");
            if later("x", rounds).await == 2 { continue 'outer; }
            log(first.unwrap());
        }
        rounds
    }
    pinned_in_a_loop() -> u32 {
        let mut sum = 0;
        loop {
            let mut first = pin!(async { later("a", 1).await + later("b", 1).await });
            let _round = D("round");
            sum += later("x", 1).await;
            if sum > 3 { break; }
            sum += first.as_mut().await;
        }
        sum
    }
    a_value_of_the_block_or_a_break() -> usize {
        let mut sum = 0;
        loop {
            let cell = RefCell::new(vec![D("a"), D("b")]);
            let n = {
                let list = cell.borrow();
                let n = later("n", list.len()).await;
                if sum > 3 { break; }
                n
            };
            sum += n;
        }
        sum
    }
    nested_functions_and_closures_keep_their_exits() -> Result<usize, Converted> {
        let text = String::from("a bb");
        for round in 0..2 {
            let mut parts = text.split(' ');
            let find = |n: usize| -> Option<usize> {
                if n == 0 { return None; }
                Some(n.checked_sub(1)?)
            };
            let block = async {
                if round == 5 { return Err(Failed("five")); }
                send("x").await?;
                Ok(1)
            };
            let n = block.await? + find(round).unwrap_or(7);
            for _ in 0..2 {
                if n > 100 { break; }
                continue;
            }
            send(parts.next().unwrap()).await?;
        }
        Ok(1)
    }
    what_the_block_moves(list: Vec<D>) with (vec![D("1"), D("2")]) -> usize {
        let _older = D("older");
        let taken = D("taken");
        let _younger = D("younger");
        {
            let text = String::from("a b");
            let first = text.split(' ').next();
            later("x", ()).await;
            log(first.unwrap());
            drop(taken);
            later("y", ()).await;
        }
        later("after", list.len()).await
    }
    wraps_a_buffer(n: u64) with (1234) -> std::io::Result<usize> {
        use std::io::Write;
        let _older = D("older");
        let mut buffer = [0u8; 20];
        let mut cursor = std::io::Cursor::new(&mut buffer[..]);
        write!(&mut cursor, "{n}")?;
        let end = cursor.position() as usize;
        let text = later("x", std::str::from_utf8(&cursor.get_ref()[..end])).await.unwrap();
        Ok(text.len() + later("y", cursor.position() as usize).await)
    }
    if_let_that_returns(key: &str) with ("b") -> Option<usize> {
        let _older = D("older");
        let map = BTreeMap::from([("a", D("one")), ("b", D("two"))]);
        if let Some(found) = map.get(key) {
            let n = later("x", Some(found.name().len())).await?;
            if n == 3 { return Some(found.name().len() + 10); }
        }
        later("end", None).await
    }
}

struct Work {
    items: Vec<D>,
    d: D,
}

fn works() -> Vec<Work> {
    let work = |names: &[&'static str], d| Work {
        items: names.iter().map(|name| D(name)).collect(),
        d: D(d),
    };
    vec![work(&["a"], "first"), work(&["b", "c"], "second")]
}

awaits! {
    taken_apart_in_a_loop() -> usize {
        let mut n = 0;
        for work in works() {
            log(work.d.name());
            let Work { items, .. } = work;
            if items.len() > 1 {
                break;
            }
            n += later("items", items.len()).await;
        }
        n
    }
    items_in_a_loop() -> usize {
        let mut n = 0;
        for work in works() {
            for item in work.items {
                n += later("item", item.name().len()).await;
                if n > 2 {
                    break;
                }
            }
            log("next");
        }
        n
    }
}

/// Nobody wants what the blocks give, and it drops behind what they declare.
mod given_for_nothing {
    use super::*;

    awaits! {
        by_a_statement(early: bool) with (true) -> u32 {
            'block: {
                later("tick", ()).await;
                if early {
                    let inner = D("inner");
                    break 'block D("given");
                }
                D("last")
            };
            1
        }
        by_an_underscore() -> Result<u32, D> {
            let _ = 'block: {
                let Err(found) = Ok::<D, D>(later("found", D("found")).await) else {
                    let inner = D("inner");
                    break 'block (D("given"), 1);
                };
                (found, 0)
            };
            Ok(1)
        }
        from_a_loop() -> u32 {
            loop {
                later("tick", ()).await;
                match Some(D("scrutinee")).as_ref() {
                    Some(d) => break log(d.0),
                    None => {}
                }
            };
            loop {
                later("tick", ()).await;
                match Some(D("scrutinee")).as_ref() {
                    Some(_) => break D("given"),
                    None => {}
                }
            };
            2
        }
    }
}
