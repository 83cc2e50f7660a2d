//! What a statement leaves to drop at its end: parts that a `match` in an operand did not take, values of blocks that nobody
//! looks at, operands that are given away after a suspension.

use crate::harness::{D, log, v};

pub(crate) struct Log(#[allow(dead_code, reason = "it logs its drop")] D, u32);

impl Log {
    pub(crate) fn plus(&self, n: u32) -> u32 {
        v("plus", self.1 + n)
    }

    pub(crate) fn len(&self) -> u32 {
        log("len");
        self.1
    }
}

pub(crate) fn open(name: &'static str) -> Log {
    log(name);
    Log(D(name), 1)
}

pub(crate) fn make(name: &'static str) -> D {
    v(name, D(name))
}

pub(crate) fn mix(given: D, b: u32) -> u32 {
    log(format!("mix {}", given.0));
    b
}

pub(crate) fn count(a: u32, b: u32) -> u32 {
    v("count", a + b)
}

pub(crate) fn take(d: D) -> u32 {
    v("take", d.0.len() as u32)
}

#[derive(Debug)]
pub(crate) enum Token {
    Number(u32, D),
    Word(D, D),
}

pub(crate) fn number() -> Token {
    v("number", Token::Number(3, D("digits")))
}

pub(crate) fn word() -> Token {
    v("word", Token::Word(D("left"), D("right")))
}

differential! {
    coroutine last_expression_gives() takes (()) [()] yields (u32) returns (u32) {
        let x = D("x");
        mix(make("given"), count(open("log").len(), { yield_!(1); 2 }))
    }

    iterator receiver_behind_a_given_operand() yields (u32) {
        let x = (make("given"), open("log").plus({ yield_!(1); v("added", 2) }));
        let y = (make("given"), open("log").plus({ yield_!(1); v("added", 2) }), v("last", 1));
        yield_!(x.1 + y.1);
    }

    coroutine arm_gives() takes (()) [()] yields (u32) returns (u32) {
        let x = D("x");
        match v("n", 3) {
            3 => mix(make("given"), count(open("log").len(), { yield_!(1); 2 })),
            _ => 7,
        }
    }

    iterator condition_gives() yields (u32) {
        let x = D("x");
        if mix(make("given"), count(open("log").len(), { yield_!(1); 2 })) > 0 {
            yield_!(3);
        }
        while mix(make("given"), count(open("log").len(), { yield_!(1); 2 })) > 7 {
            yield_!(3);
        }
    }

    iterator match_in_what_is_yielded() yields (u32) {
        yield_!(match number() { Token::Number(n, _) => n, _ => 0 });
        yield_!(match word() { Token::Word(left, _) => take(left), _ => 0 });
        yield_!(match word() { Token::Word(_, right) => take(right), _ => 0 });
        yield_!(match word() {
            Token::Word(_, right) if right.0 == "left" => take(right),
            Token::Word(left, _) => take(left),
            Token::Number(n, d) => n,
        });
        yield_!(match (make("p"), make("q"), make("r")) { (_, q, _) => take(q) });
        yield_!(if let Token::Word(_, right) = word() { take(right) } else { 0 });
    }

    iterator match_beside_a_suspension() yields (u32) {
        let n = count(match number() { Token::Number(n, _) => n, _ => 0 }, { yield_!(1); 2 });
        let n = count(match word() { Token::Word(left, _) => take(left), _ => 0 }, { yield_!(1); 2 });
        let n = count(match word() { Token::Word(a, _) => { yield_!(4); take(a) } _ => 0 }, { yield_!(1); 2 });
        count({ yield_!(4); match word() { Token::Word(a, _) => take(a), _ => 0 } }, { yield_!(1); 2 });
        yield_!(n);
    }

    iterator match_takes_all_or_nothing() yields (D) {
        let mut results = vec![Ok(D("ok")), Err(D("error"))];
        while let Some(result) = results.pop() {
            yield_!(match v("result", result) { Ok(d) => d, Err(_) => make("other") });
        }
    }

    iterator discarded_block() yields (u32) {
        { let guard = make("guard"); yield_!(1); make("value") };
        'a: { let guard = make("guard"); yield_!(1); if v("b", true) { break 'a make("value"); } make("never") };
        loop { let guard = make("guard"); yield_!(1); break make("value"); };
    }

    iterator discarded_match() yields (u32) {
        let _ = match first(make("matched"), yield_!(1)) { _ => make("value") };
        yield_!(2);
    }

    iterator left_by_a_pattern() yields (u32) {
        let (_, kept) = { yield_!(1); let local = make("local"); (make("left"), make("kept")) };
        yield_!(2);
    }

    iterator left_by_a_chain(b: D, c: D) yields (u32) with (D("b"), D("c")) {
        if let Some(_) = v("first", Some(b)) && let None = v("second", Some(make("other"))) {
            log("then");
        } else {
            let moved = c;
            log("else");
        }
        yield_!(1);
    }

    iterator discarded_branches() yields (u32) {
        if v("b", true) { let guard = make("guard"); yield_!(2); make("value") } else { make("other") };
        (if v("b", true) { let guard = make("guard"); yield_!(2); make("value") } else { make("other") });
        if let Some(guard) = v("some", Some(D("guard"))) { yield_!(2); make("value") } else { make("other") };
    }

    iterator discarded_arms() yields (u32) {
        match number() {
            Token::Number(n, d) => { yield_!(n); make("value") }
            Token::Word(a, _) => { yield_!(1); a }
        };
        match word() {
            Token::Number(n, d) => { let c = v("c", 1); yield_!(n); d }
            Token::Word(a, _) => { yield_!(1); a }
        };
        match v("n", 3) {
            1 => { yield_!(1); make("one") }
            n => { let guard = make("guard"); if n == 3 { yield_!(9); make("x") } else { make("y") } }
        };
    }
}

