//! `match`: suspensions in scrutinee, guard and arm, and every binding mode.

use crate::harness::{D, log, v};

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Circle(f32),
    Rect { width: u32, height: u32 },
    Named(String, Vec<u32>),
    Empty,
}

differential! {
    // What is peeked borrows the list; what is matched beside it owns something.
    iterator tuple_of_an_owner_and_a_borrow(list: Vec<Result<D, (u32, D)>>) yields (u32)
        with (vec![Ok(D("a")), Ok(D("b")), Err((7, D("e"))), Err((8, D("f")))]) {
        let mut list = list.into_iter().peekable();
        while let Some(first) = list.next() {
            yield_!(match (first, list.peek()) {
                (Ok(d), Some(Ok(_))) => {
                    while let Some(Ok(more)) = list.next_if(|next| next.is_ok()) { log(more.0); }
                    d.0.len() as u32
                }
                (Err((n, ..)), Some(Err(..))) => { yield_!(n); list.next(); log("taken"); n + 1 }
                (Err((n, _)), _) => n,
                (other, None) => { yield_!(100); u32::from(other.is_ok()) }
                (_, Some(Err(_))) => 50,
            });
        }
    }

    // One path needs what another one only drops.
    iterator saved_place(list: Vec<(u32, D)>) yields (u32)
        with (vec![(9, D("a")), (1, D("b")), (3, D("c")), (0, D("d")), (4, D("e"))]) {
        let mut list = list.into_iter();
        while let Some((n, _d)) = list.next() {
            let ahead = list.clone();
            let next = list.by_ref().take(1).map(|(n, _)| n).sum::<u32>();
            match n.checked_sub(1) {
                Some(less) if less > 5 => yield_!(less + next),
                Some(less) => yield_!(less),
                None => { yield_!(next); list = ahead; }
            }
        }
    }

    #[Clone]
    coroutine scrutinee_suspends() takes (i32) [0, 1, 5, 9, 40] yields (i32) returns (i32) {
        let mut sum = 0;
        loop {
            match yield_!(sum) {
                0 => sum += 1,
                1 | 2 => sum += 10,
                n @ 3..=7 => sum += n * 100,
                n if n > 30 => break sum,
                _ => sum += 5000,
            }
        }
    }

    #[Clone]
    coroutine arms_suspend() takes (u32) [2, 3] yields (u32) returns (u32) {
        let shapes = [Shape::Circle(1.5), Shape::Rect { width: 4, height: 5 }, Shape::Named("n".into(), vec![6, 7]), Shape::Empty];
        let mut sum = 0;
        for shape in shapes {
            sum += match shape {
                Shape::Circle(r) => yield_!(r as u32) * r as u32,
                Shape::Rect { width, height: h } => { let w = yield_!(width); w * yield_!(h) + width * h }
                Shape::Named(name, list) => { yield_!(list[0]); list[1] + name.len() as u32 }
                Shape::Empty => 1000,
            };
        }
        sum
    }

    coroutine suspending_guards() takes (bool) [false, true] yields (u32) returns (&'static str) {
        match v("scrutinee", Some(4)) {
            Some(n) if yield_!(n) => "first",
            Some(n) if n > 100 => "second",
            Some(n) if yield_!(n + 1) && n > 3 => "third",
            Some(_) => "fourth",
            None => "none",
        }
    }

    coroutine suspending_guard_keeps_a_moved_binding() takes (bool) [false, true] yields (usize) returns (usize) {
        match (D("scrutinee"), 3) {
            (d, n) if yield_!(n) => d.finish(),
            (d, n) if yield_!(n + d.name().len()) => { log("second"); d.finish() + n }
            (d, _) => { log(d.name()); 0 }
        }
    }

    coroutine guard_without_a_suspension_in_a_suspending_match(n: i32) takes (i32) [7] yields (i32) returns (i32) with (3) {
        match n {
            x if v("odd", x % 2 == 1) && v("large", x > 10) => yield_!(x),
            x if v("second", x > 2) => { log("arm"); yield_!(x * 2) }
            _ => 0,
        }
    }

    iterator by_value_bindings_are_dropped_with_the_arm() yields (i32) {
        let _before = D("before");
        match (D("a"), 3, D("b")) {
            (a, n, _b) => { yield_!(n); log(a.name()); }
        }
        yield_!(4);
        match Some((D("c"), D("d"))) {
            Some((c, _d)) => { drop(c); yield_!(5); }
            None => {}
        }
        log("end");
    }

    iterator wildcards_move_nothing() yields (i32) {
        let pair = (D("left"), D("right"));
        let _ = pair;
        yield_!(1);
        match pair { _ => yield_!(2) }
        let (_, _) = pair;
        yield_!(3);
        let (left, right) = pair;
        yield_!(4);
        log(right.name());
    }

    iterator reference_bindings() yields (u32) {
        let shape = Shape::Named("name".into(), vec![1, 2]);
        match &shape {
            Shape::Named(name, list) => {
                yield_!(name.len() as u32);
                for n in list { yield_!(*n); }
                yield_!(list.len() as u32);
            }
            _ => {}
        }
        yield_!(matches!(shape, Shape::Named(..)) as u32);
    }

    iterator mutable_reference_bindings() yields (String) {
        let mut shape = Shape::Named("name".into(), vec![1, 2]);
        match &mut shape {
            Shape::Named(name, list) => {
                yield_!(name.clone());
                name.push('!');
                list.push(3);
                yield_!(format!("{name} {list:?}"));
                list[0] += 10;
            }
            _ => unreachable!(),
        }
        yield_!(format!("{shape:?}"));
    }

    iterator ref_keywords() yields (String) {
        let mut shape = Shape::Named("name".into(), vec![1, 2]);
        match shape {
            Shape::Named(ref name, ref mut list) => {
                list.push(name.len() as u32);
                yield_!(name.clone());
                list.push(7);
            }
            _ => {}
        }
        if let Shape::Named(ref mut name, _) = shape {
            yield_!(name.to_uppercase());
            name.clear();
        }
        yield_!(format!("{shape:?}"));
    }

    iterator slices() yields (i32) {
        let numbers = vec![1, 2, 3, 4, 5];
        match numbers.as_slice() {
            [] => yield_!(0),
            [only] => yield_!(*only),
            [first, middle @ .., last] => {
                let (first, count, last) = (*first, middle.len(), *last);
                yield_!(first);
                yield_!(count as i32);
                yield_!(last);
            }
        }
        match [7, 8, 9] {
            [a, rest @ ..] => { yield_!(a); yield_!(rest[1]); }
        }
    }

    iterator slices_of_an_argument(numbers: &[i32]) yields (i32) with (&[4, 5, 6]) {
        match numbers {
            [] => yield_!(0),
            [first, rest @ ..] if rest.len() > 5 => yield_!(*first),
            [first, middle @ .., last] => {
                yield_!(*first);
                for n in middle { yield_!(*n); }
                yield_!(*last);
            }
            [only] => yield_!(*only),
        }
    }

    iterator alternatives_and_subpatterns() yields (String) {
        for pair in [(1, 'a'), (2, 'b'), (9, 'c'), (40, 'd')] {
            match pair {
                (n @ (1 | 2), c @ 'a'..='m') => { yield_!(format!("{n}{c}")); yield_!(format!("{c}{n}")); }
                (9, c) | (40, c) => yield_!(c.to_string()),
                whole @ (_, _) => yield_!(format!("{whole:?}")),
            }
        }
    }

    iterator constants_and_paths() yields (&'static str) {
        const LIMIT: i32 = 3;
        use Shape::Empty;
        for n in 2..5 {
            match n { LIMIT => yield_!("limit"), i32::MIN..LIMIT => yield_!("below"), _ => yield_!("above") }
        }
        match Shape::Empty { Empty => yield_!("empty"), _ => yield_!("other") }
    }

    coroutine arm_ends_with_a_guard(n: i32) takes (i32) [3, 4] yields (i32) returns (i32) with (4) {
        match n {
            0 | 4 => { if n < 3 {} else { yield_!(n); } let late = D("late"); }
            _ => {}
        }
        log("between");
        match n {
            4 => { let mut c = 0; while c < 2 && n > yield_!(c) { c += 1 } let _late = D("late in a loop"); }
            _ => {}
        }
        n
    }

    coroutine match_as_an_operand() takes (i32) [3, 4] yields (i32) returns (i32) {
        let n = 2 * match yield_!(1) { 3 => yield_!(2), _ => 0 } + match v("second", 1) { 1 => 100, _ => yield_!(9) };
        n
    }

    coroutine arms_jump() takes (i32) [0, 1, 2, 3] yields (i32) returns (i32) {
        let mut log_of_rounds = 0;
        'outer: loop {
            let _round = D("round");
            loop {
                let _inner = D("inner");
                match yield_!(log_of_rounds) {
                    0 => continue,
                    1 => { log_of_rounds += 10; continue 'outer }
                    2 => { log_of_rounds += 100; break }
                    3 => break 'outer,
                    _ => return -1,
                }
            }
            log("inner loop done");
        }
        log_of_rounds
    }

    iterator scrutinee_temporary_lives_to_the_end() yields (usize) {
        match D("temporary").name().len() {
            n => { yield_!(n); log("arm"); }
        }
        log("end");
    }

    iterator scrutinee_is_moved_into_the_match(d: D) yields (usize) with (D("d")) {
        match d {
            D("other") => yield_!(0),
            moved => { yield_!(1); log(moved.name()); }
        }
        yield_!(2);
    }

    iterator boxes() yields (usize) {
        let boxed = Box::new((D("left"), D("right")));
        let (left, right) = *boxed;
        yield_!(left.name().len());
        match *Box::new(right) { d => { yield_!(d.name().len()); } }
        log("end");
    }

    coroutine matched_result() takes (Result<i32, String>) [Ok(1), Err("bad".to_owned()), Ok(3)] yields (String) returns (usize) {
        let mut errors = Vec::new();
        for _ in 0..3 {
            match yield_!(format!("{} errors", errors.len())) {
                Ok(n) if n > 2 => { yield_!(n.to_string()).ok(); }
                Ok(n) => log(n),
                Err(error) => { errors.push(error.clone()); yield_!(error).ok(); }
            }
        }
        errors.len()
    }

    #[Clone]
    coroutine bound_for_the_guard_and_later() takes (u32) [1] yields (u32) returns (u32) {
        let shape = Some((3, 4));
        match &shape {
            Some(pair) if pair.0 == 3 => { yield_!(1); pair.1 }
            _ => 0,
        }
    }

    coroutine wild_takes_nothing() takes (u32) [1] yields (usize) returns (usize) {
        let guard = D("guard");
        let _younger = D("younger");
        _ = guard;
        yield_!(1);
        log("end");
        2
    }

    coroutine format_drops_its_temporaries() takes (u32) [1] yields (u32) returns (usize) {
        fn len(text: &str) -> usize { log("len"); text.len() }
        len(&format!("{} {:?}", D("in format").name(), { yield_!(1); 2 }))
    }

    coroutine not_matched_drops_first() takes (u32) [1, 2, 3] yields (u32) returns (usize) {
        let (Some(x), _rest) = (yield_!(1) > 5).then_some(1).map_or((None, D("none")), |n| (Some(n), D("some"))) else {
            let _guard = D("guard");
            yield_!(2);
            return 3;
        };
        x
    }
}

