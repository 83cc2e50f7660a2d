//! Guards of locals that `select!` and `join!` give.

use tokio::sync::{Mutex, watch};

use super::harness::later;
use crate::harness::D;

awaits! {
    a_guard_in_a_branch() -> usize {
        let a = Mutex::new(D("in a"));
        let b = Mutex::new(D("in b"));
        let n = tokio::select! {
            biased;
            g = a.lock() => later("x", g.name().len()).await,
            h = b.lock() => h.name().len(),
        };
        later("d", n).await
    }

    a_guard_in_a_loop() -> usize {
        let a = Mutex::new(D("in a"));
        let mut n = 0;
        loop {
            tokio::select! {
                biased;
                g = a.lock() => { n += later("x", g.name().len()).await; if n > 5 { break; } }
                _ = later("t", ()), if n > 1 => break,
            }
        }
        later("d", n).await
    }

    a_guard_in_a_branch_that_returns(c: bool) with (true) -> usize {
        let a = Mutex::new(D("in a"));
        tokio::select! {
            biased;
            g = a.lock() => { if c { return g.name().len(); } later("x", g.name().len()).await; }
            _ = later("t", ()) => {}
        }
        later("d", 1).await
    }

    a_guard_in_a_branch_that_fails() -> Result<usize, String> {
        let a = Mutex::new(D("in a"));
        let n = tokio::select! {
            biased;
            g = a.lock() => { later("x", Ok::<usize, String>(g.name().len())).await? }
            _ = later("t", ()) => 0,
        };
        Ok(later("d", n).await)
    }

    guards_of_join() -> usize {
        let a = Mutex::new(D("in a"));
        let b = Mutex::new(D("in b"));
        let (g, h) = tokio::join!(a.lock(), b.lock());
        let n = later("x", g.name().len() + h.name().len()).await;
        drop(g);
        later("d", n).await
    }

    a_guard_that_was_waited_for() -> usize {
        let (tx, mut rx) = watch::channel(3usize);
        tx.send(4).unwrap();
        let n = tokio::select! {
            biased;
            x = rx.wait_for(|n| *n == 4) => { let m = *x.unwrap(); later("x", m).await }
            _ = later("t", ()) => 0,
        };
        later("d", n).await
    }
}
