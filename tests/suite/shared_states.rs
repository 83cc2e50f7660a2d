//! Suspensions after which the same happens: they share a state where the same variables are there, and only there.

use crate::harness::{D, log, v};

differential! {
    coroutine goes_on_with_each_input(guard: D) takes (u32) [3, 4, 0] yields (u32) returns (u32) with (D("guard")) {
        let mut sum = 0;
        let mut n = yield_!(v("first", 0));
        while n > 0 {
            sum += n;
            n = yield_!(v("next", sum));
        }
        log("over");
        sum
    }

    #[Clone] coroutine at_three_places() takes (u32) [1, 2, 5, 4, 9, 0] yields (u32) returns (Vec<u32>) {
        let mut all = vec![];
        let mut n: u32 = yield_!(v("first", 0));
        loop {
            all.push(n);
            if n == 0 {
                return all;
            }
            if n % 2 == 0 {
                n = yield_!(v("even", n));
            } else {
                n = yield_!(v("odd", all[0]));
            }
        }
    }

    coroutine declared_before() takes (u8) [1, 2, 7, 8] yields (u8) returns (u8) with () {
        let mut n;
        n = yield_!(v("first", 1));
        let guard = D("guard");
        while n < 8 {
            n = yield_!(v("next", n + 1));
        }
        log(guard.name());
        n
    }

    coroutine what_was_received_drops(guard: D) takes (D) [D("one"), D("two"), D("three")] yields (usize) returns (D)
        with (D("guard"))
    {
        let mut count = 0;
        let mut item = yield_!(v("first", 0));
        while count < 3 {
            count += 1;
            log(item.name());
            item = yield_!(v("next", count));
        }
        item
    }

    coroutine a_guard_at_one_of_them() takes (u32) [1, 2, 0] yields (u32) returns (u32) {
        let mut sum = 0;
        let mut n = yield_!(v("first", 0));
        while n > 0 {
            let guard = D("guard");
            sum += n;
            n = yield_!(v("next", sum));
        }
        sum
    }

    coroutine a_temporary_at_one_of_them() takes (usize) [1, 2, 0] yields (usize) returns (usize) {
        let mut n = yield_!(v("first", 0));
        while n > 0 {
            n = yield_!(D("temporary").name().len() + n);
        }
        n
    }

    coroutine gone_at_one_of_them(c: bool, guard: D) takes (u32) [4, 5] yields (u32) returns (u32)
        with (true, D("guard"))
    {
        let n;
        if c {
            drop(guard);
            n = yield_!(v("gone", 1));
        } else {
            n = yield_!(v("there", 2));
        }
        log("after");
        yield_!(n) + n
    }

    coroutine leaves_early(guard: D) takes (Result<u32, &'static str>) [Ok(1), Ok(2), Err("over")] yields (u32)
        returns (Result<u32, &'static str>) with (D("guard"))
    {
        let mut n = yield_!(v("first", 0))?;
        loop {
            let next = v("sum", n + 1);
            n = yield_!(next)?;
        }
    }

    coroutine another_of_the_name() takes (u32) [1, 2, 3, 0] yields (u32) returns (u32) {
        let mut n = yield_!(v("outer", 0));
        while n > 0 {
            let outer = n;
            let mut n = yield_!(v("inner", n));
            while n > 2 {
                n = yield_!(v("innermost", n));
            }
            yield_!(n + outer);
            if n == 0 {
                break;
            }
        }
        n
    }

    #[Clone] coroutine values_of_branches(n: u32) takes (D) [D("first"), D("second"), D("third")] yields (u32)
        returns (usize) with (2)
    {
        let one = if n > 2 { yield_!(v("many", 1)) } else { yield_!(v("few", 2)) };
        let two = match n {
            1 => yield_!(v("one", 3)),
            2 => {
                let guard = D("guard");
                yield_!(v("two", 4))
            }
            _ => yield_!(v("others", 5)),
        };
        let mut three = if one.name() == "first" { yield_!(v("named", 6)) } else { D("none") };
        log(three.name());
        if two.name() == "second" {
            three = yield_!(v("again", 7));
        }
        log(three.name());
        one.name().len() + two.name().len()
    }

    iterator where_the_same_scopes_end(numbers: Vec<u32>) yields (u32) with (vec![1, 2, 3, 4]) {
        let outer = D("outer");
        for n in numbers {
            let before = D("before");
            let other = D("other");
            match D("scrutinee").name() {
                "scrutinee" if n == 1 => yield_!(v("one", 1)),
                name if n == 2 => yield_!(v("two", name.len() as u32)),
                _ if n == 3 => {
                    let own = D("own");
                    yield_!(v("three", 3));
                }
                _ => {
                    drop(other);
                    yield_!(v("four", 4));
                }
            }
            log("between");
        }
        log("over");
    }

    #[Clone] iterator where_a_block_ends_on_all_paths(n: u32) yields (u32) with (2) {
        {
            let guard = D("guard");
            let mut moved = Some(D("moved"));
            if n == 1 {
                yield_!(1);
            } else if n == 2 {
                yield_!(2);
            } else {
                moved = None;
                yield_!(3);
            }
        }
        log("behind the block");
        yield_!(4);
    }
}

/// One state for both suspensions, which does not have the number received before.
#[test]
fn what_was_received_is_not_carried_where_it_is_replaced() {
    use unawait::prelude::*;

    #[coro]
    fn sums() -> impl Coroutine<u64, Yield = u64, Return = ()> + std::fmt::Debug {
        let mut sum = 0;
        let mut n = yield_!(sum);
        loop {
            sum += n * n;
            n = yield_!(sum);
        }
    }

    let mut machine = sums();
    assert_eq!(machine.start(), CoroutineState::Yielded(0));
    let first = format!("{machine:?}");
    assert_eq!(machine.resume(0), CoroutineState::Yielded(0));
    assert_eq!(format!("{machine:?}"), first);
}
