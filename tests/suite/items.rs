//! Items in the body: used before and after a suspension, before their definition, of one name in two scopes.

use crate::harness::{D, log};

differential! {
    #[Clone]
    iterator functions_before_their_definition() yields (i32) {
        yield_!(double(2));
        fn double(n: i32) -> i32 { n * 2 }
        yield_!(double(triple(1)));
        fn triple(n: i32) -> i32 { n * 3 }
    }

    iterator constants_and_statics() yields (u32) {
        const START: u32 = 5;
        static STEP: u32 = 3;
        let mut n = START;
        for _ in 0..COUNT { yield_!(n); n += STEP; }
        const COUNT: usize = 2;
        yield_!(u32::from(START == n));
    }

    iterator types_and_implementations() yields (String) {
        #[derive(Debug, Clone, Default)]
        struct Point { x: i32, y: i32 }
        impl Point { fn moved(mut self, by: i32) -> Self { self.x += by; self } }
        enum Turn { Left, Right }
        trait Name { fn name(&self) -> &'static str; }
        impl Name for Turn { fn name(&self) -> &'static str { match self { Turn::Left => "left", Turn::Right => "right" } } }
        type Pair = (Point, Turn);
        let pair: Pair = (Point::default(), Turn::Left);
        yield_!(format!("{:?}", pair.0));
        let (first, turn) = pair;
        let point = Point::moved(first, 3);
        yield_!(format!("{point:?}"));
        yield_!(turn.name().to_owned() + Turn::Right.name());
    }

    iterator one_name_in_two_scopes() yields (i32) {
        {
            const N: i32 = 1;
            fn get() -> i32 { N }
            yield_!(get());
            yield_!(get() + N);
        }
        {
            const N: i32 = 20;
            fn get() -> i32 { N + 2 }
            yield_!(get());
            yield_!(get() + N);
        }
        for _ in 0..1 {
            struct N(i32);
            let n = N(5);
            yield_!(n.0);
        }
    }

    iterator imports_in_scopes() yields (usize) {
        use std::collections::BTreeMap as Map;
        let mut map = Map::new();
        map.insert(1, "one");
        yield_!(map.len());
        {
            use std::collections::VecDeque as Map;
            let mut map = Map::from([1, 2]);
            yield_!(map.len());
            map.push_back(3);
            yield_!(map.len());
            let other: Map<u8> = Map::new();
            yield_!(other.len());
        }
        let other: Map<u8, u8> = Map::new();
        yield_!(other.len() + map.len());
    }

    iterator import_of_a_trait_in_a_block() yields (usize) {
        let mut text = String::new();
        for i in 0..2 {
            use std::fmt::Write;
            write!(text, "{i}").unwrap();
            yield_!(text.len());
            text.write_char('x').unwrap();
            yield_!(text.len());
        }
        yield_!(text.len());
    }

    iterator enum_variants_imported() yields (i32) {
        #[derive(Clone, Copy)]
        enum Op { Push(i32), Pop }
        use Op::*;
        let program = [Push(1), Push(2), Pop];
        let mut stack = vec![];
        for op in program {
            match op { Push(n) => { stack.push(n); yield_!(n); } Pop => { stack.pop(); yield_!(-1); } }
        }
        yield_!(stack.len() as i32);
    }

    iterator local_macro_used_later() yields (i32) {
        macro_rules! square { ($n:expr) => { $n * $n }; }
        yield_!(square!(2));
        let n = 3;
        {
            macro_rules! square { ($n:expr) => { $n + 100 }; }
            yield_!(square!(n));
            yield_!(square!(n + 1));
        }
        yield_!(square!(n));
    }

    iterator recursive_inner_function() yields (u64) {
        fn factorial(n: u64) -> u64 { if n < 2 { return 1 } n * factorial(n - 1) }
        for n in 3..6 { yield_!(factorial(n)); }
    }

    iterator generic_inner_items() yields (usize) {
        struct Wrapper<T>(T);
        impl<T: AsRef<str>> Wrapper<T> { const EXTRA: usize = 2; fn size(&self) -> usize { self.0.as_ref().len() + Self::EXTRA } }
        let a = Wrapper("ab");
        yield_!(a.size());
        let b = Wrapper(String::from("abc"));
        yield_!(b.size() + a.size());
    }

    iterator items_with_drops() yields (i32) {
        struct Loud(&'static str);
        impl Drop for Loud { fn drop(&mut self) { log(format_args!("loud {}", self.0)) } }
        let _a = D("a");
        let _loud = Loud("one");
        yield_!(1);
        let _other = Loud("two");
        let _b = D("b");
        yield_!(2);
    }

    iterator generators_inside() yields (u8) {
        #[::unawait::coro]
        fn inner(n: u8) -> impl Iterator<Item = u8> {
            for i in 0..n { yield_!(i); }
        }
        struct Source(u8);
        impl Source {
            #[::unawait::coro]
            fn items(&self) -> impl Iterator<Item = u8> { yield_!(self.0); yield_!(self.0 + 1); }
        }
        yield_!(100);
        yield_from!(inner(2));
        for n in Source(7).items().collect::<Vec<_>>() { yield_!(n); }
    }

    iterator items_of_one_name_at_ends_of_ranges() yields (u32) {
        { const N: u32 = 2; for i in 0..N { yield_!(i); } }
        { const N: u32 = 3; for i in 0..N { yield_!(i); } for i in 0..=N { yield_!(i); } }
    }

    iterator inner_modules_and_use_of_self() yields (i32) {
        mod_free::log_it();
        yield_!(mod_free::N);
        use super::items::mod_free::N as M;
        yield_!(M + 1);
    }
}

mod mod_free {
    pub const N: i32 = 12;

    pub fn log_it() {
        crate::harness::log("module");
    }
}
