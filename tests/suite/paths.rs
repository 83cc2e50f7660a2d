//! Ways through nested loops, blocks and branches, and what drops on each; loops over all kinds of things; small algorithms.

use std::collections::{BTreeMap, VecDeque};

use crate::harness::{D, log, v};

fn d(name: &'static str) -> D {
    log(format!("new {name}"));
    D(name)
}

differential! {
    coroutine labelled_continue_three_deep() takes (u32) [0, 1, 0, 2, 0] yields (u32) returns (u32) {
        let mut n = 0;
        'a: for i in 0..3 {
            let _g = d("i");
            'b: for j in 0..3 {
                let _h = d("j");
                for k in 0..2 {
                    match yield_!(i * 100 + j * 10 + k) {
                        1 => continue 'b,
                        2 => continue 'a,
                        3 => break 'a,
                        _ => n += 1,
                    }
                }
            }
        }
        n
    }
    coroutine break_values_nested() takes (u32) [0, 1, 5] yields (u32) returns (u32) {
        let x = 'o: loop {
            let y = 'b: {
                if yield_!(1) == 0 {
                    break 'b 4;
                }
                let g = d("g");
                if yield_!(2) > 3 {
                    break 'o g.name().len() as u32;
                }
                yield_!(3)
            };
            if y == 4 {
                let z = loop {
                    if yield_!(y) > 0 {
                        break yield_!(9);
                    }
                };
                break z + y;
            }
        };
        x
    }
    coroutine return_in_nested_blocks(g: D) takes (u32) [0, 1, 2] yields (u32) returns (u32) with (D("arg")) {
        let a = d("a");
        {
            let b = d("b");
            if yield_!(1) > 0 {
                return 1;
            }
            {
                let c = d("c");
                match yield_!(2) {
                    1 => return yield_!(3),
                    _ => {
                        let e = d("e");
                        yield_!(4);
                    }
                }
            }
            drop(b);
        }
        let f = (d("t"), return yield_!(5) + a.name().len() as u32);
        0
    }
    coroutine closures_between() takes (u32) [1, 2, 3] yields (u32) returns (u32) {
        let mut total = 0;
        let mut addto = |n: u32| {
            total += n;
            total
        };
        let a = addto(1);
        let b = addto(2);
        let c = yield_!(a + b);
        let mul = move |x| x * c;
        let d1 = mul(yield_!(mul(2)));
        let s = {
            let k = yield_!(d1);
            move || k + total
        };
        s() + mul(1)
    }
    coroutine if_let_chain_with_yields['a](m: &'a BTreeMap<u32, Vec<u32>>) takes (u32) [1, 2, 0] yields (u32) returns (u32)
        with (&BTreeMap::from([(1, vec![5, 6]), (2, vec![])]))
    {
        let mut out = 0;
        while let Some(list) = m.get(&yield_!(out))
            && let [first, rest @ ..] = &list[..]
            && *first > 0
            && let n = yield_!(*first)
            && n < 5
        {
            out += first + n + rest.len() as u32;
            if out > 30 {
                break;
            }
        }
        out
    }
    coroutine let_else_variants() takes (u32) [1, 0, 2] yields (u32) returns (u32) {
        let mut n = 0;
        loop {
            let (1 | 2) = yield_!(n) else {
                n += 10;
                if n > 30 {
                    return n;
                }
                continue;
            };
            let Some(x) = Some(yield_!(5)).filter(|x| *x > 0) else {
                break;
            };
            let (Ok(y) | Err(y)) = (if x > 1 { Ok(x) } else { Err(yield_!(x)) });
            n += y;
            if n > 50 {
                break;
            }
        }
        n
    }
    coroutine nested_options() takes (Option<u32>) [Some(1), None, Some(3)] yields (u32) returns (Option<u32>) {
        let a = yield_!(1)?;
        let b = yield_!(a).unwrap_or(v("def", 7));
        let c = Some(yield_!(b)?).zip(yield_!(0)).map(|(x, y)| x + y)?;
        (|| Some(c + 1))()
    }
    coroutine results_throwing() takes (Result<u32, String>) [Ok(1), Err("bad".into()), Ok(3)] yields (u32) returns (Result<u32, String>) {
        let _g = d("g");
        let mut n = 0;
        for i in 0..3 {
            match yield_!(i) {
                Ok(x) => n += x,
                Err(e) if e.len() == 3 => {
                    log(format!("caught {e}"));
                    let _h = d("handler");
                    n += yield_!(90)?;
                }
                Err(e) => return Err(e),
            }
        }
        n += yield_!(n)? + yield_!(n)?;
        Ok(n)
    }
    coroutine string_building() takes (char) ['a', 'b', '\n'] yields (usize) returns (Vec<String>) {
        let mut lines = vec![];
        let mut cur = String::new();
        while lines.len() < 2 {
            match yield_!(cur.len()) {
                '\n' => lines.push(std::mem::take(&mut cur)),
                c if c.is_alphabetic() => cur.push(c),
                c => cur.extend([c, c]),
            }
        }
        lines
    }
    coroutine boxes_and_rcs() takes (u32) [3, 1, 3] yields (u32) returns (u32) {
        let b = Box::new((yield_!(1), d("in box")));
        let rc = std::rc::Rc::new(std::cell::Cell::new(b.0));
        rc.set(rc.get() + yield_!(2));
        let (n, g) = *b;
        let rc2 = rc.clone();
        rc2.set(yield_!(n) + rc.get());
        drop(rc);
        log(g.name());
        rc2.get()
    }
    iterator nested_block_tail_temporaries() yields (usize) {
        let n = {
            let g = d("g");
            yield_!(1);
            d("tmp").name().len() + g.name().len()
        };
        yield_!(n);
        let m = {
            yield_!(2);
            let x = d("x");
            &d("ext").name()[..1]
        }
        .len();
        yield_!(m);
        if let Some(k) = Some(d("scrut").name().len()) {
            yield_!(k);
        } else {
            yield_!(0);
        }
        match d("m").name().len() {
            1 => {
                yield_!(11);
            }
            n => {
                yield_!(n);
            }
        }
        if d("cond").name().len() > 2 {
            yield_!(3);
        }
        while d("w").name().len() > 2 {
            yield_!(3);
        }
        yield_!({ d("last").name().len() });
    }
    iterator if_let_rescoping() yields (usize) {
        if let Some(x) = Some(&d("a")).filter(|d| d.name().len() > 1) {
            yield_!(x.name().len());
        } else if let Some(y) = Some(&d("bb")) {
            yield_!(y.name().len());
            log("in");
        } else {
            yield_!(0);
        }
        log("after");
        let r = if let 1 = d("c").name().len() {
            yield_!(1);
            2
        } else {
            yield_!(3);
            4
        };
        yield_!(r);
        let z = if let Some(n) = Some(d("zz")).map(|d| d.name().len())
            && {
                yield_!(n);
                n > 1
            }
            && let Some(q) = Some(&d("q"))
        {
            yield_!(q.name().len());
            5
        } else {
            yield_!(9);
            6
        };
        yield_!(z);
    }
    iterator shadowing_many(n: u32) yields (u32) with (2) {
        let n = n + 1;
        yield_!(n);
        let n = D("str");
        log(n.name());
        {
            let n = n.name().len() as u32;
            yield_!(n);
            let n = vec![n; 2];
            for n in n {
                yield_!(n);
            }
        }
        let n = (n, 5).0;
        yield_!(n.name().len() as u32);
    }
    iterator iterate_owned_collections(a: Vec<D>, m: BTreeMap<u32, D>) yields (usize)
        with (vec![D("v1"), D("v2")], BTreeMap::from([(1, D("m1")), (2, D("m2"))]))
    {
        for x in a {
            yield_!(x.name().len());
            let _keep = x;
            yield_!(1);
        }
        for (k, v) in m {
            if k == 2 {
                yield_!(k as usize);
                break;
            }
            yield_!(v.name().len());
        }
        for c in "ab".chars().zip(1usize..).map(|(c, n)| c as usize + n) {
            yield_!(c);
        }
        for w in [1usize, 2, 3].windows(2) {
            yield_!(w[0] + w[1]);
        }
        for (i, s) in "x y z".split(' ').enumerate().skip(1) {
            yield_!(i + s.len());
        }
    }
    iterator loops_over_locals() yields (u32) {
        let mut list = vec![3u32, 1, 2];
        for n in &list {
            yield_!(*n);
        }
        for n in list.iter_mut() {
            *n += 1;
            yield_!(*n);
        }
        for n in &mut list {
            *n *= 2;
            yield_!(*n);
        }
        list.sort();
        for (i, n) in list.iter().enumerate() {
            yield_!(i as u32 + n);
        }
        for n in list.iter().rev() {
            yield_!(*n);
        }
        for n in list.iter().copied() {
            yield_!(n);
        }
        for n in list.iter().skip(1).take(1) {
            yield_!(*n);
        }
        for w in list.chunks(2) {
            yield_!(w.len() as u32);
        }
        for n in &list[1..] {
            yield_!(*n);
        }
        while let Some(n) = list.pop() {
            yield_!(n);
        }
        let text = String::from("héy");
        for c in text.chars() {
            yield_!(c as u32);
        }
        for (i, c) in text.char_indices() {
            yield_!(c as u32 + i as u32);
        }
        for b in text.bytes() {
            yield_!(b as u32);
        }
    }
    iterator permutations(items: Vec<u32>) yields (Vec<u32>) with (vec![1, 2, 3]) {
        let mut a = items;
        let n = a.len();
        let mut c = vec![0; n];
        yield_!(a.clone());
        let mut i = 0;
        while i < n {
            if c[i] < i {
                if i % 2 == 0 {
                    a.swap(0, i)
                } else {
                    let k = c[i];
                    a.swap(k, i)
                }
                yield_!(a.clone());
                c[i] += 1;
                i = 0;
            } else {
                c[i] = 0;
                i += 1;
            }
        }
    }
    iterator combinations(items: &'static [char], k: usize) yields (String) with (&['a', 'b', 'c', 'd'], 2) {
        let mut idx: Vec<usize> = (0..k).collect();
        loop {
            yield_!(idx.iter().map(|&i| items[i]).collect());
            let Some(i) = (0..k).rev().find(|&i| idx[i] != i + items.len() - k) else {
                return;
            };
            idx[i] += 1;
            for j in i + 1..k {
                idx[j] = idx[j - 1] + 1;
            }
        }
    }
    iterator grid_bfs(w: usize, h: usize) yields ((usize, usize)) with (3, 2) {
        let mut seen = vec![vec![false; w]; h];
        let mut q = VecDeque::from([(0usize, 0usize)]);
        seen[0][0] = true;
        while let Some((x, y)) = q.pop_front() {
            yield_!((x, y));
            for (dx, dy) in [(1i32, 0), (0, 1), (-1, 0), (0, -1)] {
                let (Ok(nx), Ok(ny)) = (usize::try_from(x as i32 + dx), usize::try_from(y as i32 + dy)) else {
                    continue;
                };
                if nx >= w || ny >= h || std::mem::replace(&mut seen[ny][nx], true) {
                    continue;
                }
                q.push_back((nx, ny));
            }
        }
    }
}