pub(crate) fn first<A, B>(a: A, b: B) -> A {
    log("first");
    drop(b);
    a
}

differential! {
    iterator guard_that_panics_behind_a_given_operand() yields (D) {
        let x = (
            if let Token::Word(y, _) = first(
                Token::Number(1, D("older")),
                match make("matched") { _g if v("guard", false) => first(2, yield_!(make("yielded"))), a => 3 },
            ) { y } else { make("other") },
            make("last"),
        );
        yield_!(make("end"));
    }

    coroutine guard_that_panics_behind_a_suspension() takes (u32) [1] yields (Option<u32>) returns (()) {
        first(make("older"), match first(make("matched"), yield_!(Some(0))) { c if v("guard", true) => {} x => {} });
        yield_!(None);
    }
}

differential! {
    iterator field_of_a_new_tuple() yields (D) {
        yield_!((make("a"), make("b")).0);
        yield_!((make("a"), make("b")).1);
        yield_!((make("a"), { yield_!(D("z")); make("b") }).0);
        mix((make("q"), yield_!((make("a"), make("b")).0)).0, 1);
        mix(make("q"), { yield_!((make("a"), ((make("b"), make("c")).0)).1); 2 });
    }

    coroutine matched_in_what_is_yielded() takes (u32) [1, 2] yields (u32) returns (u32) {
        yield_!(match (make("a"), make("b")) { (a, _) => take(a) });
        mix(make("c"), yield_!(match (make("a"), make("b")) { (a, _) => take(a) }));
        yield_!(mix(make("c"), yield_!(match (make("a"), make("b")) { (a, _) => take(a) })))
    }

    iterator matched_beside_an_operand(p: &D) yields (u32) with (&p) given { let p = D("p"); } {
        let d = mix(make("a"), match { yield_!(4); (p.clone(), 3) } { (_, n) => take(make("b")) });
    }
}

fn holds(name: &'static str, given: &D) -> bool {
    v(name, !given.0.is_empty())
}

