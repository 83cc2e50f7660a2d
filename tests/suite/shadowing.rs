//! Several variables of one name alive together.

use crate::harness::{D, log};

differential! {
    #[Clone]
    iterator inner_scope() yields (i32) {
        let x = 1;
        {
            let x = x + 10;
            yield_!(x);
            { let x = "three"; yield_!(x.len() as i32); }
            yield_!(x);
        }
        yield_!(x);
    }

    #[Clone]
    iterator guards_of_one_name() yields (usize) {
        let d = D("first");
        yield_!(1);
        let d = (d.name(), D("second"));
        yield_!(d.0.len());
        let d = D("third");
        yield_!(3);
        log(d.name());
    }

    iterator same_scope_other_type() yields (String) {
        let x = 7;
        yield_!(format!("{x}"));
        let x = format!("<{x}>");
        yield_!(x.clone());
        let x = (x.len(), x);
        yield_!(format!("{x:?}"));
        let x = || x.0;
        yield_!(format!("{}", x()));
    }

    coroutine shadowed_by_its_own_input() takes (i32) [5, 6] yields (i32) returns (i32) {
        let n = 1;
        let n = yield_!(n) * 10 + n;
        let n = { let m = n; let n = yield_!(m); n + m };
        n
    }

    iterator argument_shadowed(n: u32, d: D) yields (u32) with (3, D("argument")) {
        yield_!(n);
        let n = n * 2;
        let d = (D("local"), n);
        yield_!(d.1);
        let n = match n { n if n > 5 => { yield_!(n + 1); n * 10 } n => n };
        yield_!(n);
    }

    iterator shadowed_in_patterns() yields (i32) {
        let x = Some(Some(3));
        if let Some(x) = x && let Some(x) = x {
            yield_!(x);
            for x in x..x + 2 { yield_!(x); let x = x * 10; yield_!(x); }
            yield_!(x + 100);
        }
        match x { Some(None) => yield_!(0), Some(x) => { yield_!(x.unwrap()); let x = 1; yield_!(x); } None => {} }
        yield_!(x.is_some() as i32);
    }

    iterator assigned_while_shadowed() yields (i32) {
        let mut x = 1;
        let y = &mut x;
        *y += 1;
        {
            let mut x = 10;
            yield_!(x);
            x += 1;
            yield_!(x);
        }
        x += 100;
        yield_!(x);
        for mut x in [5, 6] { x += 1; yield_!(x); }
        yield_!(x);
    }

    iterator shadowed_in_every_round() yields (i32) {
        let total = 0;
        for i in 0..3 {
            let total = total + i;
            let i = D("guard");
            yield_!(total);
            log(i.name());
            let total = total * 10;
            yield_!(total);
        }
        yield_!(total);
    }

    iterator closure_parameter_of_the_same_name() yields (i32) {
        let x = 1;
        let add = |x: i32| x + 1;
        yield_!(add(x));
        yield_!([1, 2].iter().map(|x| x * 10).sum::<i32>() + x);
    }

    iterator item_of_the_same_name() yields (i32) {
        let value = 1;
        yield_!(value);
        {
            fn value() -> i32 { 50 }
            yield_!(value());
        }
        yield_!(value);
    }

    iterator names_that_look_numbered() yields (i32) {
        let x = 1;
        let x_1 = 2;
        { let x = 10; yield_!(x + x_1); { let x = 20; let x_2 = 3; yield_!(x + x_2); } yield_!(x); }
        yield_!(x * 100 + x_1);
    }

    iterator moved_into_its_successor() yields (usize) {
        let d = D("d");
        yield_!(1);
        let d = Box::new(d);
        yield_!(2);
        let d = Some(*d);
        yield_!(3);
        log(d.is_some());
    }

    coroutine break_with_a_value_for_the_same_name(early: bool) takes (bool) [true, false] yields (u32) returns (usize)
        with (true) {
        let guard = D("older");
        let guard = 'block: {
            if early { break 'block D("broken"); }
            if yield_!(1) { D("yielded") } else { D("other") }
        };
        let guard = loop {
            if early { break guard.name().len(); }
            yield_!(2);
        };
        yield_!(3);
        guard
    }
}
