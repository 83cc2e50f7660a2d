//! Types that are decided only after a suspension, coercions, and the fallbacks.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use crate::harness::{D, log};

trait Animal {
    fn name(&self) -> &'static str;
}

struct Cat;
struct Dog(D);

impl Animal for Cat {
    fn name(&self) -> &'static str {
        "cat"
    }
}

impl Animal for Dog {
    fn name(&self) -> &'static str {
        self.0.name()
    }
}

differential! {
    #[Clone]
    iterator decided_after_a_suspension() yields (usize) {
        let mut list = Vec::new();
        let mut option = None;
        let mut map = BTreeMap::new();
        yield_!(0);
        list.push(1u8);
        yield_!(list.len());
        option = Some("text");
        map.insert(option.unwrap(), list);
        yield_!(map.len());
        yield_!(map["text"].len() + option.map_or(0, str::len));
    }

    iterator decided_after_a_loop() yields (usize) {
        let mut out = Vec::new();
        for word in ["a", "bc"] { out.push(word); yield_!(out.len()); }
        yield_!(out.iter().map(|word| word.len()).sum());
        let mut seen = HashMap::new();
        while seen.len() < 2 { yield_!(seen.len()); seen.insert(seen.len(), "x"); }
        yield_!(seen[&1].len());
    }

    iterator decided_by_the_back_edge() yields (usize) {
        let mut last = Default::default();
        let mut best = None;
        loop {
            yield_!(last);
            if last == 2usize { break }
            last += 1;
            best = best.max(Some(last));
        }
        yield_!(best.unwrap());
    }

    iterator collect_and_parse() yields (u64) {
        let numbers = "1 2 3".split(' ').map(|n| n.parse().ok()).collect::<Vec<_>>();
        yield_!(0);
        let last = "4".parse().ok();
        yield_!(1);
        let list: Vec<Option<u64>> = numbers;
        let last: u64 = last.unwrap();
        yield_!(list.into_iter().flatten().sum::<u64>() + last);
    }

    iterator fallbacks() yields (String) {
        let n = 1;
        let f = 2.5;
        yield_!(format!("{n} {f}"));
        let half = n / 2;
        yield_!(format!("{half} {}", size_of_val(&n) + size_of_val(&f)));
    }

    iterator unsized_at_let(loud: bool) yields (&'static str) with (true) {
        let animal: Box<dyn Animal> = if loud { Box::new(Dog(D("dog"))) } else { Box::new(Cat) };
        yield_!(animal.name());
        let all: Vec<Box<dyn Animal>> = vec![Box::new(Cat), animal];
        yield_!("between");
        for animal in all { yield_!(animal.name()); }
    }

    coroutine coerced_in_suspending_branches() takes (bool) [true, false] yields (&'static str) returns (String) {
        let animal: Box<dyn Animal> = if yield_!("first") { yield_!("second"); Box::new(Cat) } else { Box::new(Dog(D("dog"))) };
        let text: &dyn Debug = &animal.name();
        let text = format!("{text:?}");
        yield_!(animal.name());
        text
    }

    iterator slices_and_arrays() yields (usize) {
        let slice: &[u8] = &[1, 2, 3];
        let empty: [String; 0] = [];
        let array = [0; 4];
        yield_!(slice.len() + empty.len());
        let boxed: Box<[u8]> = Box::new([1, 2]);
        yield_!(boxed.len() + array.len());
        yield_!(slice[array[0]] as usize + boxed.len());
        let text: &str = &String::from("deref");
        yield_!(text.len());
    }

    iterator never_type() yields (i32) {
        let n: i32 = match Some(3) { Some(n) => n, None => return };
        yield_!(n);
        let m = loop { yield_!(5); break 6 };
        let k = if m > 100 { unreachable!() } else { m };
        yield_!(k);
        let result: Result<i32, std::convert::Infallible> = Ok(8);
        let Ok(last) = result;
        yield_!(last);
    }

    iterator into_and_default() yields (String) {
        let text: String = "text".into();
        yield_!(text);
        yield_!("direct".into());
        yield_!(Default::default());
        yield_!(if true { "branch".into() } else { String::new() });
        yield_!(match 1 { 1 => "arm".into(), _ => Default::default() });
    }

    iterator yielded_boxes() yields (Box<dyn Debug>) {
        yield_!(Box::new(1));
        yield_!(Box::new("two"));
        let three: Box<dyn Debug> = Box::new(3.0);
        yield_!(three);
        for n in 4..6 { yield_!(Box::new(n)); }
    }

    coroutine returned_boxes(n: i32) takes (i32) [1] yields (i32) returns (Box<dyn Debug>) with (2) {
        if n == 0 { return Box::new(0) }
        let got = yield_!(n);
        if got == 7 { return Box::new("seven") }
        Box::new(got)
    }

    iterator tuple_of_late_types() yields (usize) {
        let (mut a, mut b) = (Vec::new(), None);
        let mut c = Default::default();
        yield_!(0);
        a.push('x');
        b = Some(a.len());
        yield_!(b.unwrap());
        c = (a.len(), "c");
        yield_!(c.0 + c.1.len());
    }

    iterator closure_argument_found_by_its_call() yields (usize) {
        let mut log_of_calls = Vec::new();
        let add = |list: &mut Vec<_>, item| list.push(item);
        yield_!(0);
        add(&mut log_of_calls, 'x');
        yield_!(log_of_calls.len());
    }

    iterator error_type_found_late() yields (usize) {
        let mut results = vec![];
        results.push(Ok(1));
        yield_!(results.len());
        results.push(Err(D("error")));
        yield_!(results.len());
        let sum: Result<usize, D> = results.into_iter().sum();
        log(sum.is_err());
    }

    iterator boxed_recursion_of_types() yields (usize) {
        enum List { Cons(u8, Box<List>), Nil }
        let mut list = List::Nil;
        for n in 0..3 { list = List::Cons(n, Box::new(list)); yield_!(n as usize); }
        while let List::Cons(n, rest) = list { yield_!(n as usize * 10); list = *rest; }
    }

    coroutine nothing_but_inference() takes (u8) [1, 2, 3] yields (Option<u8>) returns (Vec<u8>) {
        let mut all = vec![];
        let mut last = None;
        while all.len() < 3 {
            let next = yield_!(last);
            all.extend(last);
            last = Some(next);
        }
        all
    }
}
