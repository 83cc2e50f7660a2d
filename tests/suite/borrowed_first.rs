//! Operands that borrow what is behind a reference, in front of a suspension behind which the reference refers to something else.

#![allow(unsafe_code, reason = "one is about a `static mut`")]

use crate::harness::{D, log, v};

struct Station {
    number: u32,
    next: Option<&'static Station>,
}

static TERMINUS: Station = Station { number: 2, next: None };
static START: Station = Station {
    number: 1,
    next: Some(&TERMINUS),
};

static mut TOTAL: u32 = 3;

struct Train {
    at: &'static Station,
    guard: D,
}

fn two(a: &u32, b: u32) -> u32 {
    a * 10 + b
}

fn first(list: &[u32], b: u32) -> u32 {
    list[0] * 10 + b
}

fn call(f: impl Fn() -> u32, b: u32) -> u32 {
    f() * 10 + b
}

differential! {
    coroutine assigned_behind_the_suspension() takes (u32) [3] yields (u32) returns (u32) {
        let mut at = &START;
        two(&at.number, {
            let n = yield_!(1);
            at = &TERMINUS;
            n + at.number
        })
    }

    coroutine assigned_in_front_of_it(mut at: &'static Station) takes (u32) [3] yields (u32) returns (u32) with (&START) {
        let n = two(&at.number, yield_!({ at = at.next.unwrap(); at.number }));
        n * 100 + two(&at.number, yield_!(at.number))
    }

    coroutine reference_itself() takes (u32) [3] yields (u32) returns (u32) {
        let mut number = &START.number;
        two(&*number, yield_!({ number = &TERMINUS.number; *number }))
    }

    coroutine field_is_assigned(guard: D) takes (u32) [3] yields (u32) returns (u32) with (D("guard")) {
        let mut train = Train { at: &START, guard };
        let n = two(&train.at.number, yield_!({ train.at = &TERMINUS; v("at", train.at.number) }));
        log(train.guard.name());
        n + train.at.number
    }

    coroutine part_of_a_list(list: &'static [u32]) takes (u32) [3] yields (u32) returns (u32) with (&[4, 5, 6]) {
        let mut rest = list;
        first(&rest[1..], yield_!({ rest = &rest[1..]; rest[0] })) + rest[0]
    }

    coroutine captured() takes (u32) [3] yields (u32) returns (u32) {
        let mut at = &START;
        call(|| at.number, yield_!({ at = &TERMINUS; at.number }))
    }

    coroutine number_of_a_static() takes (u32) [3] yields (u32) returns (u32) {
        unsafe {
            TOTAL = 3;
            let n = TOTAL + yield_!({ TOTAL = 10; 1 });
            log(n);
            n
        }
    }
}
