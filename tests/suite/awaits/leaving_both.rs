//! Enclosed code that leaves its scope early both for the end of a loop and for that of the function.

use std::collections::BTreeMap;

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log, v};

fn table() -> BTreeMap<u32, D> {
    BTreeMap::from([(1, D("one")), (2, D("two")), (3, D("three"))])
}

awaits! {
    break_a_value_and_return_another(last: u32) with (4) -> u32 {
        let m = Mutex::new(D("in"));
        let n = loop {
            let g = m.lock().await;
            if last == later("a", 1).await { return g.name().len() as u32; }
            if last == later("b", 4).await { break g.name().len() as u32 + 10; }
            later("c", ()).await;
        };
        later("d", n).await
    }
    break_a_value_or_fail(list: Vec<u32>) with (vec![3, 2, 1, 0]) -> Result<D, String> {
        let m = Mutex::new(vec![D("x")]);
        let mut list = list.into_iter();
        let found = 'search: loop {
            let mut g = m.lock().await;
            let n = list.next().ok_or_else(|| "end".to_owned())?;
            if n == 9 { return Ok(D("nine")); }
            if n == 8 { return later("other", Err("eight".to_owned())).await; }
            let d = g.pop().unwrap_or(D("none"));
            if later("n", n).await == 1 { break 'search d; }
            g.push(D("y"));
        };
        later("found", found.name()).await;
        Ok(found)
    }
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

fn see_d(d: D, n: usize) -> D {
    log(n);
    d
}

// What is given away of what drops behind a younger variable, and a `break` with a value.
awaits! {
    leave_q_option(list: Vec<Option<u32>>) with (vec![Some(1), Some(2), None, Some(4)]) -> Option<u32> {
        let m = Mutex::new(0);
        let out = D("out");
        for n in list {
            let t = D("t");
            let mut g = m.lock().await;
            let n = later("n", n).await?;
            if n == 3 { break; }
            if n == 4 { return Some(*g); }
            *g += n;
        }
        None
    }
    leave_return_value_of_guard(list: Vec<u32>) with (vec![1, 4, 5]) -> String {
        let m = Mutex::new(String::new());
        let outer = D("outer");
        for n in list {
            let inner = D("inner");
            let mut g = m.lock().await;
            if n > 4 { break; }
            if n == 4 { return format!("{}{}", *g, v("ret", n)); }
            g.push('x');
            later("n", n).await;
            let t = D("t");
        }
        "end".to_string()
    }
    leave_cont_outer_and_return_err(list: Vec<u32>) with (vec![1, 2, 3]) -> Result<u32, AppError> {
        let m = Mutex::new(0);
        let mut total = 0;
        'o: for n in list {
            let od = D("od");
            for k in 0..3 {
                let d = D("in");
                let mut g = m.lock().await;
                if k == n { continue 'o; }
                if n == 3 && k == 2 { return Err(AppError("x".into())); }
                let q = later("q", if n == 7 { Err(Error::Closed) } else { Ok(k) }).await?;
                *g += q;
                total += *g;
            }
            log("row end");
        }
        Ok(total)
    }
    both_moves_older(jobs: Vec<D>) with (vec![D("j1"), D("j2")]) -> usize {
        let m = Mutex::new(0);
        for j in jobs {
            let a = D("a");
            let b = D("b");
            let mut g = m.lock().await;
            *g += 1;
            if *g == 3 { return 1; }
            drop(a);
            later("x", ()).await;
            if *g == 2 { break; }
            log("end");
        }
        2
    }
    loop_value_and_return(list: Vec<u32>) with (vec![3, 1, 5]) -> u32 {
        let m = Mutex::new(0);
        let mut r = 8;
        'o: loop {
            let older = D("older");
            for n in list.iter().copied() {
                let mut g = m.lock().await;
                let younger = D("younger");
                if n == 5 { break 'o; }
                if n == 9 { return 9; }
                *g += later("n", n).await;
            }
            log("again");
            r = 7; break;
        }
        later("r", r).await
    }
    older_n_moves_in(jobs: Vec<D>) with (vec![D("j1"), D("j2"), D("j3")]) -> usize {
        let m = Mutex::new(0);
        for (i, j) in jobs.into_iter().enumerate() {
            let a = D("a");
            let b = D("b");
            let mut g = m.lock().await;
            *g += 1;
            if *g == 3 { return i; }
            let j = see_d(j, i);
            later("x", ()).await;
            if *g == 2 { drop(a); continue; }
            if *g == 7 { break; }
            log("end");
        }
        2
    }
    older_given_late(jobs: Vec<D>) with (vec![D("j1"), D("j2")]) -> usize {
        let m = Mutex::new(0);
        for j in jobs {
            let a = D("a");
            let a2 = (a, D("a2"));
            let b = D("b");
            let mut g = m.lock().await;
            *g += 1;
            later("x", ()).await;
            drop(j);
            if *g == 2 { break; }
            let a3 = a2;
            if *g == 9 { return 4; }
            later("y", ()).await;
        }
        3
    }
    older_in_if(jobs: Vec<D>) with (vec![D("j1"), D("j2"), D("j3")]) -> usize {
        let m = Mutex::new(0);
        let mut k = 0;
        for j in jobs {
            let a = D("a");
            if a.name() == "a" {
                let b = D("b");
                let c = D("c");
                let mut g = m.lock().await;
                *g += 1;
                if *g == 2 { log("two"); drop(b); later("t", ()).await; continue; }
                if *g == 3 { return 4; }
                later("x", ()).await;
            }
            k += j.name().len();
            log("tail");
        }
        k
    }
    break_value(jobs: Vec<u32>) with (vec![1, 2, 3]) -> usize {
        let m = Mutex::new(vec![0]);
        let o = D("o");
        let mut it = jobs.into_iter();
        let r = loop {
            let y = D("y");
            let mut g = m.lock().await;
            let Some(j) = it.next() else { break g.len() };
            g.push(later("j", j).await);
            if j == 3 { break g.len() + later("b", 9).await; }
        };
        log("after");
        later("r", r).await
    }
    break_value_q(jobs: Vec<u32>) with (vec![1, 2, 3]) -> Result<usize, AppError> {
        let m = Mutex::new(vec![0]);
        let mut it = jobs.into_iter();
        let r = 'a: loop {
            let y = D("y");
            let mut g = m.lock().await;
            let Some(j) = it.next() else { break D("none") };
            g.push(later("j", Ok::<_, AppError>(j)).await?);
            if j == 2 { continue; }
            for k in 0..3 { if k == 2 && j == 3 { break 'a D("val"); } later("k", ()).await; }
        };
        Ok(later("r", r.name().len()).await)
    }
}
