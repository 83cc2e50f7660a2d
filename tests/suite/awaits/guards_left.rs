//! Guards between awaits that a `break` or `continue` leaves from the middle of code.

use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, RwLock};

use super::harness::later;
use crate::counter::Counter;
use crate::harness::{D, log, v};

enum Order {
    Stop,
    Go(u32),
}

/// Calls `later` as often as the state says.
struct Worker {
    orders: Mutex<VecDeque<Order>>,
    _end: D,
}

awaits! {
    out_of_a_block(limit: Arc<Mutex<u32>>) with (Arc::new(Mutex::new(0))) -> u32 {
        let mut done = 0;
        let a = D("a");
        loop {
            {
                let mut count = limit.lock().unwrap();
                let b = D("b");
                if *count > 1 {
                    break;
                }
                *count += v("one", 1);
            }
            done += later("done", 1).await;
        }
        done
    }
    out_of_a_match() -> u32 {
        let worker = Arc::new(Worker {
            orders: Mutex::new([Order::Go(1), Order::Go(2), Order::Stop].into()),
            _end: D("worker"),
        });
        let mut sum = 0;
        loop {
            match worker.orders.lock().unwrap().pop_front() {
                Some(Order::Go(n)) => sum += n,
                Some(Order::Stop) | None => break,
            }
            sum += later("tick", 10).await;
        }
        later("end", sum).await
    }
    for_a_value() -> u32 {
        let queue = Arc::new(Mutex::new(vec![3, 0, 1]));
        let mut sum = 0;
        loop {
            let d = D("d");
            let next = match queue.lock().unwrap().pop() {
                Some(0) => continue,
                Some(n) => n,
                None => break,
            };
            let doubled = {
                let count = queue.lock().unwrap();
                if count.len() > 5 {
                    break;
                }
                next * 2
            };
            sum += later("next", doubled).await;
        }
        sum
    }
    drops_in_order() -> u32 {
        let counter = Counter(Cell::new(0));
        let a = D("a");
        'outer: loop {
            later("outer", ()).await;
            let b = D("b");
            loop {
                later("inner", ()).await;
                let c = D("c");
                match counter.enter().0.get() {
                    0 => log("zero"),
                    1 => continue 'outer,
                    2 => break,
                    n if n == v("three", 3) => continue,
                    _ => break 'outer,
                }
                let d = D("d");
                if let guard = counter.enter()
                    && guard.0.get() > 7
                {
                    break 'outer;
                }
            }
        }
        counter.0.get()
    }
    declared_in_front() -> u32 {
        let counter = Counter(Cell::new(0));
        loop {
            later("tick", ()).await;
            let b = D("b");
            let guard = counter.enter();
            let c = D("c");
            match Some(guard.0.get()).as_ref() {
                Some(0) => continue,
                Some(1) => log("one"),
                _ => break,
            }
        }
        counter.0.get()
    }
    through_a_variable() -> usize {
        let shared = Arc::new((RwLock::new(HashMap::from([(1, 2), (2, 3)])), D("shared")));
        let mut key = 1;
        loop {
            let names = &shared.0;
            if let Some(next) = names.read().unwrap().get(&key) {
                if *next == 3 {
                    log("three");
                    break;
                }
                key = *next;
            }
            later("key", key).await;
        }
        shared.0.read().unwrap().len()
    }
    extended() -> u32 {
        let list = Mutex::new(vec![1, 2, 3]);
        let mut sum = 0;
        loop {
            sum += later("one", 1).await;
            {
                let items = &*list.lock().unwrap();
                if items.len() as u32 == sum {
                    break;
                }
                log(items.len());
            }
            if sum > 5 {
                for item in list.lock().unwrap().iter() {
                    if *item == 2 {
                        break;
                    }
                }
            }
        }
        sum + list.lock().unwrap().len() as u32
    }
    through_question_marks() -> Option<u32> {
        let list = Mutex::new(vec![1, 2, 3]);
        let mut sum = 0;
        for n in 0..5 {
            sum += later("one", 1).await;
            match list.lock().ok()?.get(n) {
                Some(2) => continue,
                Some(n) => sum += n,
                None => break,
            }
            log(sum);
        }
        Some(sum + list.into_inner().ok()?.len() as u32)
    }
}

awaits! {
    moved_on_a_path() -> u32 {
        let counter = Counter(Cell::new(0));
        while later("more", counter.0.get() < 6).await {
            let a = D("a");
            let guard = counter.enter();
            let b = D("b");
            if guard.0.get() == 2 {
                drop(guard);
            }
            log(counter.0.get());
        }
        counter.0.get()
    }
    moved_on_a_path_and_left() -> u32 {
        let counter = Counter(Cell::new(0));
        loop {
            later("tick", ()).await;
            let a = D("a");
            let guard = counter.enter();
            if guard.0.get() == 1 {
                drop(guard);
            } else if guard.0.get() == 0 {
                log("first");
                continue;
            }
            if counter.0.get() > 4 {
                break;
            }
            let Some(n) = Some(counter.0.get()).filter(|n| *n != 3) else {
                continue;
            };
            log(n);
        }
        counter.0.get()
    }
}

awaits! {
    with_a_value() -> u32 {
        let queue = Arc::new(Mutex::new(vec![]));
        let end = D("end");
        let job = loop {
            if let Some(job) = queue.lock().unwrap().pop() {
                break job;
            }
            let n = later("job", 3).await;
            queue.lock().unwrap().push(n);
        };
        let counter = Counter(Cell::new(job));
        let (found, way) = loop {
            let a = D("a");
            match counter.enter().0.get() {
                n @ 5.. => break (n, "five"),
                n if n == v("four", 4) => {
                    if n > 5 {
                        break (0, "never");
                    }
                    continue;
                }
                n => log(n),
            }
            later("tick", ()).await;
        };
        log(way);
        later("end", found).await + queue.lock().unwrap().len() as u32
    }
    with_a_hidden_value() -> u32 {
        let count = 7;
        let counter = Counter(Cell::new(0));
        let count = loop {
            later("tick", count).await;
            match counter.enter().0.get() {
                count @ 2.. => break count + 1,
                count => log(count),
            }
            log(count);
        };
        let total: u32 = 'block: {
            for n in 0..3 {
                later("n", n).await;
                let guard = counter.enter();
                let d = D("d");
                if guard.0.get() == 4 {
                    break 'block v("total", guard.0.get());
                }
            }
            0
        };
        later("end", count).await + total + counter.0.get()
    }
}

/// As that of a lock: it may be read by others from then on.
struct Written<'l>(&'l u32, #[expect(dead_code, reason = "is there to be dropped")] D);

impl<'l> Written<'l> {
    fn downgrade(self) -> Written<'l> {
        log("downgrade");
        self
    }
}

awaits! {
    a_guard_for_writing(count: &u32) with (&3) -> u32 {
        let written = Written(count, D("guard"));
        let read = written.downgrade();
        later("read", *read.0).await + read.0
    }
}
