//! Loops over a borrow of a local, with a suspension in the body.

use std::collections::VecDeque;

use crate::harness::{D, log};

differential! {
    iterator shared_reference() yields (i32) {
        let numbers = vec![1, 2, 3];
        for n in &numbers { yield_!(*n); }
        for n in &numbers { yield_!(n * 10); }
        yield_!(numbers.len() as i32);
    }

    iterator iter_method() yields (i32) {
        let numbers = [1, 2, 3];
        for n in numbers.iter() { yield_!(*n); yield_!(n * 10); }
        yield_!(numbers[0]);
    }

    iterator mutable_reference() yields (String) {
        let mut words = vec!["a".to_owned(), "b".to_owned()];
        for word in &mut words {
            word.push('1');
            yield_!(word.clone());
            word.push('2');
        }
        yield_!(words.concat());
    }

    iterator iter_mut_method() yields (u32) {
        let mut counts = VecDeque::from([1, 2, 3]);
        for count in counts.iter_mut() {
            *count *= 2;
            yield_!(*count);
            *count += 100;
        }
        yield_!(counts.iter().sum());
    }

    iterator fields() yields (usize) {
        struct Table { rows: Vec<Vec<usize>>, seen: usize }
        let mut table = Table { rows: vec![vec![1, 2], vec![], vec![3]], seen: 0 };
        for row in &table.rows {
            for cell in row { yield_!(*cell); }
            table.seen += row.len();
        }
        for row in table.rows.iter_mut() {
            row.push(table.seen);
            yield_!(row.len());
            table.seen += 1;
        }
        yield_!(table.seen);
    }

    iterator patterns_in_the_loop() yields (i32) {
        let pairs = vec![(1, "one"), (2, "two")];
        for (n, name) in &pairs { yield_!(*n); yield_!(name.len() as i32 + n); }
        for &(n, _) in &pairs { yield_!(n); yield_!(n * 5); }
        for &(n, name) in pairs.iter() { yield_!(n); log(name); }
    }

    iterator jumps_in_the_loop() yields (i32) {
        let numbers = vec![1, 2, 3, 4];
        'outer: for n in &numbers {
            let _round = D("round");
            if *n == 1 { continue }
            for m in numbers.iter() {
                if m > n { continue 'outer }
                if *n == 4 { break 'outer }
                yield_!(n * m);
            }
            yield_!(-n);
        }
        yield_!(0);
    }

    iterator guards_in_a_list() yields (usize) {
        let _before = D("before");
        let list = vec![D("one"), D("two")];
        let _after = D("after");
        for d in &list { yield_!(d.name().len()); log(d.name()); }
        yield_!(list.len());
    }

    iterator slice_of_a_local() yields (i32) {
        let numbers = vec![1, 2, 3, 4];
        for n in &numbers[1..3] { yield_!(*n); }
        let part = &numbers[2..];
        for n in part { yield_!(n * 10); }
    }

    iterator nested_lists() yields (i32) {
        let grid = [[1, 2], [3, 4]];
        for row in &grid { for cell in row.iter() { yield_!(*cell); } yield_!(row[0] * 100); }
    }

    iterator collected_then_looped() yields (String) {
        let text = String::from("a b c");
        let count = {
            let words: Vec<&str> = text.split(' ').collect();
            words.len()
        };
        yield_!(count.to_string());
        let owned: Vec<String> = text.split(' ').map(str::to_owned).collect();
        for word in &owned { yield_!(word.repeat(2)); }
        yield_!(text);
    }

    coroutine with_inputs() takes (i32) [10, 20] yields (i32) returns (Vec<i32>) {
        let mut numbers = vec![1, 2, 3];
        for n in &mut numbers { *n += yield_!(*n); }
        let factors = vec![2, 3];
        for factor in &factors { for n in numbers.iter_mut() { *n *= factor; } yield_!(*factor); }
        numbers
    }

    iterator argument_by_reference(numbers: &[i32], names: &Vec<String>) yields (usize)
        with (&[1, 2], &names) given { let names = vec!["a".to_owned(), "bc".to_owned()]; }
    {
        for n in numbers { yield_!(*n as usize); }
        for (name, n) in names.iter().zip(numbers) { yield_!(name.len() + *n as usize); }
        for name in names { for c in name.chars() { yield_!(c as usize); } }
    }

    iterator argument_by_mutable_reference(numbers: &mut [i32]) yields (i32)
        with (&mut numbers) given { let mut numbers = [1, 2]; } then { log(format_args!("{numbers:?}")) }
    {
        for n in numbers.iter_mut() { *n += 1; yield_!(*n); *n *= 2; }
        for n in &mut *numbers { *n += 1; yield_!(*n); *n *= 2; }
        numbers[0] = 0;
    }

    iterator literals() yields (i32) {
        for n in &[1, 2, 3] { yield_!(*n); }
        for name in ["a", "bc"].iter() { yield_!(name.len() as i32); }
        let k = 7;
        for n in &[k, k + 1] { yield_!(*n); }
        for n in &mut [k, 2] { *n += 1; yield_!(*n); }
        for n in &vec![k; 2] { yield_!(*n); }
        for d in &[D("one"), D("two")] { yield_!(0); log(d.name()); }
        log("end");
    }

    iterator ranges_and_options() yields (i32) {
        for i in (0..3).rev() { yield_!(i); }
        for i in (0..10).step_by(4).chain([1, 2]) { yield_!(i); }
        for c in ('a'..='c').skip(1) { yield_!(c as i32); }
        let option = Some(3);
        for n in option { yield_!(n); }
        for n in option.iter() { yield_!(*n); }
        for n in &option { yield_!(n + 1); }
    }

    iterator shared_and_boxed_lists() yields (i32) {
        let boxed: Box<[i32]> = Box::new([1, 2]);
        for n in boxed.iter() { yield_!(*n); }
        let shared = std::rc::Rc::new(vec![3, 4]);
        for n in shared.iter() { yield_!(*n); }
        for n in &*shared { yield_!(n * 10); }
        let list = vec![5, 6];
        let list = &list;
        for n in list { yield_!(*n); }
        for n in list.iter() { yield_!(n * 10); }
    }

    iterator owned_array_argument(numbers: [i32; 3]) yields (i32) with ([1, 2, 3]) {
        for n in &numbers { yield_!(*n); }
        for n in numbers { yield_!(n * 10); }
    }
}
