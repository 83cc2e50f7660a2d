//! Many locals, many suspensions, deep nesting.

use unawait::prelude::*;

use crate::harness::D;

macro_rules! many {
    ($($name:ident)*) => {
        #[coro]
        fn many_locals() -> impl Iterator<Item = usize> + Clone {
            let mut count = 0;
            $(
                let $name = { count += 1; vec![count; count] };
                yield_!($name.len());
            )*
            let mut sum = 0;
            $(sum += $name.iter().sum::<usize>();)*
            yield_!(sum);
        }

        #[coro]
        fn many_guards(log: &std::cell::RefCell<Vec<usize>>) -> impl Iterator<Item = usize> {
            struct Guard<'a>(&'a std::cell::RefCell<Vec<usize>>, usize);
            impl Drop for Guard<'_> {
                fn drop(&mut self) {
                    self.0.borrow_mut().push(self.1);
                }
            }
            let mut count = 0;
            $(
                count += 1;
                let $name = Guard(log, count);
                yield_!(count);
            )*
            $(yield_!($name.1);)*
        }
    };
}

many! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9
    d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9
}

#[test]
fn locals() {
    let mut machine = many_locals();
    assert!(machine.by_ref().take(50).eq(1..=50));
    let last: usize = (1..=50).map(|n| n * n).sum();
    assert_eq!(machine.clone().collect::<Vec<_>>(), [last]);
    assert_eq!(machine.collect::<Vec<_>>(), [last]);
}

#[test]
fn guards() {
    let log = Default::default();
    assert!(many_guards(&log).eq((1..=50).chain(1..=50)));
    assert!(log.take().into_iter().eq((1..=50).rev()));
    let mut machine = many_guards(&log);
    machine.nth(29);
    drop(machine);
    assert!(log.take().into_iter().eq((1..=30).rev()));
}

differential! {
    iterator eight_levels() yields (usize) {
        let _a = D("a");
        'a: for a in 0..2 {
            if a == 0 || a == 1 {
                match a {
                    0 | 1 => {
                        let mut b = 0;
                        'b: while b < 2 {
                            b += 1;
                            'c: loop {
                                let _c = D("c");
                                let Some(d) = (if b == 1 { Some(a) } else { None }) else {
                                    if a == 0 { yield_!(900); continue 'a }
                                    break 'b;
                                };
                                'd: {
                                    let _d = D("d");
                                    for e in [1, 2] {
                                        let _e = D("e");
                                        if e == 2 { break 'd }
                                        yield_!(d * 100 + b * 10 + e);
                                        if a == 1 { continue 'b }
                                    }
                                }
                                break 'c;
                            }
                            yield_!(800 + b);
                        }
                        yield_!(700 + a);
                    }
                    _ => unreachable!(),
                }
            }
        }
        yield_!(600);
    }
}
