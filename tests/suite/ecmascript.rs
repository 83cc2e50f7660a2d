//! What test262 and regenerator look at: a yield in every position, labels, `finally`, delegation.

use unawait::Coroutine;
use unawait::prelude::*;

use crate::harness::{D, log, v};

fn make(n: &'static str) -> D {
    log(format!("new {n}"));
    D(n)
}

struct Fin(&'static str);

impl Drop for Fin {
    fn drop(&mut self) {
        crate::harness::record(format!("finally {}", self.0));
    }
}

differential! {
    // test262 / regenerator
    iterator yield_as_statement() yields (()) { yield_!(); yield_!(()); }
    coroutine yield_in_array() takes (u32) [1, 2, 3] yields (u32) returns (Vec<u32>) {
        vec![yield_!(1), v("m", 9), yield_!(2)]
    }
    coroutine yield_in_struct() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        struct P {
            x: u32,
            y: u32,
            z: u32,
        }
        let p = P {
            z: yield_!(1),
            x: v("x", 4),
            y: yield_!(2),
        };
        p.x * 100 + p.y * 10 + p.z
    }
    coroutine yield_in_conditional() takes (bool) [true, false] yields (u32) returns (u32) {
        if yield_!(1) { if yield_!(2) { 3 } else { 4 } } else { 5 }
    }
    coroutine yield_logical() takes (bool) [true, false, true] yields (u32) returns (bool) {
        yield_!(1) && yield_!(2) || yield_!(3) && !yield_!(4)
    }
    coroutine yield_in_while() takes (bool) [true, true, false] yields (u32) returns (u32) {
        let mut n = 0;
        while yield_!(n) && n < 5 {
            n += 1;
            yield_!(n * 10);
        }
        n
    }
    coroutine yield_in_switch() takes (u32) [2, 7] yields (u32) returns (&'static str) {
        match yield_!(0) {
            1 => "one",
            n if n == yield_!(n) => "same",
            2 | 3 => "few",
            _ => "many",
        }
    }
    coroutine yield_in_callee() takes (usize) [1, 0] yields (u32) returns (u32) {
        let fs: [fn(usize) -> u32; 2] = [|a| a as u32 + 1, |a| a as u32 + 100];
        fs[yield_!(1)](yield_!(2))
    }
    coroutine yield_in_index() takes (usize) [1, 0, 2] yields (u32) returns (u32) {
        let mut a = [[1, 2, 3], [4, 5, 6]];
        a[yield_!(1)][yield_!(2)] = a[0][yield_!(3)];
        a[1][0]
    }
    coroutine yield_in_template() takes (u32) [1, 2] yields (u32) returns (String) {
        let w = 3;
        format!("{:>w$}|{}|{w}", yield_!(1), yield_!(2))
    }
    coroutine yield_in_assert() takes (u32) [1, 1] yields (u32) returns (u32) {
        assert_eq!(yield_!(1), yield_!(2));
        assert!(yield_!(3) == 1, "x");
        4
    }
    coroutine yield_return() takes (u32) [1, 2] yields (u32) returns (u32) { return yield_!(yield_!(1)); }
    coroutine yield_break_label() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        let x = 'a: loop {
            let _f = Fin("f");
            'b: loop {
                let _h = Fin("h");
                if yield_!(1) == 2 {
                    break 'a yield_!(2);
                } else {
                    continue 'a;
                }
            }
        };
        x
    }
    coroutine yield_cast_neg() takes (i32) [1, 2] yields (i32) returns (i64) {
        -(yield_!(1)) as i64 + !(yield_!(2) as i64)
    }
    coroutine yield_range() takes (u32) [1, 4] yields (u32) returns (u32) {
        let mut s = 0;
        for i in yield_!(1)..yield_!(2) {
            s += i;
            yield_!(s);
        }
        s
    }
    coroutine yield_destructure_default() takes (Option<u32>) [None, Some(2)] yields (u32) returns (u32) {
        let (a, b) = (
            match yield_!(1) {
                Some(x) => x,
                None => v("default a", 10),
            },
            yield_!(2).unwrap_or_else(|| v("default b", 20)),
        );
        a + b
    }
    coroutine compound_captured() takes (u32) [5, 6] yields (u32) returns (u32) {
        let mut a = 1;
        a += yield_!(a);
        a = a * 10 + {
            a = 0;
            yield_!(a)
        };
        a
    }
    coroutine labelled_continue_finally() takes (u32) [0, 1, 2] yields (u32) returns (u32) {
        let mut n = 0;
        'outer: for i in 0..3 {
            let _a = Fin("a");
            for j in 0..3 {
                let _b = Fin("b");
                match yield_!(i * 10 + j) {
                    0 => continue,
                    1 => continue 'outer,
                    _ => break,
                }
            }
            n += 1;
        }
        n
    }
    coroutine try_finally_return() takes (bool) [true] yields (u32) returns (D) {
        let _a = Fin("a");
        let d = make("ret");
        {
            let _b = Fin("b");
            if yield_!(1) {
                return d;
            }
        }
        make("other")
    }
    coroutine arguments_shadow(x: u32) takes (u32) [7] yields (u32) returns (u32) with (3) {
        let y = x;
        let x = yield_!(x);
        {
            let x = x + 1;
            yield_!(x);
        }
        x + y
    }
    coroutine swap_yields() takes (u32) [1, 2] yields (u32) returns ((u32, u32)) {
        let (mut a, mut b) = (0, 0);
        (a, b) = (yield_!(1), yield_!(2));
        (b, a) = (a, b);
        (a, b)
    }
    coroutine deref_assign(mut b: Box<u32>) takes (u32) [4] yields (u32) returns (u32) with (Box::new(1)) {
        *b = yield_!(*b);
        *b += yield_!(*b);
        *b
    }
    coroutine delegation_iter() takes (u32) [1] yields (u32) returns (u32) {
        #[coro]
        fn e() -> impl Coroutine<u32, Yield = u32, Return = u32> {
            5
        }
        yield_from!(e()) + yield_from!(e())
    }
}
