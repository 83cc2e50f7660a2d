//! Enclosed code that leaves its scope early for several loops, with values and without, and for the end of the function.

use std::collections::BTreeMap;
use std::pin::pin;

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log};

async fn give(d: D) -> usize {
    later("give", ()).await;
    d.name().len()
}

async fn see(d: &D) -> usize {
    later("see", ()).await;
    d.name().len()
}

awaits! {
    a_round_of_either(list: Vec<u32>) with (vec![0, 1, 2, 3]) -> u32 {
        let mut sum = 0;
        'outer: for n in list {
            let m = Mutex::new(D("in"));
            let d = D("round");
            loop {
                let g = m.lock().await;
                if later("a", n).await == 1 { continue 'outer; }
                sum += g.name().len() as u32;
                if n > 1 { break; }
                if n == 0 { break 'outer; }
                later("b", ()).await;
            }
            log("after");
            later("c", ()).await;
        }
        sum
    }
    a_round_of_either_an_error_or_a_value(list: Vec<u32>) with (vec![1, 2, 3, 4, 5]) -> Result<u32, String> {
        let mut sum = 0;
        'outer: for n in list {
            let m = Mutex::new(D("in"));
            let d = D("round");
            loop {
                let g = m.lock().await;
                let k = later("a", if n == 4 { Err("four".to_owned()) } else { Ok(n) }).await?;
                if k == 1 { continue 'outer; }
                sum += g.name().len() as u32;
                if k == 2 { break; }
                if k == 3 { sum += 1; continue 'outer; }
                if k == 9 { return Ok(sum); }
                if k == 8 { return later("x", Ok(3)).await; }
                later("b", ()).await;
            }
            log("after");
            later("c", ()).await;
        }
        Ok(sum)
    }
    values_of_both() with () -> u32 {
        let m = Mutex::new(D("in"));
        let x = 'out: loop {
            let d = D("d");
            let y = loop {
                let g = m.lock().await;
                let k = later("k", 5u32).await;
                if k == 1 { break 'out k; }
                if k == 2 { break 'out k + 1; }
                if k == 5 { break "five"; }
                if k == 6 { continue 'out; }
            };
            later(y, ()).await;
            break y.len() as u32;
        };
        x
    }
    pinned(list: Vec<u32>) with (vec![3, 1, 2]) -> u32 {
        let mut sum = 0;
        'outer: for n in list {
            loop {
                let d = D("d");
                let mut f = pin!(later("f", n));
                if later("c", n).await > 2 { continue 'outer; }
                sum += f.as_mut().await;
                if sum > 1 { break; }
            }
            sum += 10;
        }
        sum
    }
    what_is_given_on_some_paths(flags: Vec<(bool, bool, bool)>) with (vec![(true, false, false), (false, false, true), (false, true, false), (false, false, false)]) {
        let table = BTreeMap::from([(1, D("one"))]);
        let mut flags = flags.into_iter();
        'outer: loop {
            let k = D("k");
            loop {
                let Some((last, a, b)) = flags.next() else { return };
                let text = D("text");
                let _log = D("log");
                if let Some(row) = table.get(&1) {
                    see(row).await;
                    if last { give(text).await; }
                }
                if a { break; }
                if b { continue 'outer; }
                later("next", ()).await;
            }
            log("round");
            later("round", ()).await;
        }
    }
    three_loops(n: u32) with (6) -> u32 {
        let table = BTreeMap::from([(1, D("one"))]);
        let mut n = n;
        let r = 'a: loop {
            let k = D("k");
            'b: loop {
                loop {
                    n -= 1;
                    let text = D("text");
                    let _log = D("log");
                    if let Some(row) = table.get(&1) {
                        see(row).await;
                        if n % 2 == 0 { give(text).await; }
                    }
                    if n == 5 { continue; }
                    if n == 4 { continue 'b; }
                    if n == 3 { continue 'a; }
                    if n == 2 { break; }
                    if n == 1 { break 'b; }
                    if n == 0 { break 'a 7; }
                    later("next", ()).await;
                }
                log("c");
            }
            log("d");
        };
        r
    }
    given_where_the_function_ends(n: u32) with (6) -> u32 {
        let table = BTreeMap::from([(1, D("one"))]);
        let text = D("text");
        {
            if let Some(row) = table.get(&1) {
                see(row).await;
                if n > 7 {
                    drop(text);
                    return 7;
                }
                log(row.name());
            }
        }
        log("behind");
        n
    }
    given_out_of_a_loop(n: u32) with (6) -> u32 {
        let table = BTreeMap::from([(1, D("one"))]);
        let text = D("text");
        let mut found = 0;
        {
            for row in table.values() {
                found = see(row).await;
                if n > 7 {
                    return give(text).await as u32;
                }
            }
        }
        log(found);
        n
    }
}
