//! Enclosed code that leaves its scope early both for the end of a loop and for that of the function.

use std::collections::BTreeMap;

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log};

fn table() -> BTreeMap<u32, D> {
    BTreeMap::from([(1, D("one")), (2, D("two")), (3, D("three"))])
}

awaits! {
    break_and_return(list: Vec<u32>) with (vec![1, 2, 9, 3]) -> usize {
        let m = Mutex::new(Vec::new());
        for n in list {
            let mut g = m.lock().await;
            if n > 5 { break; }
            if n == 0 { return 0; }
            g.push(n);
            later("held", ()).await;
        }
        let n = m.lock().await.len();
        n
    }
    break_and_return2(list: Vec<u32>) with (vec![1, 0, 9, 3]) -> usize {
        let m = Mutex::new(Vec::new());
        for n in list {
            let mut g = m.lock().await;
            if n > 5 { break; }
            if n == 0 { return g.len(); }
            g.push(n);
            later("held", ()).await;
        }
        7
    }
    break_return_unit(list: Vec<u32>) with (vec![1, 0, 9, 3]) {
        let m = Mutex::new(Vec::new());
        for n in list {
            let mut g = m.lock().await;
            if n > 5 { break; }
            if n == 0 { return; }
            g.push(n);
            later("held", ()).await;
        }
        later("end", ()).await;
    }
    break_return_q(list: Vec<u32>, fail: u32) with (vec![1, 2, 9, 3], 0) -> Result<usize, AppError> {
        let m = Mutex::new(Vec::new());
        for n in list {
            let mut g = m.lock().await;
            if n > 5 { break; }
            let k = later("k", if n == fail { Err(Error::Closed) } else { Ok(n) }).await?;
            if k == 3 { return Ok(g.len()); }
            if k == 4 { return Err(AppError("four".into())); }
            if k == 2 { continue; }
            g.push(k);
            later("held", ()).await;
        }
        let n = m.lock().await.len();
        Ok(n)
    }
    break_return_q_fails(list: Vec<u32>, fail: u32) with (vec![1, 2, 3, 9], 2) -> Result<usize, AppError> {
        let m = Mutex::new(Vec::new());
        let d = D("outer");
        for n in list {
            let mut g = m.lock().await;
            if n > 5 { break; }
            let k = later("k", if n == fail { Err(Error::Closed) } else { Ok(n) }).await?;
            if k == 3 { return Ok(g.len()); }
            g.push(k);
            later("held", ()).await;
        }
        Ok(d.name().len())
    }
    map_loop_break_return(stop: u32) with (2) -> Option<usize> {
        let t = table();
        let mut n = 0;
        loop {
            let text = D("text");
            if let Some(d) = t.get(&stop) {
                n += later("d", d.name().len()).await;
                if n > 6 { break; }
                if n > 100 { return None; }
            }
            later("x", ()).await;
            if n > 50 { return Some(1); }
            drop(text);
        }
        Some(n)
    }
    labelled(list: Vec<u32>) with (vec![1, 2, 7]) -> usize {
        let m = Mutex::new(0);
        'outer: for n in list {
            for k in 0..n {
                let mut g = m.lock().await;
                *g += later("k", k).await;
                if *g > 4 { return *g as usize; }
                if k > 1 { continue 'outer; }
            }
            log("row");
        }
        1
    }
    given_break_return(jobs: Vec<Job>) with (vec![job(1), job(4), job(2)]) -> Result<u32> {
        let m = Mutex::new(0);
        for j in jobs {
            let younger = D("younger");
            let mut g = m.lock().await;
            if *g > 5 { break; }
            let n = j.run().await?;
            if n == 4 { return Ok(n); }
            *g += n;
        }
        Ok(3)
    }
    taken_two_exits(jobs: Vec<Job>) with (vec![job(1), job(4), job(2)]) -> u32 {
        let mut sum = 0;
        for j in jobs {
            let n = j.run().await;
            later("after", ()).await;
            let Ok(n) = n else { break };
            if n == 2 { return sum; }
            sum += n;
        }
        sum + 100
    }
}
