//! In which order operands that are given away and temporaries drop, and when: with their statement, or with the
//! expression that ends its own.

use std::cell::RefCell;

use crate::harness::{D, log, v};

struct Log(D, u32);

impl Log {
    fn at(&self) -> u32 {
        log("at");
        self.1
    }

    fn set(&mut self, at: u32) -> u32 {
        log("set");
        self.1 = at;
        at
    }
}

fn open(name: &'static str) -> Log {
    log(name);
    Log(D(name), 1)
}

fn make(name: &'static str) -> D {
    v(name, D(name))
}

fn found(name: &'static str) -> Option<D> {
    v(name, Some(D(name)))
}

fn mix(a: u32, given: D, b: u32) -> u32 {
    log(format!("mix {}", given.0));
    a ^ b
}

fn add(a: u32, b: u32) -> u32 {
    v("add", a + b)
}

fn look(d: &D) -> u32 {
    v("look", d.0.len() as u32)
}

#[derive(Debug)]
enum Token {
    Word {
        text: D,
        at: u32,
    },
    #[allow(dead_code, reason = "what a pattern leaves")]
    End,
}

fn token(name: &'static str) -> Token {
    v(name, Token::Word { text: D(name), at: 3 })
}

differential! {
    coroutine receiver_in_braces() takes (u32) [1, 2, 3, 4] yields (u32) returns (D) {
        yield_!({ open("first") }.set(yield_!(1)));
        let set = { open("second") }.set(yield_!(2));
        log(set);
        make("end")
    }

    iterator a_borrowed_temporary_without_a_name() yields (u32) {
        let _ = &open("kept");
        yield_!(1);
        let _: &D = &open("field").0;
        yield_!(2);
        let (_, _) = (&make("first"), &make("second"));
        yield_!(3);
    }

    iterator arguments_with_patterns_that_leave((first, mut second): (D, D), _: D, (_, at): (D, u32)) yields (u32)
        with ((D("first"), D("second")), D("unnamed"), (D("rest"), 7))
    {
        drop(first);
        yield_!(at);
        look(&second);
    }

    iterator arguments_with_patterns_that_leave_a_part((_, name): (D, D), (_, at, _): (D, u32, D)) yields (u32)
        with ((D("rest"), D("name")), (D("left"), 7, D("right")))
    {
        yield_!(at);
        drop(name);
        yield_!(at + 1);
    }

    iterator an_unnamed_value_of_branches_is_moved(kept: D, given: D, more: bool) yields (u32)
        with (D("kept"), D("given"), false)
    {
        let _ = { let local = open("local"); yield_!(1); make("value") };
        let _ = if more { yield_!(2); kept } else { given };
        yield_!(3);
        let _ = match more { true => { yield_!(4); make("true") } false => make("false") };
        let _ = loop { yield_!(5); break make("broken"); };
        log("end");
    }

    iterator the_scrutinee_of_an_operand_lives_to_the_end_of_the_statement(n: u32) yields (u32) with (1) {
        let kept = open(match (n, found("scrutinee")) { (0 | 2, Some(_)) => "some", _ => { yield_!(2); "other" } });
        let sum = add(match found("second") { Some(_) => { yield_!(3); 3 } None => 1 }, look(&make("third")));
        let sum = add(match open("guarded").at() { at if at > 9 => 4, _ => { yield_!(2); 3 } }, look(&make("fourth")));
    }

    coroutine given_operands_drop_before_temporaries() takes (u32) [1] yields (u32) returns (u32) {
        let x = mix(1, make("given"), yield_!(open("temporary").at()));
        let y = (make("a"), open("b").at(), yield_!(2)).2;
        let list = [open("c"), open("d"), open(match open("e").at() + yield_!(3) { 2 => "f", _ => "g" })];
        let z = open("receiver").set(mix(open("h").at(), make("i"), yield_!(open("j").at())));
        let nested = mix(1, make("outer"), { let inner = mix(2, make("k"), yield_!(look(&make("l")))); inner });
        let struct_ = Token::Word { text: make("m"), at: yield_!(open("n").at()) };
        let vector = vec![make("o"), D("p"), { yield_!(open("q").at()); make("r") }];
        if n_of(&vector) == 1 { return mix(1, make("s"), yield_!(open("t").at())); }
        x + y + z + nested
    }

    coroutine operands_of_what_ends_its_temporaries_drop_in_turn(n: u32) takes (u32) [1] yields (u32) returns (u32)
        with (1)
    {
        let x = match n { 1 => mix(1, make("arm"), yield_!(open("a").at())), _ => 9 };
        let y = if x > 99 { 1 } else { mix(open("b").at(), make("branch"), yield_!(open("c").at())) };
        if mix(open("d").at(), make("condition"), yield_!(open("e").at())) > 2
            && mix(open("f").at(), make("second"), yield_!(open("g").at())) > 3
        {
            return 1;
        }
        while mix(open("h").at(), make("while"), yield_!(open("i").at())) > 99 {}
        let z = loop { break mix(open("j").at(), make("break"), yield_!(open("k").at())) };
        mix(1, make("tail"), yield_!(open("l").at()))
    }

    coroutine what_a_yielded_match_looks_at_lives_on() takes (u32) [1] yields (u32) returns (u32) {
        yield_!(match found("option") { Some(_) => 1, None => 2 });
        yield_!(match open("receiver").at() { 1 => 1, _ => 2 });
        yield_!(match token("whole") { Token::Word { text, at } => at + look(&text), Token::End => 4 });
        yield_!(matches!(found("macro"), Some(_) if 1 < 2) as u32);
        yield_!(vec![open("element").at(), 3].len() as u32);
        yield_!(if let Some(d) = found("if") { look(&d) } else { 2 });
        3
    }

    iterator what_a_borrowed_match_looks_at_lives_on(a: D, b: D) yields (u32) with (D("a"), D("b")) {
        n_of(&match second(yield_!(1), a) { _ if v("guard", false) => vec![], _ => vec![make("arm")] });
        n_of(&fill(n_of(&vec![second(yield_!(2), b)]), make("inner")));
        yield_!(3);
    }

    iterator guards_behind_references_are_temporaries(cell: &RefCell<D>) yields (u32)
        with (&RefCell::new(D("cell")))
    {
        replace(&mut *lend(cell), second(yield_!(1), make("first")));
        replace(&mut *lend(cell), second(drop(second((), yield_!(2))), { make("block"); make("second") }));
        replace(&mut vec![make("a"), make("b")][v("index", 1)], second(yield_!(3), make("third")));
        look(&*lend(cell));
    }
}

struct Lent<'c>(std::cell::RefMut<'c, D>);

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        log("give back");
    }
}

impl std::ops::Deref for Lent<'_> {
    type Target = D;
    fn deref(&self) -> &D {
        &self.0
    }
}

impl std::ops::DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut D {
        &mut self.0
    }
}

fn lend(cell: &RefCell<D>) -> Lent<'_> {
    Lent(v("lend", cell.borrow_mut()))
}

fn replace(place: &mut D, d: D) {
    drop(std::mem::replace(place, d));
}

fn second<T>((): (), value: T) -> T {
    value
}

fn fill(_n: usize, d: D) -> Vec<D> {
    vec![d]
}

fn n_of(list: &[D]) -> usize {
    list.len()
}
