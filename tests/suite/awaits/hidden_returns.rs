//! Macros that hide a `return`, and await among their arguments or stand in what is enclosed.

use std::cell::RefCell;

use super::harness::later;
use crate::harness::{D, log};

macro_rules! stop_if {
    ($c:expr) => {
        if $c {
            return;
        }
    };
}
macro_rules! ret_if {
    ($c:expr, $v:expr) => {
        if $c {
            return $v;
        }
    };
}
macro_rules! skip_if {
    ($c:expr) => {
        if $c {
            continue;
        }
    };
}
macro_rules! brk_if {
    ($c:expr) => {
        if $c {
            break;
        }
    };
}
macro_rules! check {
    ($e:expr) => {
        match $e {
            Ok(v) => v,
            Err(e) => return Err(e),
        }
    };
}
macro_rules! tryq {
    ($e:expr) => {
        $e?
    };
}
macro_rules! done_if {
    ($c:expr) => {
        if $c {
            return Ok(());
        }
    };
}
macro_rules! or_ret {
    ($e:expr, $v:expr) => {
        match $e {
            Some(x) => x,
            None => return $v,
        }
    };
}
macro_rules! ensured {
    ($c:expr, $e:expr) => {
        if $c == 1 {
            return Err($e);
        } else {
            3
        }
    };
}

async fn fallible(n: u32) -> Result<u32, u32> {
    later("fallible", ()).await;
    if n > 2 { Err(n) } else { Ok(n) }
}

awaits! {
    stop_unit(n: u32) with (1) {
        let g = D("g");
        stop_if!(later("a", n == 1).await);
        log("after");
        later("b", ()).await;
    }

    ret_value(n: u32) with (1) -> u32 {
        let g = D("g");
        ret_if!(later("a", n == 1).await, 7);
        log("after");
        later("b", 2).await
    }

    skip_loop(n: u32) with (1) -> u32 {
        for i in 0..3 { let g = D("g"); skip_if!(later("a", i == 1).await); log("after"); brk_if!(later("b", i == 2).await); }
        later("b", 2).await
    }

    check_macro(n: u32) with (1) -> Result<u32, u32> {
        let g = D("g");
        let a = check!(fallible(1).await);
        let b = check!(fallible(5).await);
        log("after");
        later("b", Ok(2)).await
    }

    tryq_macro(n: u32) with (1) -> Result<u32, u32> {
        let g = D("g");
        let a = tryq!(fallible(1).await);
        let b = tryq!(fallible(5).await);
        log("after");
        later("b", Ok(2)).await
    }

    tryq_stmt(n: u32) with (1) -> Result<(), u32> {
        let g = D("g");
        tryq!(fallible(1).await);
        tryq!(fallible(5).await);
        log("after");
        Ok(())
    }

    check_tail(n: u32) with (1) -> Result<Result<u32, u32>, u32> {
        let g = D("g");
        let x: Result<u32, u32> = Ok(check!(fallible(5).await));
        log("after");
        Ok(x)
    }

    stop_in_enclosed() {
        let list = RefCell::new(vec![1, 2, 3]);
        for x in list.borrow().iter() { stop_if!(*x == 2); later("x", ()).await; }
        log("after");
        later("b", ()).await;
    }

    done_in_enclosed() -> Result<(), u32> {
        let list = RefCell::new(vec![1, 2, 3]);
        for x in list.borrow().iter() { done_if!(*x == 2); later("x", ()).await; }
        log("after");
        later("b", ()).await;
        Ok(())
    }

    value_coincides() -> u32 {
        let b = or_ret!(later("b", None::<u32>).await, 8);
        log("after");
        later("c", b).await
    }

    value_coincides_enclosed() -> u32 {
        let list = RefCell::new(vec![1, 2, 3]);
        let n: u32 = match list.borrow().first() { Some(x) => { let y = or_ret!(None, 9); later("x", ()).await; y } None => 3 };
        log("after");
        later("c", n).await
    }

    moved_rest(c: u32) with (1) {
        let job = D("job");
        let n = job.finish();
        stop_if!(c == 1);
        log("after");
        later("c", n).await;
    }

    guard_in_branch(c: u32) with (1) {
        let list = RefCell::new(vec![1, 2, 3]);
        if c == 1 {
            let g = list.borrow_mut();
            later("in", ()).await;
            stop_if!(g.len() == 3);
            log("in");
        }
        log("after");
        later("c", ()).await;
    }

    temp_value(c: u32) with (1) -> usize {
        let n: usize = D("q").finish() + or_ret!(later("b", None::<usize>).await, 8);
        log("after");
        later("c", n).await
    }

    stop_in_inner_scope(c: u32) with (1) {
        { let list = RefCell::new(vec![1, 2, 3]); for x in list.borrow().iter() { stop_if!(*x == 2); later("x", ()).await; } }
        log("after");
        later("b", ()).await;
    }

    value_in_inner_scope(c: u32) with (1) -> u32 {
        let n: u32 = { let list = RefCell::new(vec![1, 2, 3]); let g = list.borrow(); let y = or_ret!(None::<u32>, 9); later("x", ()).await; y + g[0] };
        log("after");
        later("c", n).await
    }

    done_in_inner_scope() -> Result<(), u32> {
        { let list = RefCell::new(vec![1, 2, 3]); for x in list.borrow().iter() { done_if!(*x == 2); later("x", ()).await; } }
        log("after");
        later("b", ()).await;
        Ok(())
    }

    in_nested_loop(c: u32) with (1) {
        let d = D("d");
        for i in 0..2 {
            let list = RefCell::new(vec![1, 2, 3]);
            for x in list.borrow().iter() { stop_if!(*x == 2 && i == 1); later("x", ()).await; }
            log("loop");
        }
        log("after");
        later("b", ()).await;
    }

    ensure_in_value(c: u32) with (1) -> Result<u32, u32> {
        let n = ensured!(later("a", c).await, 5);
        later("b", Ok(n)).await
    }

    checked_values(n: u32) with (7) -> Result<u32, u32> {
        let d = D("d");
        let a = check!(Ok::<u32, u32>(n));
        later("a", a).await;
        let b = a + check!(if n > 5 { Err(n) } else { Ok(3) });
        later("b", ()).await;
        Ok(b)
    }

    none_values() -> Option<u32> {
        let d = D("d");
        let a = or_ret!(later("a", Some(1)).await.filter(|n| *n > 0), None);
        let b = or_ret!(Some(a).filter(|n| *n > 1), None);
        later("b", Some(b)).await
    }
}
