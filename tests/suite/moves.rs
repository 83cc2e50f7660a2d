//! A moved variable is not carried, an unmoved one is, on each path.

use crate::harness::{D, log, v};

struct Pair {
    left: D,
    right: D,
    number: i32,
}

fn pair() -> Pair {
    Pair {
        left: D("left"),
        right: D("right"),
        number: 7,
    }
}

fn by_value(d: D) -> usize {
    log("by value");
    d.name().len()
}

differential! {
    #[Clone]
    iterator moved_before_a_suspension() yields (usize) {
        let a = D("a");
        let b = D("b");
        drop(a);
        yield_!(1);
        let c = b;
        yield_!(by_value(c));
        log("end");
    }

    iterator moved_into_containers() yields (usize) {
        let (a, b, c, d) = (D("a"), D("b"), D("c"), D("d"));
        let tuple = (a, 1);
        yield_!(1);
        let array = [b];
        yield_!(2);
        let mut list = Vec::new();
        list.push(c);
        yield_!(3);
        let option = Some(d);
        yield_!(option.iter().count());
        let pair = Pair { left: D("new"), ..pair() };
        yield_!(4);
        log(pair.number);
    }

    iterator moved_by_known_methods() yields (usize) {
        let option = Some(D("option"));
        yield_!(1);
        let d = option.unwrap();
        yield_!(2);
        let list = vec![d];
        let mut rest = list.into_iter();
        yield_!(rest.len());
        log(rest.next().is_some());
        yield_!(4);
    }

    iterator moved_by_an_unknown_method() yields (usize) {
        let d = D("d");
        yield_!(1);
        let n = { d }.finish();
        yield_!(n);
        let e = D("e");
        let n = D::finish(e);
        yield_!(n);
    }

    iterator moved_into_a_closure() yields (usize) {
        let (a, b) = (D("a"), D("b"));
        let keep = move || a.name().len();
        yield_!(1);
        yield_!(keep());
        let both = move || keep() + b.name().len();
        yield_!(both());
        yield_!(both());
        log("end");
    }

    iterator moved_into_a_closure_then_assigned(mut d: D) yields (i32) with (D("d")) {
        let keep = move || { log(d.name()); 8 };
        yield_!(keep());
        let n = 'block: { d = D("new d"); 7 };
        yield_!(n);
        log("end");
    }

    iterator moved_into_a_closure_then_assigned_at_the_end(mut d: D) yields (i32) with (D("d")) {
        let keep = move || { log(d.name()); 8 };
        yield_!(keep());
        d = D("new d");
    }

    iterator copied_field_leaves_the_whole() yields (i32) {
        let p = pair();
        let n = p.number;
        yield_!(n);
        log("end");
    }

    iterator both_fields_moved() yields (usize) {
        let Pair { left, right, number: _number } = pair();
        drop(left);
        drop(right);
        yield_!(1);
        let tuple = (D("x"), D("y"));
        let (x, y) = tuple;
        yield_!(2);
        log(y.name());
    }

    iterator destructured_in_place() yields (usize) {
        let Pair { left, number, .. } = pair();
        yield_!(number as usize);
        let (a, b) = (left, D("b"));
        yield_!(2);
        log(a.name());
    }

    iterator moved_in_one_arm(n: i32) yields (usize) with (1) {
        let d = D("d");
        let kept = match n {
            0 => None,
            1 => { let _guard = D("guard"); yield_!(1); Some(d) }
            _ => { yield_!(2); None }
        };
        yield_!(3);
        log(kept.is_some());
    }

    iterator not_moved_in_the_other_arm(n: i32) yields (usize) with (2) {
        let d = D("d");
        let kept = match n {
            0 => None,
            1 => { let _guard = D("guard"); yield_!(1); Some(d) }
            _ => { yield_!(2); None }
        };
        yield_!(3);
        log(kept.is_some());
    }

    iterator moved_and_the_body_ends(n: i32) yields (usize) with (1) {
        let d = D("d");
        yield_!(1);
        if n == 1 {
            drop(d);
            yield_!(2);
            return;
        }
        yield_!(3);
        log(d.name());
    }

    iterator moved_on_a_path_that_leaves(n: i32) yields (usize) with (1) {
        let d = D("d");
        for i in 0..3 {
            yield_!(i);
            if i as i32 == n { drop(d); break }
        }
        yield_!(9);
    }

    iterator option_taken() yields (usize) {
        let mut slot = Some(D("slot"));
        let mut other = Some(D("other"));
        yield_!(1);
        if let Some(d) = slot.take() { yield_!(by_value(d)); }
        yield_!(slot.is_none() as usize);
        let d = std::mem::replace(&mut other, None);
        yield_!(4);
        drop(d);
        yield_!(5);
    }

    iterator swapped() yields (usize) {
        let (mut a, mut b) = (D("a"), D("b"));
        for _ in 0..2 {
            std::mem::swap(&mut a, &mut b);
            yield_!(1);
            log(a.name());
        }
        (a, b) = (b, a);
        yield_!(2);
    }

    coroutine returned_after_a_suspension(n: i32) takes (i32) [1] yields (i32) returns (Result<D, D>) with (1) {
        let ok = D("ok");
        let error = D("error");
        let _other = D("other");
        if yield_!(1) == n { Err(error) } else { Ok(ok) }
    }

    coroutine yielded_values_move() takes (Option<D>) [Some(D("in"))] yields (Option<D>) returns (usize) {
        let mut last = None;
        for i in 0..3 {
            let next = yield_!(last);
            if i == 1 { log(next.is_some()) }
            last = next;
        }
        last.map_or(0, D::finish)
    }

    iterator assigned_after_a_move() yields (usize) {
        let mut d = D("one");
        yield_!(by_value(d));
        d = D("two");
        yield_!(2);
        drop(d);
        yield_!(3);
        d = D("three");
        yield_!(v("last", 4));
    }

    iterator field_assigned_after_a_move() yields (usize) {
        let mut p = pair();
        drop(p.left);
        p.left = D("new left");
        yield_!(1);
        log(p.left.name());
        p = pair();
        yield_!(2);
    }

    iterator copies_are_not_moves() yields (i32) {
        #[derive(Clone, Copy)]
        struct Point { x: i32 }
        fn take(p: Point) -> i32 { p.x }
        let p = Point { x: 3 };
        let q = p;
        yield_!(take(p));
        yield_!(take(p) + q.x);
        let text: &str = "text";
        let same = text;
        yield_!(text.len() as i32 + same.len() as i32);
    }

    iterator shared_reference_moved_and_used() yields (usize) {
        let text = "shared";
        let list = [1, 2, 3];
        let slice = &list;
        fn count(slice: &[i32; 3]) -> usize { slice.len() }
        yield_!(count(slice));
        yield_!(slice[0] as usize + text.len());
    }

    iterator rest_of_an_item(pairs: Vec<(D, D)>) yields (usize)
        with (vec![(D("a"), D("b")), (D("c"), D("d"))]) {
        let mut other = vec![(D("x"), (D("y"), D("z"))), (D("p"), (D("q"), D("r")))];
        for (name, _) in pairs { yield_!(name.name().len()); log("round"); }
        for (_, (_, mut name)) in other { yield_!(1); name = D("new"); yield_!(by_value(name)); log("round"); }
        log("end");
    }

    iterator rest_of_a_match(n: usize) yields (usize) with (1) {
        fn two(n: usize) -> Result<(D, D), (D, D, D)> {
            if n == 0 { Ok((D("left"), D("right"))) } else { Err((D("first"), D("second"), D("third"))) }
        }
        for i in 0..2 {
            match two(i) {
                Ok((a, _)) => { yield_!(a.name().len()); log("arm"); }
                Err((_, b, _)) if i == n => { let _guard = D("guard"); yield_!(by_value(b)); log("arm"); }
                Err(_) => yield_!(0),
            }
            log("between");
            if let Ok((_, b)) = two(i) { yield_!(1); log(b.name()); } else { yield_!(2); }
            log("end of round");
        }
        let mut list = vec![(D("one"), 1), (D("two"), 2)];
        while let Some((d, _)) = list.pop() { yield_!(3); yield_!(by_value(d)); }
        let n = match two(0) { Ok((a, _)) => { yield_!(4); by_value(a) } Err((_, _, _)) => 0 };
        log("bound");
        yield_!(n);
        match two(0) { Ok((a, _)) => yield_!(by_value(a)), Err((a, _, _)) => yield_!(by_value(a)) }
    }

    iterator matched_whole_on_one_path(n: usize) yields (usize) with (1) {
        let pair = (D("left"), D("right"));
        let _after = D("after");
        if n == 0 {
            match pair { (a, b) => { yield_!(a.name().len()); log(b.name()) } }
        } else {
            yield_!(2);
            log("else");
        }
        yield_!(3);
    }

    iterator boxes_are_emptied() yields (usize) {
        let boxed = Box::new((D("left"), D("right")));
        let whole = Box::new(D("whole"));
        let (a, b) = *boxed;
        yield_!(1);
        let d = *whole;
        let _guard = D("guard");
        yield_!(d.name().len());
        log(b.name());
        let shared = std::rc::Rc::new((1, 2));
        let (x, y) = *shared;
        yield_!(x + y);
    }
    iterator rests_among_jumps(n: usize) yields (usize) with (1) {
        fn two() -> (D, D) { (D("left"), D("right")) }
        fn maybe(n: usize) -> Option<(D, D)> { (n > 0).then(two) }
        let x = ({ match two() { (a, _r) => { yield_!(by_value(a)); 1 } } }, log("x")).0;
        let y = (match two() { (a, b) => { yield_!(by_value(a)); 1 } }, log("y")).0;
        let z = if n > 0 { match two() { (a, _) => { yield_!(2); by_value(a) } } } else { 0 };
        let Some((a, _)) = maybe(n) else { return };
        yield_!(3);
        log(a.name());
        if let Some((a, _)) = maybe(n) && let Some((_, b)) = maybe(a.name().len()) && n == 1 { yield_!(4); log(b.name()); }
        for i in 0..2 {
            if let Some((a, _)) = maybe(i) { yield_!(5); if i == 1 { continue; } drop(a) } else { yield_!(6); }
            log("round");
        }
        match maybe(n) { Some((mut a, _)) if n == 1 => { a = D("new"); yield_!(7); drop(a); log("arm") } Some((_, b)) => { yield_!(8); } None => {} }
        yield_!(v("tail", by_value({ let (a, _) = two(); a })))
    }

    iterator copied_parts_leave_the_whole(n: usize) yields (usize) with (1) {
        let p = pair();
        if n == 0 { yield_!(1); } else { let _g = D("g"); yield_!(p.left.name().len()); }
        let k = p.number;
        yield_!(k as usize);
        match p { Pair { left, right, number } => { yield_!(2); log(left.name()); } }
        let q = (D("q0"), 5);
        let (_, five) = q;
        yield_!(five);
        log("end");
    }

    iterator a_copied_part_before_the_box_is_taken_apart(z: Box<(u32, D)>) yields (u32) with (Box::new((3, D("z")))) {
        let r = z.0;
        yield_!(r);
        let (n, d) = *z;
        yield_!(n);
        drop(d);
    }

    iterator a_copied_part_beside_it(z: Box<(u32, D)>) yields (u32) with (Box::new((3, D("z")))) {
        let r = z.0;
        let (n, d) = *z;
        yield_!(n + r);
        drop(d);
    }

    iterator tests_that_take_an_option(a: Option<D>, b: Result<D, u32>) yields (u32) with (Some(D("a")), Ok(D("b"))) {
        let c = Some(D("c"));
        if a.is_some_and(|d| d.name().len() == 1) { yield_!(1); }
        let ok = b.is_ok_and(|d| d.name() == "b");
        yield_!(ok as u32);
        if c.as_ref().is_some_and(|d| d.name() == "c") { yield_!(3) }
        while let Some(n) = Some(3).filter(|n| *n > 2) && c.as_ref().is_none_or(|d| d.name() == "c") { yield_!(n); break }
    }
}
