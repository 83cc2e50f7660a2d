//! Names that stand only inside macro tokens and format strings.

use std::fmt::Write as _;

use crate::harness::{D, log};

differential! {
    #[Clone]
    iterator inline_format_captures() yields (String) {
        let (name, width, precision, value) = ("x", 8, 2, 3.14159);
        yield_!(format!("{name}"));
        yield_!(format!("{name:?} {name:>width$} {value:.precision$} {value:>1$.0$}", 1, width));
        yield_!(format!("{{name}} {0} {}", name));
        yield_!(format!(r#"{name}"{value:width$.precision$}"#));
        yield_!(format!("{name:>w$}", w = width + 1));
    }

    iterator captured_guard_lives_on() yields (usize) {
        let d = D("d");
        let e = D("e");
        yield_!(1);
        log(format_args!("{d:?}"));
        yield_!(2);
        log(format!("{}", e.name()));
    }

    iterator write_into_a_local() yields (usize) {
        let mut out = String::new();
        let n = 4;
        write!(out, "{n}").unwrap();
        yield_!(out.len());
        writeln!(out, "{n:?}{}", n + 1).unwrap();
        write!(&mut out, "x").unwrap();
        yield_!(out.len());
        yield_!(out.lines().count());
    }

    iterator assertions() yields (i32) {
        let expected = vec![1, 2];
        let limit = 10;
        for n in 1..3 {
            assert!(n < limit, "{n} is not below {limit}");
            assert_eq!(expected[n as usize - 1], n, "at {n}");
            assert_ne!(n, 7);
            debug_assert!(expected.len() == 2);
            yield_!(n);
        }
        yield_!(expected.len() as i32);
    }

    iterator failing_assertion() yields (i32) {
        let _guard = D("guard");
        let limit = 2;
        for n in 0.. {
            assert!(n < limit, "{n} is not below {limit}");
            yield_!(n);
        }
    }

    iterator vectors() yields (Vec<i32>) {
        let (n, count) = (7, 3);
        yield_!(vec![n; count]);
        let list = vec![n, count as i32];
        yield_!(list.clone());
        yield_!(vec![list[0], n]);
        yield_!(vec![]);
    }

    iterator vector_takes_its_elements() yields (usize) {
        let (a, b) = (D("a"), D("b"));
        yield_!(1);
        let list = vec![a, b];
        yield_!(list.len());
        log("end");
    }

    coroutine suspensions_in_macro_arguments() takes (i32) [5, 6, 7] yields (i32) returns (String) {
        let n = 1;
        let text = format!("{} {n} {x}", yield_!(n), x = yield_!(2));
        let list = vec![yield_!(3), n, yield_!(4)];
        assert_eq!(yield_!(5), 6, "unexpected");
        assert!(yield_!(6) > 0);
        let is_small = matches!(yield_!(7), 5..=6);
        format!("{text} {list:?} {is_small} {}", dbg_free(yield_!(8)))
    }

    coroutine suspensions_in_more_macros() takes (i32) [5, 6, 7] yields (i32) returns (Vec<i32>) {
        let mut out = String::new();
        write!(out, "{}-{}", yield_!(1), 2).ok();
        writeln!(out, "{}", yield_!(2)).unwrap();
        let repeated = vec![yield_!(3); 2];
        let big = matches!(yield_!(4), n if n > 4);
        assert!(yield_!(5) > 0, "unexpected {out}");
        if big && yield_!(6) > 100 { panic!("{}", yield_!(7)) }
        log(&out);
        repeated
    }

    coroutine panic_with_a_suspension() takes (i32) [5, 6] yields (i32) returns (()) {
        let _guard = D("guard");
        panic!("{} {}", yield_!(1), yield_!(2))
    }

    iterator matches_macro() yields (bool) {
        let option = Some(3);
        let limit = 2;
        yield_!(matches!(option, Some(n) if n > limit));
        yield_!(matches!(option, None));
        yield_!(matches!((option, limit), (Some(_), 2)));
    }

    iterator user_macros() yields (i32) {
        macro_rules! twice { ($e:expr) => { $e * 2 }; }
        macro_rules! with_local { ($e:expr) => {{ let hidden = 100; hidden + $e }}; }
        macro_rules! declare { ($name:ident = $e:expr) => { let $name = $e; }; }
        let hidden = 3;
        yield_!(twice!(hidden));
        yield_!(with_local!(hidden));
        let declared = 4;
        yield_!(twice!(declared + hidden));
        yield_!(twice!(with_local!(declared)));
    }

    iterator concatenated_and_nested() yields (String) {
        let n = 1;
        yield_!(concat!("a", 1, 'c').to_owned());
        yield_!(format!(concat!("{}", "-", "{}"), n, n + 1));
        yield_!(format!("{}", format!("{n}{}", format_args!("{n}"))));
        yield_!(stringify!(n + 1).to_owned());
    }

    iterator panicking_macros(n: i32) yields (i32) with (2) {
        let _guard = D("guard");
        match n { 0 => unreachable!(), 1 => unimplemented!("{n}"), _ => yield_!(n) }
        if n == 7 { todo!() }
        let limit = 1;
        if n > limit { panic!("{n} is above {limit}") }
        yield_!(-1);
    }

    iterator cfg_and_environment() yields (u32) {
        let here = line!();
        yield_!(line!() - here);
        yield_!(cfg!(any()) as u32);
        yield_!(module_path!().len().min(1) as u32);
    }
}

fn dbg_free(n: i32) -> i32 {
    n
}
