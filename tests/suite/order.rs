//! Fine points of the evaluation order: places, reads and panics on the left of a suspension.

use crate::harness::{D, log, v};

differential! {
    coroutine receiver_read_by_value() takes (u32) [2, 3] yields (u32) returns (u32) {
        let mut n: u32 = 5;
        let a = n.pow({ n = 7; yield_!(n) });
        let b = n.min({ n = 100; yield_!(1) + 50 });
        a * 1000 + b
    }

    coroutine comparison_reads_first() takes (i32) [2, 5] yields (i32) returns ((bool, bool)) {
        let mut n = 2;
        let a = n == { n = 3; yield_!(n) };
        let b = n < { n = 9; yield_!(n) };
        (a, b)
    }

    coroutine operands_of_every_binary_operator() takes (i32) [2, 3, 4] yields (i32) returns (i32) {
        let mut n = 9;
        let mut all = n - { n = 1; yield_!(n) };
        all = all * 10 + (n << { n = 2; yield_!(n) });
        all = all * 10 + (n & { n = 6; yield_!(n) });
        all = all * 10 + n % { n = 7; yield_!(n) };
        all
    }

    coroutine index_is_checked_before() takes (i32) [2] yields (i32) returns (usize) {
        let mut lists = vec![vec![1]];
        let i = lists.len();
        lists[i].push(yield_!(1));
        lists.len()
    }

    coroutine index_in_a_reference_is_checked_before() takes (i32) [2] yields (i32) returns (i32) {
        fn add(a: &mut i32, b: i32) -> i32 { *a += b; *a }
        let mut list = [1, 2];
        let i = list.len() + yield_!(0) as usize;
        add(&mut list[i], yield_!(1))
    }

    coroutine slice_is_checked_before() takes (usize) [9] yields (usize) returns (usize) {
        fn count(text: &str, n: usize) -> usize { text.len() + n }
        let text = String::from("short");
        let end = yield_!(1);
        count(&text[..end], yield_!(2))
    }

    coroutine map_is_indexed_before() takes (i32) [2] yields (i32) returns (i32) {
        let map = std::collections::BTreeMap::from([(1, 10)]);
        let key = 5;
        map[&key].max(yield_!(1))
    }

    coroutine assigned_index_is_checked_after() takes (i32) [2] yields (i32) returns (i32) {
        let mut list = [1, 2];
        let i = list.len();
        list[i] = yield_!(1);
        list[0]
    }

    coroutine element_is_read_before() takes (i32) [2, 3] yields (i32) returns (i32) {
        let mut list = [1, 2];
        let a = list[0] + { list[0] = 50; yield_!(1) };
        let b = list[1] * { list = [7, 8]; yield_!(2) };
        a * 100 + b + list[0]
    }

    coroutine field_is_read_before() takes (i32) [2, 3] yields (i32) returns (i32) {
        let mut pair = (1, (2, 3));
        let a = pair.0 + { pair.0 = 50; yield_!(1) };
        let b = (pair.1).1 - { pair = (0, (0, 0)); yield_!(2) };
        a * 100 + b
    }

    coroutine dereference_is_read_before() takes (i32) [2, 3] yields (i32) returns (i32) {
        let mut n = 1;
        let r = &mut n;
        let a = *r + { *r = 10; yield_!(1) };
        let b = *r - { *r += 5; yield_!(*r) };
        a * 100 + b
    }

    coroutine unwrap_panics_before() takes (i32) [2] yields (i32) returns (i32) {
        let _guard = D("guard");
        let option: Option<i32> = None;
        option.unwrap() + yield_!(1)
    }

    coroutine division_panics_before() takes (i32) [2] yields (i32) returns (i32) {
        let zero = v("zero", 0);
        10 / zero + yield_!(1)
    }

    coroutine casts_and_blocks_on_the_left() takes (i64) [2, 3] yields (i64) returns (i64) {
        let mut n = 300;
        let a = n as u8 as i64 + { n = 1; yield_!(n) };
        let b = { let m = n; n += 1; m } + yield_!(n);
        a * 100 + b
    }

    coroutine tuple_in_a_scrutinee() takes (i32) [2, 3] yields (i32) returns (i32) {
        let mut n = 1;
        match (n, yield_!({ n += 1; n }), n, yield_!({ n += 1; n }), n) {
            (a, b, c, d, e) => a + b * 10 + c * 100 + d * 1000 + e * 10000,
        }
    }

    coroutine scrutinee_index_is_computed_once() takes (i32) [2, 9] yields (i32) returns (i32) {
        let list = vec![3, 4];
        match list[v("index", 1)] { 0 => 1, m if yield_!(7) > 5 && m == 9 => 2, m => yield_!(m) + m }
    }

    coroutine scrutinee_index_suspends() takes (usize) [1, 9] yields (i32) returns (i32) {
        let list = vec![3, 4];
        match list[yield_!(0)] { 0 => 1, m if m > 5 => 2, m => { yield_!(m); m } }
    }

    coroutine struct_shorthand_before() takes (i32) [2] yields (i32) returns ((i32, i32)) {
        struct Pair { x: i32, y: i32 }
        let mut x = 1;
        let pair = Pair { x, y: { x = 5; yield_!(x) } };
        (pair.x + x, pair.y)
    }

    coroutine format_arguments_are_borrowed() takes (i32) [2, 3] yields (i32) returns (String) {
        let name = String::from("n");
        let n = 1;
        format!("{} {n} {name} {}", yield_!(n), yield_!(n + 1))
    }

    coroutine closure_called_with_a_suspension() takes (i32) [2, 3] yields (i32) returns (i32) {
        let mut calls = 0;
        let mut count = |n: i32, m: i32| { calls += 1; n * 10 + m + calls };
        let a = count(v("first", 1), yield_!(1));
        let b = count(yield_!(2), 5);
        a * 1000 + b
    }

    coroutine function_value_before() takes (i32) [2, 3] yields (i32) returns (i32) {
        fn one(n: i32) -> i32 { n + 1 }
        fn two(n: i32) -> i32 { n + 100 }
        let mut f: fn(i32) -> i32 = one;
        f({ f = two; yield_!(1) }) + f(yield_!(2))
    }

    coroutine destructuring_into_places() takes (usize) [1, 0] yields (usize) returns (Vec<usize>) {
        let mut list = vec![10, 20, 30];
        let mut slot = (0, 0);
        (list[v("index", 1)], slot.1) = (yield_!(1), yield_!(2));
        [list[0], _] = [slot.1 + 7, yield_!(3)];
        list.push(slot.1);
        list
    }

    coroutine chained_assignments_are_units() takes (i32) [2] yields (i32) returns (i32) {
        let mut a = 1;
        let b = { a = yield_!(a); };
        let () = b;
        let c = (a += yield_!(a));
        let () = c;
        a
    }

    coroutine deep_nesting() takes (i32) [1, 2, 3, 4, 5] yields (i32) returns (i32) {
        fn two(a: i32, b: i32) -> i32 { log(format_args!("{a} {b}")); a * 7 + b }
        two(two(v("a", 1), yield_!(1)), two(yield_!(two(v("b", 2), yield_!(2))), v("c", 3))) + [yield_!(4), 9][two(0, yield_!(5) % 2) as usize]
    }

    coroutine typed_bindings() takes (u8) [2, 3] yields (i32) returns (u64) {
        let n: u64 = yield_!(1) as u64;
        let m: u64 = yield_!(2).into();
        let (a, b): (u64, u32) = (yield_!(3).into(), 5);
        n + m * 10 + a * 100 + u64::from(b)
    }
}

#[allow(unsafe_code, reason = "the blocks are the test")]
mod unsafety {
    differential! {
        coroutine unsafe_blocks() takes (i32) [2, 3] yields (i32) returns (i32) {
            unsafe fn twice(n: i32) -> i32 { n * 2 }
            let a = unsafe { let n = twice(yield_!(1)); twice(n + yield_!(2)) };
            a + unsafe { twice(4) }
        }
    }
}
