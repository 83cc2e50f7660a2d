//! Temporaries: how long they live around a suspension.

use std::cell::{Cell, RefCell};

use crate::harness::{D, log, record, v};

fn make(name: &'static str) -> D {
    D(name)
}

fn find(d: &D, n: usize) -> Option<usize> {
    (d.name().len() > n).then_some(n)
}

fn count(list: &[D]) -> usize {
    log("count");
    list.len()
}

/// What is compared with numbers and texts, and has a drop.
struct Number(u32);

impl PartialEq<u32> for Number {
    fn eq(&self, n: &u32) -> bool {
        log(format!("{} == {n}", self.0));
        self.0 == *n
    }
}

impl PartialEq<Number> for u32 {
    fn eq(&self, number: &Number) -> bool {
        number == self
    }
}

impl PartialEq<&str> for Number {
    fn eq(&self, text: &&str) -> bool {
        log(format!("{} == {text}", self.0));
        self.0.to_string() == *text
    }
}

impl PartialEq<Number> for &str {
    fn eq(&self, number: &Number) -> bool {
        number == self
    }
}

impl Drop for Number {
    fn drop(&mut self) {
        record(format!("drop {}", self.0));
    }
}

struct Numbers(Cell<u32>);

impl Numbers {
    /// Under the name of what gives guards.
    fn read(&self) -> Number {
        Number(self.0.replace(self.0.get() + 1))
    }
}

