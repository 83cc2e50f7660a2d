//! A suspension in every place of an expression: what is assigned to, compound operators, arguments, literals, patterns.

use std::collections::{HashMap, VecDeque};

use crate::harness::{D, log, v};

#[derive(Debug, Clone, Default, PartialEq)]
struct P {
    a: u32,
    b: u32,
    c: Vec<u32>,
}

#[derive(Debug)]
struct G {
    x: D,
    #[allow(dead_code, reason = "it only drops")]
    y: D,
    z: u32,
}

fn d(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

fn add(a: u32, b: u32, c: u32) -> u32 {
    a * 100 + b * 10 + c
}

differential! {
    coroutine destructure_assign_index() takes (usize) [0, 1, 2] yields (usize) returns (Vec<u32>) {
        let mut b = vec![0u32; 3];
        let a;
        (a, b[yield_!(0)]) = (v("a", 7u32), v("b", 8u32));
        log(a);
        b
    }
    coroutine destructure_assign_struct() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        let (mut x, mut y, mut rest);
        P { a: x, b: y, c: rest } = P {
            a: yield_!(1),
            b: v("b", yield_!(2)),
            c: vec![yield_!(3)],
        };
        [x, y] = [y, x + yield_!(4)];
        (x, _) = (x + 1, d("ignored"));
        log(rest.len());
        rest.clear();
        x * 10 + y
    }
    coroutine destructure_assign_nested_slices() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        let mut arr = [0u32; 3];
        let mut t = (0, [0, 0]);
        (arr[0], (t.0, [t.1[1], _])) = (yield_!(1), (yield_!(2), [yield_!(3), v("no", 1)]));
        [arr[1], .., arr[2]] = [v("x", 1), yield_!(4), 5, 6];
        arr.iter().sum::<u32>() * 100 + t.0 + t.1[1]
    }
    coroutine compound_all_ops() takes (u32) [1, 2, 3, 4] yields (u32) returns (u32) {
        let mut n = 10u32;
        n += yield_!(n);
        n -= yield_!(n);
        n *= yield_!(n) + 1;
        n /= yield_!(n);
        n %= yield_!(n) + 6;
        n <<= yield_!(n);
        n >>= yield_!(n);
        n ^= yield_!(n);
        n |= yield_!(n);
        n &= yield_!(n) + 5;
        n
    }
    coroutine compound_on_indexed_place() takes (usize) [0, 1, 2] yields (usize) returns (Vec<u64>) {
        let mut v1 = vec![1u64, 2, 3];
        let mut i = 0usize;
        v1[i] += yield_!({
            i += 1;
            i
        }) as u64;
        v1[yield_!(9)] *= 5;
        v1[v("idx", 2)] -= yield_!(8) as u64;
        v1
    }
    coroutine ranges_of_yields() takes (u32) [1, 4, 2] yields (u32) returns (u32) {
        let mut s = 0;
        for i in yield_!(0)..yield_!(1) {
            s += i;
        }
        for i in (yield_!(2)..=yield_!(3)).rev() {
            s = s * 3 + i;
            yield_!(i);
        }
        let r = ..yield_!(5);
        s + r.end
    }
    coroutine casts_negations_derefs() takes (u32) [1, 4, 2] yields (i64) returns (i64) {
        let r = &yield_!(-(1i64));
        let k = -(yield_!(*r as i64) as i64) + !(yield_!(2) as i64);
        let q = *&yield_!(k) as i64 as u8 as i64;
        k * q
    }
    coroutine array_repeat_and_index() takes (usize) [1, 0, 2] yields (usize) returns (usize) {
        let a = [yield_!(1); 3][yield_!(2)];
        let b = [v("one", 1usize), yield_!(3), 4][yield_!(4)];
        let c = vec![yield_!(5); v("len", 2)][yield_!(0).min(1)];
        a * 100 + b * 10 + c
    }
    coroutine call_with_yields_everywhere() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        add(
            v("a", 1),
            yield_!(add(yield_!(1), v("b", 2), yield_!(2))),
            v("c", 3),
        )
    }
    coroutine fn_value_called_after() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        let fs: [fn(u32, u32, u32) -> u32; 2] = [add, |a, b, c| a + b + c];
        fs[v("which", 1)](yield_!(1), v("x", 2), yield_!(3))
            + (if yield_!(4) > 1 { fs[0] } else { fs[1] })(1, yield_!(5), 3)
    }
    coroutine method_chain_of_yields(s: String) takes (u32) [1, 2, 3] yields (u32) returns (String)
        with ("abc".to_string())
    {
        s.replace(&yield_!(1).to_string(), &format!("{}", yield_!(2)))
            .repeat(yield_!(3) as usize)
            .chars()
            .rev()
            .map(|c| c.to_ascii_uppercase())
            .collect::<String>()
    }
    coroutine struct_update_with_yield(base: P) takes (u32) [1, 2, 3] yields (u32) returns (P)
        with (P { a: 1, b: 2, c: vec![3] })
    {
        let p = P {
            a: yield_!(base.b),
            ..base
        };
        let q = P {
            b: yield_!(p.a),
            ..P {
                c: vec![yield_!(8)],
                ..Default::default()
            }
        };
        P { a: q.b + p.b, ..q }
    }
    coroutine struct_update_of_call() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        fn base() -> G {
            G {
                x: d("bx"),
                y: d("by"),
                z: 3,
            }
        }
        let g = G {
            x: D(if yield_!(1) > 0 { "one" } else { "zero" }),
            z: yield_!(2),
            ..base()
        };
        log(g.x.name());
        g.z
    }
    coroutine match_on_tuple_of_yields() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        match (yield_!(1), yield_!(2)) {
            (a, b) if a == b => a,
            (1, b) if b > yield_!(b) => b,
            (a, 2) if let 3.. = yield_!(a) => a * 10,
            (_, ref b @ 1..=9) => *b + yield_!(7),
            _ => 0,
        }
    }
    coroutine nested_match_in_args() takes (u32) [0, 1, 2] yields (u32) returns (u32) {
        add(
            match yield_!(1) {
                0 => yield_!(2),
                n => n,
            },
            if let 2 = yield_!(3) {
                yield_!(4)
            } else {
                v("else", 9)
            },
            {
                let k = yield_!(5);
                k + 1
            },
        )
    }
    coroutine short_circuits_nested() takes (bool) [true, false, false, true] yields (u32) returns (bool) {
        let a = yield_!(1) && (yield_!(2) || yield_!(3)) || v("x", false) && yield_!(4);
        let b = !(a && yield_!(5)) & yield_!(6) | v("y", false);
        a ^ b ^ (yield_!(7) == yield_!(8))
    }
    coroutine format_args_with_yields(name: &'static str) takes (u32) [1, 2, 3] yields (u32) returns (String)
        with ("nm")
    {
        let w = 5;
        let mut s = format!("{name}-{:>w$}-{1:?}-{x}", yield_!(1), d("temp"), x = yield_!(2));
        use std::fmt::Write;
        write!(s, "{}{}", yield_!(3), name).unwrap();
        writeln!(&mut s, "{0}{0:03}", yield_!(4)).unwrap();
        assert_eq!(s.len() as u32 > yield_!(5), true, "{}", name);
        assert!(matches!(yield_!(6), 0..=9));
        s
    }
    coroutine vec_ops_two_phase(mut q: VecDeque<u32>) takes (u32) [3, 1, 2] yields (u32) returns (VecDeque<u32>)
        with (VecDeque::from([1, 2]))
    {
        q.push_back(yield_!(q.len() as u32));
        q.push_front(yield_!(q[0]) + q[1]);
        q.insert(q.len() - 1, yield_!(8));
        let k = q.len();
        q.swap(0, yield_!(9) as usize % k);
        q.extend([yield_!(1), q.len() as u32]);
        q
    }
    coroutine map_entry(mut m: HashMap<u32, Vec<u32>>) takes (u32) [3, 1, 3] yields (u32) returns (u32)
        with (HashMap::new())
    {
        let k = yield_!(1);
        let w = yield_!(2);
        m.entry(k).or_default().push(w);
        m.entry(yield_!(3)).or_insert_with(|| vec![7]).extend([1, 2]);
        *m.entry(5).or_default() = vec![yield_!(4)];
        m.values().map(|v| v.len() as u32).sum::<u32>() + m[&yield_!(5)][0]
    }
}
