//! Functions that are called as variables whose scope has ended: behind it the name is the function's again.

use crate::harness::v;

fn page(n: u32) -> u32 {
    v("page", n * 10)
}

differential! {
    iterator after_a_block() yields (u32) {
        {
            let page = |n: u32| n + 1;
            yield_!(1);
            yield_!(page(2));
        }
        yield_!(page(3));
    }

    iterator behind_what_is_moved() yields (u32) {
        let first = {
            let page = vec![4];
            yield_!(page[0]);
            page.len() as u32
        };
        yield_!(first + page(5));
        yield_!(page(6));
    }

    iterator after_a_loop() yields (u32) {
        for n in 0..3 {
            let page = move |m: u32| n + m;
            yield_!(page(7));
            if page(0) == 1 {
                break;
            }
        }
        yield_!(page(8));
    }

    iterator after_an_arm() yields (u32) {
        let n = match v("n", 2) {
            0 => 1,
            page => {
                yield_!(page);
                page + 1
            }
        };
        yield_!(n + page(9));
    }

    iterator after_a_condition() yields (u32) {
        if let Some(page) = v("some", Some(3)) {
            yield_!(page);
        }
        let kept = page(10);
        if let Some(page) = v("other", Some(4)) && page > 3 {
            yield_!(page);
        } else {
            yield_!(page(11));
        }
        yield_!(kept + page(12));
    }

    iterator in_a_guard() yields (u32) {
        {
            let page = |n: u32| n;
            yield_!(page(1));
        }
        match v("n", 130) {
            n if n == page(13) => yield_!(n),
            _ => yield_!(0),
        }
    }

    iterator in_macros() yields (usize) {
        {
            let page = "text";
            yield_!(page.len());
        }
        yield_!(format!("{}", page(14)).len());
        assert_eq!(page(15), 150);
    }

    iterator named_as_what_it_gives() yields (u32) {
        let page = page(16);
        yield_!(page);
        yield_!(page + 1);
    }
}
