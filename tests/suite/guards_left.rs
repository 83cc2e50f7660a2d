//! Guards that a `break` or `continue` leaves from the middle of code: they drop before what they borrow goes on.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use crate::counter::Counter;
use crate::harness::{D, log, v};

differential! {
    iterator out_of_a_block() yields (u32) {
        let counter = Counter(Cell::new(0));
        let a = D("a");
        loop {
            let b = D("b");
            {
                let guard = counter.enter();
                let c = D("c");
                if guard.get() > 2 {
                    break;
                }
                log(guard.get());
            }
            yield_!(counter.0.get());
        }
        yield_!(9);
        log(counter.0.get());
    }

    iterator out_of_a_match() yields (u32) {
        let jobs = RefCell::new(vec![3, 2, 1]);
        let a = D("a");
        let mut sum = 0;
        loop {
            match jobs.borrow_mut().pop() {
                Some(2) => continue,
                Some(job) => sum += job,
                None => break,
            }
            yield_!(sum);
        }
        let left = jobs.borrow().len() as u32;
        yield_!(left + sum);
    }

    iterator of_two_kinds() yields (u32) {
        let counter = Counter(Cell::new(0));
        let mut sum = 0;
        'outer: loop {
            let a = D("a");
            loop {
                yield_!(sum);
                let b = D("b");
                match counter.enter().get() {
                    0 => log("zero"),
                    1 => continue,
                    n if n == v("two", 2) => continue 'outer,
                    n if n > 4 => break 'outer,
                    _ => break,
                }
                sum += 1;
            }
            sum += 10;
        }
        yield_!(counter.0.get());
    }

    iterator out_of_an_if_let() yields (u32) {
        let queue = RefCell::new(VecDeque::from([1, 2, 3]));
        let a = D("a");
        loop {
            yield_!(0);
            if let Ok(mut items) = queue.try_borrow_mut() {
                let Some(item) = items.pop_front() else { break };
                let d = D("d");
                if item == 2 {
                    continue;
                }
                log(item);
            }
            yield_!(1);
        }
        log(queue.borrow().len());
    }

    iterator out_of_inner_loops() yields (u32) {
        let list = RefCell::new(vec![5, 0, 7, 9]);
        let mut sum = 0;
        'outer: loop {
            yield_!(sum);
            for item in list.borrow().iter() {
                let d = D("d");
                if *item == 9 {
                    break 'outer;
                }
                if *item == 0 {
                    break;
                }
                sum += item;
            }
            while let Some(item) = list.borrow_mut().pop() {
                if item == 7 {
                    list.replace(vec![9]);
                    continue 'outer;
                }
                sum += item;
                if sum > 30 {
                    break 'outer;
                }
                list.try_borrow_mut().is_err().then(|| log("borrowed"));
                sum += 1;
                if item == 9 {
                    continue 'outer;
                }
            }
        }
        let length = list.borrow().len() as u32;
        yield_!(length);
    }

    iterator declared_in_front() yields (u32) {
        let counter = Counter(Cell::new(0));
        let mut sum = 0;
        loop {
            yield_!(sum);
            let a = D("a");
            let guard = counter.enter();
            let b = D("b");
            match make(guard.get()).0 {
                0 => continue,
                1 => sum += v("one", 1),
                _ => break,
            }
            log("end");
        }
        yield_!(counter.0.get());
    }

    iterator in_branches(more: bool) yields (u32) with (true) {
        let counter = Counter(Cell::new(0));
        for n in 0..4 {
            yield_!(n);
            if more {
                let guard = counter.enter();
                if guard.get() == 1 {
                    continue;
                }
                log("more");
            } else {
                let c = D("c");
                match counter.enter().get() {
                    2 => break,
                    n => log(n),
                }
            }
            yield_!(n + 10);
        }
        log(counter.0.get());
    }

    iterator in_other_branches(more: bool) yields (u32) with (false) {
        let counter = Counter(Cell::new(0));
        for n in 0..4 {
            yield_!(n);
            if more {
                let guard = counter.enter();
                if guard.get() == 1 {
                    continue;
                }
                log("more");
            } else {
                let c = D("c");
                match counter.enter().get() {
                    2 => break,
                    n => log(n),
                }
            }
            yield_!(n + 10);
        }
        log(counter.0.get());
    }

    iterator with_a_value() yields (u32) {
        let counter = Counter(Cell::new(0));
        let found = loop {
            yield_!(1);
            let a = D("a");
            {
                let guard = counter.enter();
                if guard.get() == 1 {
                    log("continued");
                    continue;
                }
            }
            if counter.0.get() == 3 {
                break 7;
            }
        };
        yield_!(found);
    }
}

/// Drops with the statement.
struct Made(u32, #[expect(dead_code)] D);

fn make(n: u32) -> Made {
    Made(n, D("made"))
}

differential! {
    iterator collections_of_references(line: String) yields (usize) with ("set 7 now".to_owned()) {
        let parts: Vec<&str> = line.split(' ').collect();
        let (count, d) = (parts.len(), D("d"));
        yield_!(count);
        let words = line.split_whitespace().collect::<Vec<_>>();
        let count = v("words", words.len());
        yield_!(count);
        log(line.len());
    }
}
