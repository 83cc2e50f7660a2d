//! Assertions with a suspension in them.

use crate::harness::{D, v};

differential! {
    coroutine message(n: u32, _guard: D) takes (u32) [3, 4] yields (u32) returns (u32) with (1, D("guard")) {
        assert!(n == 1, "{}", yield_!(9));
        assert!(yield_!(1) < 4 && v("more", true), "{n} {}", yield_!(2));
        assert_eq!(yield_!(3), 4, "{}", yield_!(5));
        debug_assert_ne!(yield_!(4), 3, "{} {n}", { yield_!({ assert!(n < 1, "{}", yield_!(6)); 7 }) });
        n
    }
    coroutine text_of_the_condition(n: u32) takes (u32) [3] yields (u32) returns (u32) with (1) {
        assert!((yield_!(n) + 1) * 2 == 9);
        n
    }
    iterator matched_tuples_of_values(list: Vec<u32>, text: &str) yields (usize) with (vec![1, 2], "word") {
        match (&list.len(), &text.len()) {
            (length, other) if length > other => yield_!(*length),
            (length, other) => {
                yield_!(1);
                yield_!(*length);
                yield_!(*other);
            }
        }
        match (&D("first"), &list, &mut D("second")) {
            (first, list, second) => {
                yield_!(first.name().len());
                yield_!(list.len());
                yield_!(second.name().len());
                *second = D("third");
                yield_!(second.name().len());
            }
        }
    }
}
