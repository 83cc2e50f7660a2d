//! Fifty functions, each of which awaits the next one. What the last of them awaits is pending: so many times in
//! [`poll`], where an item is one poll of the whole, and once in [`run`], where it is a chain from its creation to its
//! end.

use crate::drive::leaf;

/// `levels! { #[attribute] level0 level1 .. }`: each awaits the one before it.
macro_rules! levels {
    ($(#[$attribute:meta])? $last:ident) => {};
    ($(#[$attribute:meta])? $below:ident $level:ident $($above:ident)*) => {
        $(#[$attribute])?
        pub async fn $level(pending: u64, number: u64) -> u64 {
            $below(pending, number).await + 1
        }

        levels! { $(#[$attribute])? $level $($above)* }
    };
}

/// `chain! { #[attribute] }`: level 0, and fifty above it.
macro_rules! chain {
    ($(#[$attribute:meta])?) => {
        $(#[$attribute])?
        pub async fn level0(pending: u64, number: u64) -> u64 {
            leaf(pending, number).await
        }

        levels! { $(#[$attribute])?
            level0
            level1 level2 level3 level4 level5 level6 level7 level8 level9 level10
            level11 level12 level13 level14 level15 level16 level17 level18 level19 level20
            level21 level22 level23 level24 level25 level26 level27 level28 level29 level30
            level31 level32 level33 level34 level35 level36 level37 level38 level39 level40
            level41 level42 level43 level44 level45 level46 level47 level48 level49 level50
        }
    };
}

mod rustc {
    use super::leaf;

    chain! {}
}

mod coro {
    use super::leaf;

    chain! { #[unawait::coro] }
}

pub mod poll {
    use std::hint::black_box;

    use super::{coro, rustc};
    use crate::drive::futures;

    const POLLS: u64 = 100_000;

    futures! { 1, POLLS; level50(black_box(POLLS), 1) }
}

pub mod run {
    use std::hint::black_box;

    use super::{coro, rustc};
    use crate::drive::futures;

    futures! { 1_000, 1; level50(black_box(1), 1) }
}
