//! What is scratch.

use crate::harness::{D, log, v};

struct Log(D, u32);

impl Log {
    fn len(&self) -> u32 {
        log("len");
        self.1
    }
}

fn open(name: &'static str) -> Log {
    log(name);
    Log(D(name), 1)
}

fn make(name: &'static str) -> D {
    v(name, D(name))
}

fn mix(given: D, b: u32) -> u32 {
    log(format!("mix {}", given.0));
    b
}

fn count(a: u32, b: u32) -> u32 {
    v("count", a + b)
}

#[derive(Debug)]
enum Token {
    Number(u32, D),
    #[allow(dead_code)]
    Word(D, D),
}

fn token(name: &'static str) -> Token {
    v(name, Token::Number(3, D(name)))
}

fn word() -> Token {
    v("word", Token::Word(D("a"), D("b")))
}

fn take(d: D) -> u32 { v("take", d.0.len() as u32) }

differential! {
    coroutine last_gives() takes (()) [()] yields (u32) returns (u32) {
        let x = D("x");
        mix(make("given"), count(open("log").len(), { yield_!(1); 2 }))
    }
    iterator condition_gives() yields (u32) {
        let x = D("x");
        if mix(make("given"), count(open("log").len(), { yield_!(1); 2 })) > 0 { yield_!(3); }
        while mix(make("given"), count(open("log").len(), { yield_!(1); 2 })) > 7 { yield_!(3); }
    }
    iterator match_in_operand() yields (u32) {
        yield_!(match token("t") { Token::Number(n, _) => n, _ => 0 });
        yield_!(match word() { Token::Word(a, _) => take(a), _ => 0 });
        yield_!(match word() { Token::Word(_, a) => take(a), _ => 0 });
        yield_!(match word() { Token::Word(_, a) if a.0 == "a" => take(a), Token::Word(a, _) => take(a), Token::Number(n, d) => n, });
        yield_!(match (make("p"), make("q"), make("r")) { (_, a, _) => take(a) });
        yield_!(if let Token::Word(_, a) = word() { take(a) } else { 0 });
    }
    iterator match_beside() yields (u32) {
        let n = count(match token("t") { Token::Number(n, _) => n, _ => 0 }, { yield_!(1); 2 });
        let n = count(match word() { Token::Word(a, _) => take(a), _ => 0 }, { yield_!(1); 2 });
        let n = count(match word() { Token::Word(a, _) => { yield_!(4); take(a) } _ => 0 }, { yield_!(1); 2 });
        count({ yield_!(4); match word() { Token::Word(a, _) => take(a), _ => 0 }}, { yield_!(1); 2 });
        yield_!(n);
    }
    iterator discarded_block() yields (u32) {
        { let guard = make("guard"); yield_!(1); make("value") };
        if log("c") == () { let guard = make("guard"); yield_!(2); make("value") } else { make("other") };
        match token("t") { Token::Number(n, d) => { yield_!(n); make("value") } Token::Word(a, _) => { yield_!(1); a } };
        match token("t") { Token::Number(n, d) => { let c = v("c", 1); yield_!(n); d } Token::Word(a, _) => { yield_!(1); a } };
        'a: { let guard = make("guard"); yield_!(1); if v("b", true) { break 'a make("value"); } make("never") };
        loop { let guard = make("guard"); yield_!(1); break make("value"); };
        (if v("b", true) { let guard = make("guard"); yield_!(2); make("value") } else { make("other") });
        match v("n", 3) { 1 => { yield_!(1); make("one") } n => { let guard = make("guard"); if n == 3 { yield_!(9); make("x") } else { make("y") } } };
    }
}
