//! `let .. else`: the value, the pattern and the diverging block may each meet a suspension.

use crate::harness::{D, log, v};

differential! {
    coroutine value_suspends() takes (Option<i32>) [Some(1), Some(2), None] yields (i32) returns (i32) {
        let mut sum = 0;
        loop {
            let Some(n) = yield_!(sum) else { break sum };
            sum += n;
        }
    }

    coroutine diverging_block_suspends() takes (Result<i32, String>) [Ok(1), Err("bad".to_owned()), Ok(3), Ok(4)]
        yields (i32) returns (i32)
    {
        let _outer = D("outer");
        let mut rounds = 0;
        loop {
            rounds += 1;
            let Ok(n) = yield_!(rounds) else {
                let _inner = D("inner");
                let again = yield_!(-1);
                log(again.is_ok());
                continue;
            };
            if n > 3 { return n + rounds }
        }
    }

    iterator bindings_live_on() yields (usize) {
        fn find(name: &'static str) -> Option<(D, usize)> { Some((D(name), name.len())) }
        let Some((d, mut n)) = find("one") else { return };
        yield_!(n);
        n += 1;
        let Some((e, 5)) = find("two") else { yield_!(n + 100); return };
        log(e.name());
        yield_!(n);
        log(d.name());
    }

    iterator reference_to_a_field() yields (usize) {
        let user = (Some(String::from("name")), D("field"));
        let Some(name) = &user.0 else { panic!("no name") };
        yield_!(name.len());
        log(name);
        yield_!(user.1.name().len());
        log(name);
    }

    iterator loop_of_refutable_patterns() yields (i32) {
        for item in [Some(1), None, Some(3), Some(40), Some(5)] {
            let Some(n) = item else { continue };
            let 0..10 = n else { yield_!(-n); break };
            yield_!(n);
        }
    }

    coroutine nested_in_an_expression() takes (Option<i32>) [Some(7), None] yields (i32) returns (i32) {
        let n = {
            let Some(n) = yield_!(v("value", 1)) else { return -1 };
            let Some(m) = yield_!(n) else { return n + 100 };
            n * m
        };
        n
    }

    coroutine else_breaks_to_a_label() takes (Option<i32>) [Some(7), None, None, Some(8)] yields (i32) returns (i32) {
        let mut n = 0;
        'outer: loop {
            n += 1;
            let _guard = D("guard");
            loop {
                let Some(m) = yield_!(n) else { continue 'outer };
                if m == 8 { break 'outer m }
                log(m);
            }
        }
    }
}
