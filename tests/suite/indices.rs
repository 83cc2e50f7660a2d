//! Borrows of elements and ranges whose indices are variables, and of closures that are passed on.

use std::collections::*;

use crate::harness::{D, log, v};

differential! {
    iterator closure_by_ref_number(k: i32) yields (i32) with (3) {
        fn h(f: &dyn Fn(i32) -> i32) -> i32 { f(2) }
        let n = v("n", 5i32).pow(2);
        yield_!(h(&|x| x + k));
        yield_!(h(&|x| x * n));
        log(k);
    }
    iterator closure_by_ref_guard(k: i32) yields (usize) with (3) {
        fn h(f: &dyn Fn(i32) -> usize) -> usize { f(2) }
        let d = D("d");
        yield_!(h(&|x| x as usize + d.name().len()));
        let e = D("e");
        let _f = D("f");
        yield_!(h(&move |x| x as usize + e.name().len()));
        fn o(f: &mut dyn FnMut(i32)) -> usize { f(2); 7 }
        let mut list = vec![];
        yield_!(o(&mut |x| list.push(x)));
        log(list.len());
        log(d.name());
    }
    iterator range_of_mut_ends(m: Vec<Vec<i32>>) yields (i32) with (vec![vec![1, 2, 3, 4], vec![5, 6, 7, 8], vec![9, 10, 11, 12]]) {
        let (mut top, mut left) = (0, 0);
        let (mut bottom, mut right) = (m.len(), m[0].len());
        while top < bottom && left < right {
            for c in left..right { yield_!(m[top][c]); }
            top += 1;
            for row in m[top..bottom].iter() { yield_!(row[right - 1]); }
            right -= 1;
            for (i, row) in m[v("top", top)..v("bottom", bottom)].iter().enumerate() { yield_!(row[right - 1] * 100 + i as i32); bottom = bottom.max(2); }
            if top < bottom {
                for c in (left..right).rev() { yield_!(m[bottom - 1][c]); }
                bottom -= 1;
            }
            if left < right { let part = &m[top..]; yield_!(part.len() as i32); left += 1; log(part.len()); }
        }
    }
    coroutine map_index(graph: HashMap<String, Vec<u32>>) takes (i32) [1] yields (u32) returns (usize) with (HashMap::from([("a".to_string(), vec![1, 2])])) {
        let key = "a".to_string();
        for n in &graph[&key] { yield_!(*n); }
        let list = &graph[&key];
        for n in list { yield_!(*n + 10); }
        for n in graph["a"].iter() { yield_!(*n + 20); }
        key.len()
    }
    coroutine map_index_mut_key(graph: BTreeMap<u32, Vec<u32>>) takes (i32) [1] yields (u32) returns (usize) with (BTreeMap::from([(1, vec![1, 2]), (2, vec![])])) {
        let mut key = 1;
        while let Some(next) = graph.get(&key) {
            yield_!(next.len() as u32);
            let now = key;
            for n in &graph[&now] { yield_!(*n); }
            key += 1;
        }
        graph.len()
    }

    coroutine range_that_suspends(list: Vec<u32>, guard: D) takes (usize) [1, 2, 3] yields (usize) returns (usize)
        with (vec![1, 2, 3, 4], D("guard"))
    {
        let head = &list[..yield_!(0)];
        yield_!(head.len());
        let part = &list[v("start", yield_!(1)) - 1..yield_!(guard.name().len()) + 1];
        log(part.len());
        yield_!(part.len() + head.len());
        let one = &list[yield_!(2)];
        yield_!(3);
        part.len() + *one as usize
    }

    coroutine element_that_suspends_and_changes(mut list: [u32; 4]) takes (usize) [1, 2, 3] yields (usize) returns (u32)
        with ([1, 2, 3, 4])
    {
        let slot = &mut list[yield_!(0)];
        *slot += 5;
        yield_!(1);
        *slot += 10;
        let part = &mut list[yield_!(2) - 1..];
        part[0] += 100;
        yield_!(part.len());
        part[1] = 7;
        list.iter().sum()
    }

    iterator changed_in_the_loop(list: Vec<Vec<u32>>) yields (u32) with (vec![vec![1, 2], vec![3, 4], vec![5, 6]]) {
        use std::ops::AddAssign;
        macro_rules! next { ($n:ident) => { $n += 1 } }
        let mut row = 0;
        for n in &list[row] { yield_!(*n); row = 1; }
        for n in &list[row] { yield_!(*n); row += 1; yield_!(row as u32); }
        row = 0;
        for n in list[row].iter().rev() { yield_!(*n); next!(row); }
        row = 0;
        for n in &list[row] { yield_!(*n); row.add_assign(1); }
        row = 0;
        for n in &list[row] { yield_!(*n); let mut step = || row += 1; step(); }
        row = 0;
        for n in &list[row..] { yield_!(n[0]); (row, _) = (2, 0); }
        row = 0;
        for n in &list[row] { yield_!(*n); if let ref mut r = row { *r += 1; } }
        row = 0;
        for n in &list[row] { yield_!(*n); let r = &mut row; *r += 1; }
        yield_!(row as u32);
    }

    iterator unchanged_in_the_loop(mut list: Vec<Vec<u32>>) yields (u32) with (vec![vec![1, 2], vec![3, 4], vec![5, 6]]) {
        let (mut low, mut high) = (0, list.len());
        while low < high {
            for n in &list[low] { yield_!(*n); log(low); }
            low += 1;
            for part in list[low..high].iter_mut().rev() { part[0] += high as u32; yield_!(part[0]); }
            high -= 1;
        }
        yield_!(low as u32);
    }
}
