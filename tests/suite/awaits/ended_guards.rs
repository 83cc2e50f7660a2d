//! Guards between awaits that end where what they borrow goes on.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Mutex, RwLock};

use super::harness::later;
use crate::counter::CountGuard;
use crate::harness::{D, log, v};

awaits! {
    locked_at_the_end() -> u32 {
        let state = Arc::new(Mutex::new(0));
        let other = D("other");
        let mut more = true;
        while later("more", more).await {
            let d = D("d");
            let mut guard = state.lock().unwrap();
            *guard += v("one", 1);
            more = *guard < 2;
        }
        *state.lock().unwrap()
    }
    left_early() -> Option<u32> {
        let state = Arc::new(RwLock::new(vec![1, 2, 3, 4]));
        let mut sum = 0;
        loop {
            later("tick", ()).await;
            let mut list = state.write().unwrap();
            let d = D("d");
            if list.len() == 1 {
                break;
            }
            let n = list.pop()?;
            if n == 3 {
                log("skipped");
                continue;
            }
            sum += n;
        }
        Some(sum + state.read().ok()?.len() as u32)
    }
    drops_in_order() -> u32 {
        let count = Cell::new(0);
        let end = D("end");
        loop {
            later("tick", ()).await;
            let d = D("d");
            let guard = CountGuard(&count);
            let e = D("e");
            match count.get() {
                0 => continue,
                1 => {
                    log("one");
                }
                _ => break,
            }
            let Some(n) = Some(count.get()).filter(|n| *n > 1) else { continue };
            log(n);
        }
        count.get()
    }
    behind_an_if() -> usize {
        let list = Rc::new(RefCell::new(vec![1]));
        for n in 0..3 {
            if later("even", n % 2 == 0).await {
                let mut items = list.borrow_mut();
                items.push(n);
            } else {
                let Ok(mut items) = list.try_borrow_mut() else { return 0 };
                items.push(n * 10);
            }
            let items = list.borrow();
            log(items.len());
        }
        later("end", ()).await;
        list.borrow().len()
    }
    of_an_argument(mut count: Cell<u32>) with (Cell::new(1)) -> u32 {
        while later("more", count.get() < 4).await {
            let guard = CountGuard(&count);
            log(guard.0.get());
        }
        *count.get_mut()
    }
}