fn both<A, B>(a: A, _b: B) -> A {
    log("both");
    a
}

// A guard panics: what was given away drops before what is matched.
differential! {
    coroutine guard_of_a_suspended_value() takes (u32) [0] yields (u32) returns (u32) {
        both(make("a"), match both(make("b"), yield_!(1)) { c if holds("guard", &c) => 1, _ => 2 });
        both(make("d"), match both(make("e"), yield_!(2)) { c if holds("guard", &c) => yield_!(3), _ => 2 });
        both(3, make("f"))
    }
    coroutine guard_of_a_new_value(c: bool) takes (u32) [0] yields (D) returns (u32) with (true) {
        let _pair = (
            if let Token::Number(2, _) = Token::Number(
                match make("b") { _g if v("guard", c) => both(2, yield_!(make("c"))), _ => return 1 },
                D("a"),
            ) { make("d") } else { return 2; },
            make("e"),
        );
        3
    }
}

// A variable is given away before what is evaluated next.
differential! {
    coroutine variable_then_temporary() takes (u32) [1] yields (u32) returns (u32) {
        let c = make("c");
        let _x = make("x");
        yield_!(mix(c, open("log").len()));
        let d = make("d");
        let _y = make("y");
        mix(d, open("log").len() + yield_!(1))
    }
    coroutine variable_then_what_an_arm_leaves() takes (u32) [1] yields (u32) returns (u32) {
        let c = make("c");
        let _x = make("x");
        mix(c, match (make("a"), make("b")) { (_, _b) => yield_!(1) });
        2
    }
}

// A scrutinee in parentheses has temporaries in the arguments of a macro.
differential! {
    coroutine in_a_macro_in_parentheses(c: bool) takes (u32) [1] yields (u32) returns (u32) with (true) {
        match (vec![mix(make("given"), match make("matched") { _ if v("guard", c) => 1, _ => 2 })]) {
            _list => yield_!(1),
        }
    }
}

// Two of one name but for an underscore are held together.
differential! {
    iterator held_twins(c: bool) yields (u32) with (true) {
        let x = make("x");
        let _x = make("_x");
        if c { drop(x); yield_!(1); } else { drop(_x); yield_!(2); }
        yield_!(3);
        match (make("left"), 3) {
            (_, n) => { yield_!(mix(make("given"), match Token::Number(n, make("token")) { Token::Number(n, _) => n, _ => 2 })); }
        }
        yield_!(4);
    }
}

// What a block gives is moved as a whole, whatever is taken of it; so it is with a scrutinee that is in parentheses.
differential! {
    iterator of_a_moved_block(c: bool) yields (u32) with (true) {
        let _older = make("older");
        let (pair, other) = ((make("left"), make("right")), (make("a"), make("b")));
        let _younger = make("younger");
        let (_left, _) = { yield_!(1); pair };
        log("taken");
        let (_, _right) = if c { yield_!(2); other } else { (make("c"), make("d")) };
        log("taken");
        yield_!(3);
    }
    coroutine of_a_match_in_parentheses(c: bool) takes (u32) [1] yields (u32) returns (u32) with (true) {
        match (match (number()) { Token::Number(_, y) if v("guard", c) => v("then", 1), _ => 2 }) { n => { yield_!(n); } }
        mix(make("given"), match (match word() { Token::Word(x, _) => 1, Token::Number(..) => 2 }) { n => yield_!(n) })
    }
}

// What is known of a variable of ours is known of no other one that has its name in another attempt.
differential! {
    coroutine of_one_that_was_a_number(c: bool) takes (u32) [1] yields (u32) returns (u32) with (false) {
        yield_!(match (match (make("left"), make("right")) { (a, b) if c => (b, a), _ => (make("c"), make("d")) }) {
            _ if v("again", true) => 2,
            _ => return 3,
        });
        yield_!({ yield_!(1); 2 });
        4
    }
}