differential! {
    coroutine guards_of_the_macro_mention_variables(limit: (D, u32)) takes (u32) [2, 5] yields (u32) returns (bool)
        with ((D("limit"), 3))
    {
        let first = yield_!(1);
        let inside = { let first = first + 1; matches!(Some(first), Some(n) if n < limit.1 && first > 1) };
        let second = yield_!(inside as u32);
        let known = matches!(v("found", Some(D("found"))), Some(_) if second > first);
        yield_!(known as u32);
        known
    }

    iterator guards_of_the_macro_mention_what_hides_another(n: u32) yields (u32) with (9) {
        'outer: {
            for n in 0..3 {
                yield_!(n);
                if matches!(v("found", Some(D("found"))), Some(_) if n == 1) { break 'outer; }
            }
        }
        yield_!(n);
    }
}

differential! {
    iterator alternatives_of_a_borrow(shape: Shape) yields (u32) with (Shape::Rect { width: 2, height: 3 }) {
        match &shape {
            Shape::Rect { width: n, .. } | Shape::Rect { height: n, .. } => {
                yield_!(*n);
                yield_!(*n + 1);
            }
            _ => yield_!(0),
        }
        drop(shape);
    }

    iterator alternatives_in_a_guard(shape: Shape) yields (u32) with (Shape::Named("a".to_owned(), vec![1])) {
        match shape {
            n @ Shape::Circle(_) | n @ Shape::Empty if { yield_!(1); true } => yield_!(2),
            Shape::Named(ref name, _) if { yield_!(name.len() as u32); name == "b" } => yield_!(3),
            _ => yield_!(4),
        }
    }

    iterator mentions_in_guards_only(list: Vec<Option<D>>) yields (u32) with (vec![Some(D("aa")), None, Some(D("b"))]) {
        for item in list {
            match item {
                Some(d) if d.name().len() > 1 => { yield_!(1); log("after"); yield_!(11); }
                Some(ref d) if v("second guard", d.name() == "zz") => yield_!(2),
                Some(d) if v("third", true) => { let _k = D("k"); yield_!(3); }
                _ => yield_!(4),
            }
        }
    }

    iterator guards_of_halves() yields (u32) {
        let pair = (D("l"), Some(D("r")));
        match pair {
            (l, Some(r)) if v("g1", l.name() == "x") => { yield_!(1); }
            (l, Some(r)) if v("g2", r.name() == "r") => { yield_!(2); drop(l); yield_!(3); }
            (l, r) => yield_!(4),
        }
        yield_!(5);
    }

    coroutine guards_of_matches_macros(shape: Shape) takes (u32) [1, 2, 3] yields (u32) returns (bool)
        with (Shape::Named("a".to_owned(), vec![1]))
    {
        let first = matches!(yield_!(6), 0..=9 if yield_!(7) == 2);
        assert!(matches!(&shape, Shape::Named(name, _) if v("name", name.len()) as u32 + yield_!(8) > 1));
        first && !matches!(shape, Shape::Named(name, list) if name.len() as u32 == yield_!(9) && list.is_empty())
    }

    iterator guards_of_patterns_that_bind_nothing(shape: Shape, guard: D) yields (u32) with (Shape::Circle(1.0), D("guard")) {
        match (shape, D("beside")) {
            (Shape::Empty, _) if { yield_!(1); true } => yield_!(2),
            (Shape::Circle(_), D("beside")) if { yield_!(3); v("no", false) } => yield_!(4),
            (Shape::Circle(_), _) if { yield_!(5); v("yes", true) } => { drop(guard); yield_!(6); }
            _ => yield_!(7),
        }
        yield_!(8);
    }

    iterator wildcards_behind_guards(guard: D) yields (u32) with (D("matched")) {
        match guard {
            D("other") if { yield_!(1); true } => yield_!(2),
            _ if { yield_!(3); v("no", false) } => yield_!(4),
            _ => { yield_!(5); log("taken"); }
        }
        match D("temporary") {
            ref d if { yield_!(d.name().len() as u32); v("no", false) } => yield_!(6),
            _ => yield_!(7),
        }
        yield_!(8);
    }
}
