//! Loops over an iterator of std's that borrows a local, with a suspension in the body: the iterator is made again.

use std::collections::VecDeque;

use crate::harness::{D, log, v};

differential! {
    iterator characters(text: String) yields (char) with ("aé€b".to_owned()) {
        for c in text.chars() {
            if c == '€' { continue; }
            yield_!(c);
            log(c);
        }
        yield_!(text.chars().rev().next().unwrap());
    }

    iterator characters_with_indices(n: u32) yields ((usize, char)) with (7) {
        let text = format!("{n}é{n}");
        'text: for (i, c) in text.char_indices() {
            for digit in text.bytes() {
                yield_!((i, digit as char));
                if i > 0 { continue 'text; }
            }
            yield_!((i, c));
        }
    }

    iterator windows(list: Vec<D>) yields (usize) with (vec![D("a"), D("bb"), D("ccc")]) {
        for w in list.windows(v("size", 2)) {
            yield_!(w[0].0.len());
            log(w[1].0);
            yield_!(w.len());
        }
        for (i, w) in list.windows(4 - list.len()).enumerate() { yield_!(i + w.len()); }
    }

    iterator chunks() yields (u32) {
        let list = [1, 2, 3, 4, 5];
        for part in list.chunks(2) { yield_!(part.iter().sum()); yield_!(part[0]); }
        for part in list.chunks_exact(2) { yield_!(part[1]); }
        for part in list.rchunks(3) { yield_!(part[0]); }
        for (i, part) in list.chunks(3).rev().enumerate() { yield_!(part[i]); yield_!(i as u32); }
    }

    iterator adapted(list: Vec<u32>) yields (u32) with (vec![1, 2, 3, 4, 5, 6]) {
        for n in list.iter().rev() { yield_!(*n); }
        for n in list.iter().skip(v("skip", 2)).step_by(2) { yield_!(*n); yield_!(n * 10); }
        for (i, n) in list.iter().take(3).rev().copied().enumerate() { yield_!(n); yield_!(i as u32); }
    }

    iterator typed_parts(list: Vec<u32>) yields (u32) with (vec![4, 1, 5, 2]) {
        let (low, high): (Vec<u32>, Vec<u32>) = list.into_iter().partition(|n| *n < 3);
        for n in high.iter().rev() { yield_!(*n); }
        yield_!(low.len() as u32);
    }

    iterator queue() yields (usize) {
        let mut queue: VecDeque<D> = VecDeque::from([D("x"), D("yy")]);
        queue.push_front(D("front"));
        for d in queue.iter().rev() { yield_!(d.0.len()); log(d.0); }
        queue.clear();
        yield_!(0);
    }

    iterator out_of_bounds(list: Vec<u32>) yields (u32) with (vec![1, 2]) {
        for w in list.windows(list.len() - 2) { yield_!(w[0]); }
    }

    coroutine with_inputs(text: String) takes (char) ['b', 'x', 'é'] yields (char) returns (usize) with ("abé".to_owned()) {
        let mut same = 0;
        for c in text.chars() {
            if yield_!(c) == c { same += 1; }
        }
        same + text.len()
    }

    iterator named_as_ours(position: Vec<u32>, count: usize) yields (u32) with (vec![1, 2, 3], 1) {
        for x in position.iter().skip(count + 0) {
            let (position, count) = (9, 8);
            yield_!(*x);
            yield_!(position + count + *x);
        }
        log(count);
    }

    iterator suspending_arguments(list: Vec<D>) yields (usize) with (vec![D("a"), D("bb"), D("ccc")]) {
        for d in list.iter().skip({ yield_!(77); 1 }).take({ yield_!(78); v("two", 2) }) { yield_!(d.0.len()); }
        for (i, w) in list.windows({ let guard = D("g"); yield_!(79); log("in"); guard.0.len() }).enumerate() {
            yield_!(i + w.len());
            log(i);
        }
    }

    iterator arguments_with_temporaries(list: Vec<D>) yields (usize) with (vec![D("a"), D("bb")]) {
        for d in list.iter().skip(D("temporary").0.len() - 8) { yield_!(d.0.len()); log("body"); }
        log("after");
    }

    iterator of_boxed_lists(list: Box<[D]>, text: Box<str>) yields (usize)
        with (vec![D("a"), D("bb"), D("ccc")].into_boxed_slice(), "aé".into()) {
        for w in list.windows(2) { yield_!(w[0].0.len()); log(w[1].0); }
        for d in list.iter().rev().skip(1) { yield_!(d.0.len()); log(d.0); }
        for c in text.chars() { yield_!(c.len_utf8()); log(c); }
        let numbers = vec![1, 2, 3].into_boxed_slice();
        for part in numbers.chunks(v("size", 2)) { yield_!(part[0]); }
        let text = text.to_uppercase().into_boxed_str();
        for (i, c) in text.char_indices() { yield_!(i); log(c); }
    }

    iterator of_collected(list: Vec<D>) yields (usize) with (vec![D("a"), D("bb"), D("ccc")]) {
        let list = list.into_iter().rev().collect::<Vec<_>>();
        for w in list.windows(2) { yield_!(w[0].0.len()); log(w[1].0); }
        let text = list.iter().map(|d| d.0).collect::<String>();
        for c in text.chars() { yield_!(c.len_utf8()); log(c); }
    }

    iterator backwards(mut list: Vec<D>, mut queue: VecDeque<u32>) yields (usize) with (vec![D("a"), D("bb"), D("ccc")], VecDeque::from([1, 2, 3])) {
        for d in list.iter().rev() { yield_!(d.0.len()); log(d.0); }
        for d in list.iter_mut().rev() { yield_!(d.0.len()); d.0 = "new"; }
        for (i, d) in list[1..].iter().rev().enumerate() { yield_!(i); log(d.0); }
        for n in queue.iter_mut().rev() { *n *= 2; yield_!(*n as usize); *n += 1; }
        for n in queue.iter().copied().rev() { yield_!(n as usize); }
        for mut n in queue.iter().rev().copied() { n += 1; yield_!(n as usize); log(n); }
    }

    iterator backwards_in_parts() yields (u32) {
        struct Table { rows: Vec<Vec<u32>>, limit: u32 }
        fn table() -> Table { Table { rows: vec![vec![1, 2], vec![3, 4, 5]], limit: 4 } }
        fn list() -> Vec<u32> { vec![7, 8] }
        let mut table = table();
        'rows: for row in table.rows.iter().rev() {
            for n in row.iter().rev() {
                if *n > table.limit { continue; }
                yield_!(*n);
                if *n == 1 { break 'rows; }
            }
        }
        let r = 1;
        for n in table.rows[r].iter_mut().rev() { *n += 1; yield_!(*n); }
        for n in list().iter().rev() { yield_!(*n); }
        let unknown = list();
        for n in unknown.iter().rev() { yield_!(*n); }
    }

    iterator characters_backwards(text: String) yields (String) with ("aé€b".to_owned()) {
        for c in text.chars().rev() { if c == '€' { continue; } yield_!(c.to_string()); log(c); }
        for (i, c) in text.char_indices().rev() { yield_!(format!("{i}{c}")); log(i); }
        for (n, c) in text.chars().enumerate() {
            if c == 'é' { continue; }
            yield_!(format!("{n}{c}"));
            log(n);
        }
        for (n, (i, c)) in text.char_indices().rev().enumerate() { yield_!(format!("{n}{i}{c}")); }
        let empty = String::new();
        for c in empty.chars().rev() { yield_!(c.to_string()); }
    }

    iterator changed_in_parts(mut list: Vec<u32>) yields (u32) with (vec![1, 2, 3, 4, 5]) {
        for part in list.chunks_mut(v("size", 2)) { part[0] += 10; yield_!(part[0]); part[0] += 1; }
        for part in list.chunks_exact_mut(2).rev() { part[1] += 10; yield_!(part[1]); }
        for part in list.rchunks_mut(3) { yield_!(part[0]); part[0] = 0; }
        for n in list.iter_mut().skip(1).step_by(2) { *n += 100; yield_!(*n); }
        for n in list.iter_mut().take(2) { *n += 1000; yield_!(*n); *n -= 1; }
        for (i, n) in list.iter_mut().enumerate().rev() { *n += i as u32; yield_!(*n); }
        for pair in list.iter().enumerate().skip(3) { yield_!(pair.0 as u32 + *pair.1); log(pair.0); }
        yield_!(list.iter().sum());
    }

    iterator views(text: String, list: Vec<u8>) yields (u8) with ("ab".into(), vec![1, 2, 3]) {
        for b in text.as_bytes() { yield_!(*b); log(b); }
        for w in text.as_bytes().windows(2) { yield_!(w[1]); }
        for (i, c) in text.as_str().char_indices() { yield_!(c as u8 + i as u8); }
        for n in list.as_slice() { yield_!(*n); }
        for n in list.as_slice().iter().rev() { yield_!(*n); }
    }
}
