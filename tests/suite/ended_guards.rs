//! Guards that end where a local that they borrow goes on: at the end of a loop's body, at a `continue`, behind a branch.

use std::cell::{Cell, RefCell};

use crate::counter::CountGuard;
use crate::harness::{D, log, v};

struct Owner {
    count: Cell<u32>,
    items: Vec<Cell<u32>>,
    _end: D,
}

differential! {
    iterator end_of_a_body() yields (usize) {
        let list = RefCell::new(vec![1]);
        while list.borrow().len() < 3 {
            yield_!(1);
            let mut items = list.borrow_mut();
            let d = D("d");
            items.push(v("item", 2));
        }
        let length = list.borrow().len();
        yield_!(length);
    }

    iterator next_to_other_drops() yields (u32) {
        let (count, a) = (Cell::new(0), D("a"));
        loop {
            let n = count.get();
            yield_!(n);
            let b = D("b");
            let guard = CountGuard::new(&count);
            let c = D("c");
            log(guard.0.get());
            if count.get() == 2 {
                return;
            }
        }
    }

    iterator continued() yields (u32) {
        let (count, a) = (Cell::new(0), D("a"));
        loop {
            let n = count.get();
            yield_!(n);
            let guard = CountGuard::new(&count);
            let c = D("c");
            if n == 0 { continue; }
            let d = D("d");
            match guard.0.get() {
                1 => continue,
                2 => log("two"),
                _ => break,
            }
            let Some(e) = (n > 2).then_some(3) else { continue };
            log(e);
        }
        yield_!(count.get());
    }

    iterator behind_branches() yields (u32) {
        let (count, a) = (Cell::new(0), D("a"));
        for n in 0..3 {
            if n == 1 {
                yield_!(n);
                let guard = CountGuard(&count);
                log("first");
            } else {
                let guard = CountGuard(&count);
                log("second");
            }
            yield_!(n + 10);
            let guard = CountGuard(&count);
            if n == 2 { break; }
        }
        yield_!(count.get());
    }

    iterator of_a_field(owner: Owner) yields (u32)
        with (Owner { count: Cell::new(5), items: vec![Cell::new(1), Cell::new(2)], _end: D("end") })
    {
        for item in &owner.items {
            yield_!(item.get());
            let guard = CountGuard::new(&owner.count);
            let other = CountGuard::new(item);
            log("in the loop");
        }
        yield_!(owner.count.get());
    }

    iterator moved_on_one_path() yields (u32) {
        let list = vec![3, 4];
        for n in &list {
            yield_!(*n);
            let d = D("d");
            if *n == 3 {
                drop(d);
            }
        }
    }

    coroutine of_an_argument(count: &mut Cell<u32>) takes (bool) [true, false, true] yields (u32) returns (u32)
        with (&mut Cell::new(0))
    {
        let mut more = true;
        while more {
            let n = count.get();
            more = yield_!(n);
            let guard = CountGuard::new(&*count);
            log(more);
        }
        *count.get_mut() += 1;
        count.get()
    }
}