differential! {
    coroutine part_of_an_input() takes (Vec<D>) [vec![D("a"), D("b")], vec![]] yields (usize) returns (usize) {
        match &yield_!(1)[..] {
            [_, second] => { yield_!(second.0.len()); log("two"); }
            [] => return 0,
            _ => {}
        }
        let n = count(&yield_!(2)[..]) + count(&mut yield_!(3)[..0]);
        n + yield_!(4).len()
    }

    iterator of_a_match() yields (usize) {
        match find(&make("scrutinee"), 3) {
            Some(n) => { yield_!(n); log("arm"); }
            None => yield_!(0),
        }
        log("end");
    }

    iterator of_an_if_let() yields (usize) {
        if let Some(n) = find(&make("then"), 3) { yield_!(n); log("then") } else { yield_!(0); }
        log("between");
        if let Some(n) = find(&make("else"), 30) { yield_!(n); } else { yield_!(7); log("else") }
        log("end");
    }

    iterator of_a_comparison() yields (u32) {
        let both = (make("a") == make("b"), yield_!(1));
        log(if both.0 { "same" } else { "others" });
        let older = make("older");
        let list = [make("c") < make("d"), older != { yield_!(2); make("e") }, { yield_!(3); true }];
        log(if list[0] { "less" } else { "more" });
        yield_!(u32::from(make("f") == older));
        match make("g") >= make("h") {
            true => yield_!(4),
            false => yield_!(5),
        }
    }

    iterator of_a_comparison_with_a_literal() yields (u32) {
        let both = (Number(3) == 3, yield_!(1));
        log(if both.0 { "same" } else { "others" });
        yield_!(u32::from(Number(4) == 3));
        yield_!(if { v("older", 1) } > 0 && Number(5) != "5" { 1 } else { 0 });
        log("between");
        match Number(6) == 6 {
            true => yield_!(u32::from("7" == Number(7))),
            false => yield_!(3),
        }
        let sum = u32::from(Number(8) == 8) + u32::from(3 == Number(9)) + { yield_!(4); 5 };
        yield_!(sum);
        while Number(10) == 10 && { yield_!(6); true } {
            yield_!(7);
            break;
        }
        let mut numbers = Numbers(Cell::new(11));
        yield_!(u32::from(numbers.read() == 11));
        match numbers.read() == 12 {
            true => yield_!(8),
            false => yield_!(9),
        }
        numbers.0 = Cell::new(0);
    }

    iterator of_an_if() yields (usize) {
        if make("condition").name().len() > 3 { yield_!(1); log("then") }
        if make("other").name().len() > 30 { yield_!(2); } else { yield_!(3); log("else") }
    }

    iterator of_a_while_let() yields (usize) {
        let mut n = 0;
        while let Some(m) = find(&make("head"), n) { yield_!(m); n += 2; log("end of round"); }
        log("end");
    }

    iterator of_a_for() yields (char) {
        for c in make("ab").name().chars() { yield_!(c); log("end of round"); }
        log("end");
    }

    iterator of_a_let_else() yields (usize) {
        let Some(n) = find(&make("value"), 2) else { return };
        yield_!(n);
        let Some(n) = find(&make("other"), 9) else { yield_!(0); log("else"); return };
        yield_!(n);
    }

    iterator of_a_statement() yields (usize) {
        let n = find(&make("statement"), 1).unwrap();
        yield_!(n);
        log(make("logged").name());
        yield_!(make("yielded").name().len());
        let m = { make("tail").name().len() };
        yield_!(m);
    }

    iterator in_a_nested_match() yields (usize) {
        let outer = match find(&make("outer"), 1) {
            Some(n) => match find(&make("inner"), n) {
                Some(m) => { yield_!(m); m + 1 }
                None => 0,
            },
            None => 5,
        };
        log("between");
        yield_!(outer);
    }

    iterator guard_is_bound_first() yields (usize) {
        let cell = RefCell::new(vec![1, 2]);
        let length = { let list = cell.borrow(); list.len() };
        yield_!(length);
        let popped = cell.borrow_mut().pop();
        match popped { Some(n) => { yield_!(n); cell.borrow_mut().push(9); } None => {} }
        let length = cell.borrow().len();
        yield_!(length);
    }

    iterator jump_out_of_a_scrutinee() yields (usize) {
        for i in 0..3 {
            match find(&make("scrutinee"), i) {
                Some(1) => continue,
                Some(2) => { yield_!(2); break }
                Some(n) => { yield_!(n); log("arm") }
                None => return,
            }
            log("end of round");
        }
        log("end");
    }

    coroutine return_out_of_a_scrutinee() takes (i32) [1] yields (usize) returns (D) {
        match find(&make("scrutinee"), 1) {
            Some(n) => { yield_!(n); return make("returned") }
            None => make("none"),
        }
    }

    iterator extended_by_let() yields (usize) {
        let d = &make("extended");
        let pair = (&make("in a tuple"), 1);
        log(pair.0.name());
        yield_!(pair.1);
        log(d.name());
        yield_!(2);
    }

    iterator extended_in_other_forms() yields (usize) {
        let ref by_ref = make("by ref");
        yield_!(1);
        let name = &make("of a field").0;
        yield_!(name.len());
        let list = [&make("in an array")];
        yield_!(list.len());
        let object: &dyn std::fmt::Debug = &make("object");
        yield_!(2);
        log(format_args!("{object:?}"));
        yield_!(by_ref.name().len());
    }

    coroutine nested_in_operands() takes (usize) [1, 0] yields (usize) returns (usize) {
        fn with(d: &D, n: usize) -> usize { log(d.name()); n }
        let n = [6, with(&make("element"), 9)][yield_!(1) & 1];
        log("between");
        let m = n.max(with(&make("argument"), 3)) + (with(&make("in a tuple"), 2), yield_!(2)).0;
        log("end");
        [with(&make("tail"), 9), m][yield_!(3) & 1]
    }

    coroutine value_of_a_suspending_scrutinee() takes (D) [D("one"), D("two")] yields (usize) returns (usize) {
        match yield_!(1).name().len() { n => { let m = n + yield_!(2).name().len(); log("arm"); m } }
    }

    iterator of_what_is_yielded(d: D, lock: &std::sync::Mutex<Vec<usize>>) yields (usize)
        with (D("argument"), &lock) given { let lock = std::sync::Mutex::new(vec![1, 2]); } {
        yield_!(make("yielded").name().len());
        log(lock.try_lock().is_ok());
        yield_!(lock.lock().unwrap().len());
        log(lock.try_lock().is_ok());
        yield_!(lock.lock().unwrap()[1] + make("other").name().len());
        yield_!(with(&make("argument of a call"), d.name().len()) * 2);
        { yield_!(make("block").name().len()); log("in the block"); }
        log("end");
        yield_!(make("tail").name().len())
    }

    iterator of_what_is_yielded_in_branches(n: usize) yields (usize) with (2) {
        for i in 0..n {
            let _guard = make("guard");
            if i == 0 { yield_!(make("then").name().len()); continue; } else { yield_!(make("else").name().len()) }
            match i { 1 => yield_!(with(&make("arm"), i)), _ => {} }
            log("end of round");
        }
    }

    coroutine of_yields_in_operands() takes (usize) [1, 0] yields (usize) returns (usize) {
        let n = yield_!(make("first").name().len()) + yield_!(with(&make("second"), 7));
        log("between");
        let m = with(&make("before"), yield_!(*std::rc::Rc::new((make("in an Rc"), 3)).1.as_ref_usize()));
        if yield_!(make("condition").name().len()) > 0 { log("then") }
        while yield_!(make("while").name().len()) > 0 { log("round") }
        match yield_!(make("scrutinee").name().len()) { k => { log("arm"); yield_!(k) } };
        n + m
    }

    iterator dereferenced() yields (usize) {
        match *Counted(make("matched"), 1) { 1 => { yield_!(1); log("arm"); } n => yield_!(n) }
        log("between");
        if let 2 = *Counted(make("if let"), 2) { yield_!(2); log("then"); }
        log("between");
        yield_!(*Counted(make("yielded"), 3));
        log("end");
    }

    iterator values_are_no_temporaries() yields (D) {
        yield_!(make("value"));
        yield_!({ make("in a block") });
        yield_!(D(make("consumed").name()));
        yield_!(Some(make("unwrapped")).unwrap());
    }

    coroutine of_yields_beside_exits(n: usize) takes (usize) [1, 2] yields (usize) returns (Option<usize>) with (1) {
        fn opt(d: &D) -> Option<usize> { log(d.name()); (d.name().len() < 6).then_some(3) }
        let a = yield_!(opt(&D("t1"))?) + opt(&D("t2"))?;
        let _g = D("g");
        let b = yield_!(opt(&D("t3"))?.max(yield_!(opt(&D("t4"))?)));
        if yield_!(opt(&D("cond"))?) > 0 && yield_!(opt(&D("and"))?) > 0 && opt(&D("last"))? > 0 { log("then") }
        yield_!(opt(&D("too long"))?);
        Some(a + b)
    }

    coroutine of_delegates() takes (usize) [1] yields (usize) returns (usize) {
        fn inner(d: &D) -> Inner { Inner(d.name().len()) }
        let n = yield_from!(inner(&make("delegate"))) + with(&make("behind"), 2);
        log("end");
        n
    }
}

fn with(d: &D, n: usize) -> usize {
    log(d.name());
    n
}

/// Refers to a number, and drops something.
struct Counted(D, usize);

impl std::ops::Deref for Counted {
    type Target = usize;

    fn deref(&self) -> &usize {
        log(self.0.name());
        &self.1
    }
}

trait AsRefUsize {
    fn as_ref_usize(&self) -> &usize;
}

impl AsRefUsize for usize {
    fn as_ref_usize(&self) -> &usize {
        self
    }
}

/// Yields once.
struct Inner(usize);

impl unawait::Coroutine<usize> for Inner {
    type Yield = usize;
    type Return = usize;

    fn resume(&mut self, _: usize) -> unawait::CoroutineState<usize, usize> {
        match std::mem::take(&mut self.0) {
            0 => unawait::CoroutineState::Complete(1),
            n => unawait::CoroutineState::Yielded(n),
        }
    }
}
