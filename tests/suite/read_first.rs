//! Receivers that are `Copy`, and changed by an argument of their own method that suspends.

use crate::harness::{D, log, v};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Open,
    Shut,
}

impl Mode {
    fn after(self, n: u32) -> Mode {
        log(format!("{self:?} after {n}"));
        if n > 3 { Mode::Shut } else { self }
    }

    fn is(&self, n: u32) -> bool {
        log(format!("{self:?} is {n}"));
        *self == Mode::Open
    }

    fn shut(&mut self, n: u32) -> u32 {
        *self = Mode::Shut;
        n
    }
}

struct Reader {
    mode: Mode,
    sum: u32,
    name: D,
    row: [u32; 2],
}

impl Reader {
    fn new() -> Self {
        Reader {
            mode: Mode::Open,
            sum: 1,
            name: D("name"),
            row: [5, 6],
        }
    }

    fn next(&mut self) -> u32 {
        log("next");
        self.sum += 1;
        self.row[1] += 10;
        self.mode = Mode::Shut;
        self.sum
    }

    fn seen(&self) -> u32 {
        log("seen");
        self.sum
    }
}

trait Rename {
    fn rename(&mut self, name: &'static str);
    fn same(&self, n: u32) -> u32;
}

impl Rename for D {
    fn rename(&mut self, name: &'static str) {
        *self = D(name);
    }

    fn same(&self, n: u32) -> u32 {
        self.name().len() as u32 + n
    }
}

fn next_of(reader: &mut Reader) -> u32 {
    reader.next()
}

differential! {
    coroutine field_taken_and_changed() takes (u32) [3, 9] yields (u32) returns (Mode) {
        let mut reader = Reader::new();
        let mode = reader.mode.after(yield_!(reader.next()));
        log(format!("{mode:?} {:?}", reader.mode));
        reader.mode = Mode::Open;
        reader.mode = reader.mode.after(yield_!(reader.next()));
        reader.mode
    }

    coroutine field_of_an_argument(reader: &mut Reader) takes (u32) [3] yields (u32) returns (Mode)
        with (&mut reader) given { let mut reader = Reader::new(); }
    {
        let mode = reader.mode.after(yield_!(next_of(reader)));
        log(format!("{:?}", reader.mode));
        mode
    }

    coroutine field_borrowed_beside_a_look() takes (u32) [3, 4] yields (u32) returns (u32) {
        let mut reader = Reader::new();
        let open = reader.mode.is(yield_!(reader.seen()));
        log(open);
        let n = reader.mode.shut(yield_!(reader.seen()));
        log(format!("{:?}", reader.mode));
        n
    }

    coroutine field_with_a_drop_beside_a_look() takes (u32) [3] yields (u32) returns (u32) {
        let mut reader = Reader::new();
        reader.name.rename({ log(yield_!(reader.seen())); "another" });
        reader.name.same(yield_!(reader.seen()))
    }

    coroutine number_that_is_changed() takes (u32) [3, 4] yields (u32) returns (u32) {
        let mut reader = Reader::new();
        reader.sum = reader.sum.wrapping_add(yield_!(reader.next()));
        reader.sum = reader.sum.max({ let n = yield_!(1); reader.next() + n });
        reader.sum.pow(yield_!(reader.seen()) % 3)
    }

    coroutine element_that_is_changed() takes (u32) [3] yields (u32) returns (u32) {
        let mut reader = Reader::new();
        let n = reader.row[1].saturating_sub(yield_!(reader.next()));
        n * 100 + reader.row[1]
    }

    coroutine variable_that_is_looked_at() takes (u32) [3] yields (u32) returns (u32) {
        let mut mode = Mode::Open;
        if mode.is(yield_!(v("open", mode.is(1) as u32))) {
            return mode.shut(yield_!(2));
        }
        0
    }
}

struct Table {
    operation: fn(u32) -> u32,
    count: u32,
}

impl Table {
    fn next(&mut self) -> u32 {
        self.operation = less;
        self.count += 1;
        self.count
    }

    fn seen(&self) -> u32 {
        self.count
    }
}

fn more(n: u32) -> u32 {
    log("more");
    n + 1
}

fn less(n: u32) -> u32 {
    log("less");
    n - 1
}

fn longer(d: D) -> impl Fn(usize) -> usize {
    move |n| d.name().len() + n
}

struct Called<F> {
    function: F,
    count: u32,
}

impl<F> Called<F> {
    fn seen(&self) -> u32 {
        self.count
    }
}

differential! {
    coroutine function_that_is_replaced() takes (u32) [3] yields (u32) returns (u32) {
        let mut table = Table { operation: more, count: 0 };
        let n = (table.operation)(yield_!(table.next()));
        n * 10 + (table.operation)(yield_!(table.seen()))
    }

    coroutine closure_beside_a_look(d: D) takes (usize) [3] yields (u32) returns (usize)
        with (D("d"))
    {
        let mut called = Called { function: longer(d), count: 1 };
        called.count += 1;
        (called.function)(yield_!(called.seen()))
    }
}
