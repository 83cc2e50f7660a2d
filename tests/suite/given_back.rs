//! What is given back at a suspension, and what lives across it: inputs with drops, errors, closures, slices, trait objects, clones.

use std::cell::{Cell, RefCell};
use std::collections::BinaryHeap;
use std::fmt::Debug;

use crate::harness::{D, log};

fn d(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

differential! {
    coroutine resume_arg_lifetimes() takes (String) ["a".to_string(), "bb".to_string()] yields (usize) returns (String) {
        let a = yield_!(0);
        let b = yield_!(a.len());
        let c = a + &b + &yield_!(b.len());
        let n = c.len();
        c.clone() + &yield_!(n) + c.as_str()
    }
    coroutine inputs_with_drops() takes (D) [D("i1"), D("i2")] yields (u32) returns (D) {
        let a = yield_!(1);
        yield_!(2);
        let _ = yield_!(3);
        let _x = yield_!(4);
        (yield_!(5), log("between")).0;
        if yield_!(6).name() == "i1" {
            log("first");
        } else {
            log("second");
            yield_!(7);
        }
        match yield_!(8) {
            D("i1") => {
                log("m1");
            }
            other => {
                yield_!(9);
                drop(other);
            }
        }
        drop(a);
        yield_!(10)
    }
    coroutine throw_and_finally() takes (Result<u32, D>) [Ok(1), Err(D("e1")), Ok(2), Err(D("e2"))] yields (u32) returns (Result<u32, D>) {
        let outer = d("outer");
        let r: Result<u32, D> = 'a: {
            let inner = d("inner");
            match yield_!(1) {
                Ok(n) => Ok(n + match yield_!(2) {
                    Ok(k) => k,
                    Err(e) => {
                        log(e.name());
                        break 'a Err(e);
                    }
                }),
                Err(e) => Err(e),
            }
        };
        let n = match r {
            Ok(n) => n,
            Err(ref e) => e.name().len() as u32,
        };
        let m = yield_!(n)?;
        yield_!(m)?;
        drop(outer);
        Ok(m)
    }
    coroutine nested_loops_with_inputs() takes (char) ['+', '1', '(', '2', ')', ';'] yields (usize) returns (Vec<String>) {
        let mut toks = vec![];
        let mut c = yield_!(0);
        'outer: loop {
            match c {
                ';' => break,
                '0'..='9' => {
                    let mut s = String::new();
                    while c.is_ascii_digit() {
                        s.push(c);
                        c = yield_!(toks.len());
                        if c == ';' {
                            toks.push(s);
                            break 'outer;
                        }
                    }
                    toks.push(s);
                    continue 'outer;
                }
                '(' | ')' => toks.push(format!("paren{c}")),
                other => toks.push(other.to_string()),
            }
            c = yield_!(toks.len());
        }
        toks
    }
    iterator overlapping_locals(n: usize) yields (usize) with (3) {
        {
            let a = [n; 4];
            yield_!(a[1]);
            let b = [a[0] + 1; 3];
            yield_!(b[2]);
        }
        {
            let c = [n * 2; 5];
            yield_!(c.len());
            let s = &c[1..3];
            yield_!(s.len());
            yield_!(s[0]);
        }
        let t = (n, [n, n + 1]);
        let (x, [y, z]) = t;
        yield_!(x + y + z);
        let [p, .., q] = [1, n, 3, 4];
        yield_!(p + q);
    }
    iterator unsized_things(s: Box<str>, b: Box<[u32]>, f: Box<dyn Fn(u32) -> u32>) yields (u32)
        with ("héllo".into(), vec![1, 2].into(), Box::new(|n| n * 2))
    {
        yield_!(s.len() as u32);
        for n in b.iter() {
            yield_!(f(*n));
        }
        for c in s.chars() {
            yield_!(c as u32);
        }
        let dynd: &dyn Debug = &b;
        yield_!(format!("{dynd:?}").len() as u32);
        let g: Box<dyn Fn(u32) -> u32> = Box::new(move |n| f(n) + b.len() as u32);
        yield_!(g(1));
        yield_!(g(2));
    }
    iterator tail_temporaries(c: &'static Cell<u32>) yields (usize) with (Box::leak(Box::new(Cell::new(1)))) {
        let x = {
            yield_!(1);
            let g = d("g");
            let r = RefCell::new(vec![1, 2]);
            r.borrow().len()
        };
        yield_!(x);
        let y = match {
            yield_!(2);
            d("m")
        }
        .name()
        .len()
        {
            1 => {
                yield_!(3);
                5
            }
            n => n,
        };
        yield_!(y);
        fn f(d: &D) -> usize {
            d.name().len()
        }
        yield_!(
            f(&d("arg"))
                + f(&{
                    yield_!(4);
                    d("arg2")
                })
        );
        {
            yield_!(5);
            f(&d("tail"))
        };
        if c.get() > 0 {
            yield_!(6);
            f(&d("if tail"))
        } else {
            0
        };
        yield_!(7);
    }
    iterator let_chains(a: Option<D>, b: Option<u32>) yields (u32) with (Some(D("a")), Some(5)) {
        if let Some(ref x) = a
            && x.name() == "a"
            && let Some(n) = b
            && n > 3
            && let m = n * 2
        {
            yield_!(m);
            log(x.name());
            yield_!(n);
        } else {
            yield_!(0);
        }
        if let Some(y) = b
            && {
                yield_!(y);
                y > 9
            }
            && let Some(x) = a
        {
            yield_!(1);
            log(x.name());
        } else if let Some(7) = b {
            yield_!(2);
        } else {
            yield_!(3);
        }
        while let Some(k) = b
            && {
                yield_!(k);
                false
            }
        {
            yield_!(4);
        }
        yield_!(5);
    }
    iterator question_marks_in_closures(list: Vec<&'static str>) yields (Result<u32, String>)
        with (vec!["1", "x", "3"])
    {
        for s in list {
            let r = (|| {
                let n: u32 = s.parse().map_err(|e: std::num::ParseIntError| e.to_string())?;
                Ok(n + 1)
            })();
            let stop = r.is_err();
            yield_!(r);
            if stop {
                yield_!(Err(format!("stop at {s}")));
            }
        }
    }
    iterator heap_simulation() yields ((u32, &'static str)) {
        use std::cmp::Reverse;
        let mut q = BinaryHeap::from([Reverse((3, "c")), Reverse((1, "a"))]);
        let mut now = 0;
        while let Some(Reverse((t, name))) = q.pop() {
            now = t;
            yield_!((now, name));
            if name == "a" {
                q.push(Reverse((now + 1, "b")));
            }
            if let Some(Reverse((next, _))) = q.peek()
                && *next > now + 1
            {
                yield_!((now + 1, "idle"));
            }
        }
    }
    coroutine closures_capture_by_ref_across() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        let base = vec![1, 2, 3];
        let sum = |k: u32| base.iter().map(|n| n * k).sum::<u32>();
        let a = sum(yield_!(sum(1)));
        let b = sum(yield_!(a));
        let label = String::from("x");
        let show = || label.len() as u32;
        yield_!(show());
        b + show() + base.len() as u32
    }
    coroutine mutating_closures() takes (u32) [1, 2, 3] yields (u32) returns (Vec<u32>) {
        let mut log2 = vec![];
        let mut push = |n| log2.push(n);
        push(1);
        push(2);
        let n = yield_!(0);
        log2.push(n);
        let mut count = 0;
        let mut tick = || {
            count += 1;
            count
        };
        tick();
        let k = tick();
        log2.push(yield_!(k));
        log2.push(count);
        log2
    }
    iterator slices_pattern(list: Vec<u32>) yields (u32) with (vec![1, 2, 3, 4]) {
        match list.as_slice() {
            [] => {}
            [one] => yield_!(*one),
            [a, mid @ .., z] => {
                yield_!(*a);
                for m in mid {
                    yield_!(*m);
                }
                yield_!(*z);
            }
        }
        if let [a, b, ..] = list[..] {
            yield_!(a + b);
        }
        let [a, rest @ ..] = &list[..] else { return };
        yield_!(*a + rest.len() as u32);
        yield_!(rest[0]);
    }
    iterator binding_modes(t: (D, Option<(D, u32)>)) yields (u32) with ((D("t0"), Some((D("t1"), 7)))) {
        let (ref a, Some((ref b, n))) = t else { return };
        yield_!(n);
        log(a.name());
        yield_!(1);
        log(b.name());
        let x @ (_, Some((_, m))) = &t else { return };
        yield_!(*m);
        log(x.0.name());
        let (a, b) = t;
        yield_!(2);
        drop(b);
        yield_!(3);
        log(a.name());
    }
    iterator macros_defined_within() yields (u32) {
        macro_rules! sq {
            ($e:expr) => {
                $e * $e
            };
        }
        let n = 3;
        yield_!(sq!(n));
        let v2 = vec![sq!(n); 2];
        yield_!(v2[1]);
        yield_!(sq!(v2[0] - 5));
        for i in v2 {
            yield_!(sq!(i));
        }
    }
    iterator numbers_and_shifts(mut x: u64) yields (u64) with (27) {
        while x != 1 {
            yield_!(x);
            x = if x % 2 == 0 { x >> 1 } else { 3 * x + 1 };
            if x > 100 {
                break;
            }
        }
        yield_!(x);
    }
    #[Clone]
    iterator clone_all_kinds(list: Vec<D>, s: String) yields (usize)
        with (vec![D("x"), D("yy")], "st".to_string())
    {
        let t = (list[0].clone(), s.clone());
        yield_!(t.1.len());
        for x in &list {
            yield_!(x.name().len());
        }
        let o = Some(t.0.clone());
        yield_!(1);
        if let Some(ref q) = o {
            yield_!(q.name().len());
        }
        for (i, c) in s.char_indices() {
            yield_!(i + c as usize);
        }
        drop(o);
        yield_!(2);
    }
    #[Clone]
    coroutine clone_with_inputs(mut stack: Vec<u32>) takes (u32) [1, 2, 3] yields (u32) returns (Vec<u32>)
        with (vec![9])
    {
        loop {
            let n = yield_!(stack.len() as u32);
            match n {
                3 if stack.len() > 4 => return stack,
                n => {
                    stack.push(n);
                    let k = yield_!(stack[stack.len() - 1]);
                    stack.insert(0, k);
                }
            }
        }
    }
}
