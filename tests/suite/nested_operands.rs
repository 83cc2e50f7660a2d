//! Operands within operands, several of which suspend: each is moved, or dropped by a panic or a `?`, in its turn.

use std::ops::{Add, AddAssign, Neg};

use crate::harness::{D, log, v};

fn mk(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

fn with(a: D, n: usize) -> usize {
    log("with");
    a.name().len() + n
}

fn between(a: D, n: usize, c: D) -> Option<usize> {
    log("between");
    Some(a.name().len() + n + c.name().len())
}

fn joined(a: D, b: D, c: D) -> String {
    log("joined");
    format!("{}{}{}", a.name(), b.name(), c.name())
}

fn two(a: u32, b: u32) -> u32 {
    log("two");
    a * 100 + b
}

struct Sum(D);

impl Add<u32> for Sum {
    type Output = Sum;

    fn add(self, n: u32) -> Sum {
        log(format!("add {n}"));
        self
    }
}

impl AddAssign<D> for Sum {
    fn add_assign(&mut self, d: D) {
        log(format!("add {}", d.name()));
    }
}

impl Neg for Sum {
    type Output = usize;

    fn neg(self) -> usize {
        log("neg");
        self.0.name().len()
    }
}

differential! {
    #[Clone]
    coroutine calls_in_last_arguments() takes (u32) [1, 2] yields (&'static str) returns (usize) {
        with(mk("1"), with(mk("2"), with(mk("3"), yield_!("in") as usize + v("after", 1))))
            + with(mk("4"), with(mk("5"), { yield_!("again"); v("z", 2) }))
    }

    coroutine something_evaluated_in_front_of_what_is_moved() takes (u32) [1, 2] yields (&'static str) returns (Option<usize>) {
        between(mk("1"), between(D(v("name", "2")), { yield_!("in"); v("n", 1) }, mk("3"))?, mk("4"))?;
        between(mk("5"), v("first", with(mk("6"), yield_!("in") as usize)), mk("7"))
    }

    coroutine operands_that_leave() takes (Option<u32>) [Some(1), Some(2), None] yields (&'static str)
        returns (Option<usize>)
    {
        let first = between(mk("1"), between(mk("2"), yield_!("in")? as usize, mk("3"))?, mk("4"))?;
        let second = between(mk("5"), { let _block = mk("block"); yield_!("in")? as usize }, mk("6"))?;
        Some(first + second + between(mk("7"), yield_!("last")? as usize, mk("8"))?)
    }

    #[Clone]
    coroutine branches_as_arguments() takes (bool) [true, false, true] yields (u32) returns (String) {
        joined(
            if yield_!(1) { mk("then") } else { mk("else") },
            match yield_!(2) {
                true => mk("true"),
                false => { let _guard = mk("guard"); mk("false") }
            },
            loop { if yield_!(3) { break mk("broken") } },
        )
    }

    coroutine literals_of_branches() takes (bool) [true, false, true, true, false] yields (u32) returns (u32) {
        let n = two(if yield_!(1) { 3 } else { 4 }, match yield_!(2) { true => 7, false => 8 });
        println!("{} {}", { yield_!(3); 5 }, if yield_!(4) { 'a' } else { 'b' });
        assert_eq!({ yield_!(5); 6 }, match yield_!(6) { true => 6, false => return 0 });
        n + two({ yield_!(7); 5 }, { yield_!(8); 6 })
    }

    coroutine a_block_among_borrowed_arguments() takes (u32) [5, 6] yields (u32) returns (usize) {
        fn lengths(a: &str, b: &D, n: usize) -> usize { log("lengths"); a.len() + b.name().len() + n }
        lengths(
            &{ let owner = mk("owner"); yield_!(1); owner.name().to_string() },
            &mk("temporary"),
            { let _guard = mk("guard"); yield_!(2) as usize },
        )
    }

    coroutine operators_of_the_users() takes (u32) [3, 4, 5] yields (u32) returns (usize) {
        let mut sum = Sum(mk("sum")) + yield_!(1) + v("literal", 2);
        sum += { yield_!(2); mk("added") };
        with(mk("first"), -(sum + yield_!(3)))
    }
}
