//! Machines in machines: the time to compile them has to grow with their number, not double at each level.
//!
//! With a type that mentions the state twice this file takes longer than anyone waits: 2^40 type nodes.

use unawait::machine::{Complete, CoroutineState, Yielded, machine, put, take};

/// `fn $outer() { for x in $inner() { yield_!(x + 1) } }`, not generic, so that nothing cuts the type short.
macro_rules! levels {
    ($outer:ident) => {
        fn $outer() -> impl Iterator<Item = u32> + Send + Clone {
            0..3
        }
    };
    ($outer:ident $inner:ident $($rest:ident)*) => {
        fn $outer() -> impl Iterator<Item = u32> + Send + Clone {
            #[derive(Clone)]
            enum State<Iter> {
                Start,
                For0 { iter: Iter },
                Done,
            }
            machine(State::Start, || {
                |state: &mut State<_>, _: Option<()>| -> CoroutineState<u32, ()> {
                    let mut iter = match take(state, State::Done) {
                        State::Start => $inner(),
                        State::For0 { iter } => iter,
                        State::Done => return Complete(()),
                    };
                    match iter.next() {
                        Some(x) => {
                            put(state, State::For0 { iter });
                            Yielded(x + 1)
                        }
                        None => Complete(()),
                    }
                }
            })
        }
        levels!($inner $($rest)*);
    };
}

levels! {
    level40 level39 level38 level37 level36 level35 level34 level33 level32 level31
    level30 level29 level28 level27 level26 level25 level24 level23 level22 level21
    level20 level19 level18 level17 level16 level15 level14 level13 level12 level11
    level10 level9 level8 level7 level6 level5 level4 level3 level2 level1 level0
}

#[test]
fn forty_levels() {
    let mut iter = level40();
    assert_eq!(iter.next(), Some(40));
    assert_eq!(iter.clone().collect::<Vec<_>>(), [41, 42]);
    assert_eq!(iter.count(), 2);
}

/// A level costs a discriminant at most, and none where the inner one has room for it.
#[test]
fn size_grows_slowly() {
    let base = size_of_val(&level0());
    assert!(size_of_val(&level20()) <= base + 20 * align_of_val(&level0()));
}
