//! Guards of locals, kept across awaits.

use std::cell::{RefCell, RefMut};

use super::harness::later;
use crate::harness::{D, log, v};

/// An async mutex of sorts.
#[allow(dead_code, reason = "it is there to be dropped")]
struct Mutex(RefCell<Vec<u32>>, D);

fn mutex(name: &'static str) -> Mutex {
    Mutex(RefCell::new(vec![1]), D(name))
}

impl Mutex {
    async fn lock(&self) -> Guard<'_> {
        later("lock", ()).await;
        Guard(self.0.borrow_mut(), D("guard"))
    }

    async fn read(&self) -> Result<Guard<'_>, String> {
        later("read", ()).await;
        match self.0.borrow().len() {
            0 => Err("empty".to_owned()),
            _ => Ok(Guard(self.0.borrow_mut(), D("reader"))),
        }
    }
}

#[allow(dead_code, reason = "it is there to be dropped")]
struct Guard<'m>(RefMut<'m, Vec<u32>>, D);

awaits! {
    kept_to_the_end() -> usize {
        let mutex = mutex("m");
        let _other = D("other");
        let mut guard = mutex.lock().await;
        guard.0.push(later("x", 2).await);
        let _last = D("last");
        guard.0.len() + later("y", 3).await
    }
    kept_in_a_block(c: bool) with (true) -> usize {
        let mutex = mutex("m");
        let n = {
            let guard = mutex.lock().await;
            guard.0.len() + later("x", 2).await
        };
        log("between");
        if c {
            let mut guard = mutex.lock().await;
            guard.0.push(1);
            later("y", ()).await;
        }
        n + mutex.0.borrow().len()
    }
    leaves_the_function(c: bool) with (true) -> Result<usize, String> {
        let mutex = mutex("m");
        let _younger = D("younger");
        let guard = mutex.read().await?;
        if later("x", c).await {
            return Ok(guard.0.len());
        }
        Err(later("y", "no".to_owned()).await)
    }
    in_one_statement() -> u32 {
        let mutex = mutex("m");
        mutex.lock().await.0.push(v("two", 2));
        let last = *mutex.lock().await.0.last().unwrap();
        later("x", last).await
    }
    of_an_argument(mutex: Mutex, other: &Mutex) with (mutex("m"), &other) given { let other = mutex("o"); } -> usize {
        let outside = other.lock().await;
        let n = outside.0.len() + later("x", 1).await;
        let inside = mutex.lock().await;
        n + inside.0.len() + later("y", 1).await
    }
    in_a_loop() -> usize {
        let mutex = mutex("m");
        for n in 0..3 {
            let mut guard = mutex.lock().await;
            guard.0.push(later("x", n).await);
        }
        mutex.0.borrow().len()
    }
    in_a_branch(c: bool) with (true) -> Result<usize, String> {
        let mutex = c.then(|| mutex("m"));
        for n in 0..2 {
            let other = (n == 1).then(|| self::mutex("other"));
            let _other = if let Some(lock) = &other { Some(lock.lock().await) } else { None };
            let _guard = if let Some(lock) = &mutex {
                log("lock");
                Some(lock.lock().await)
            } else {
                None
            };
            if later("x", n == 1).await {
                return Err("second".to_owned());
            }
        }
        Ok(later("y", 1).await)
    }
    referred_into() -> usize {
        let mutex = mutex("m");
        let n = {
            let list = &mutex.lock().await.0;
            let _younger = D("younger");
            later("x", list.len()).await + list.len()
        };
        let list = &mut mutex.lock().await.0;
        list.push(1);
        later("y", n).await + list.len()
    }
}
