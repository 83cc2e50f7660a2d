//! `?` in bodies that return `Result`, `Option`, or an alias of one.

use std::fmt;
use std::io;
use std::num::ParseIntError;
use std::ops::ControlFlow;

use unawait::prelude::*;

use crate::harness::{D, log, v};

#[derive(Debug)]
#[allow(dead_code, reason = "read by `Debug` alone")]
enum Failure {
    Parse(ParseIntError),
    Text(String),
}

impl From<ParseIntError> for Failure {
    fn from(error: ParseIntError) -> Self {
        Failure::Parse(error)
    }
}

impl From<&str> for Failure {
    fn from(text: &str) -> Self {
        Failure::Text(text.to_owned())
    }
}

type Outcome = Result<i32, Failure>;
type Short<T> = Result<T, Failure>;

differential! {
    coroutine converted(text: &'static str) takes (i32) [1, 2] yields (i32) returns (Result<i32, Failure>) with ("12,x") {
        let _guard = D("guard");
        let mut sum = 0;
        for part in text.split(',') {
            let n: i32 = part.parse()?;
            sum += n * yield_!(n);
            if sum > 100 { Err("too large")? }
        }
        Ok(sum)
    }

    coroutine late_type(text: &'static str) takes (i32) [1, 2] yields (i32) returns (Result<u8, Failure>) with ("12") {
        let n = text.parse()?;
        yield_!(1);
        let m: u8 = n;
        yield_!(2);
        Ok(m)
    }

    coroutine option(list: &'static [i32]) takes (usize) [0, 1, 9] yields (i32) returns (Option<i32>) with (&[5, 6]) {
        let mut last = *list.first()?;
        loop {
            let _round = D("round");
            let i = yield_!(last);
            last = *list.get(i)?;
        }
    }

    coroutine alias_without_arguments(text: &'static str) takes (i32) [1, 2] yields (i32) returns (Outcome) with ("7") {
        let n: i32 = text.parse()?;
        let m = yield_!(n);
        if m > 1 { return Err(Failure::Text("large".into())) }
        let k: i32 = "x".parse()?;
        Ok(n + m + k)
    }

    coroutine alias_with_one_argument(text: &'static str) takes (i32) [1, 2] yields (i32) returns (Short<i32>) with ("7") {
        let n: i32 = text.parse()?;
        let m = yield_!(n);
        yield_!(m);
        Err("the end".into())
    }

    coroutine every_form_of_return(n: i32) takes (i32) [0, 1, 2, 3, 4] yields (i32) returns (Result<D, Failure>) with (4) {
        let early = D("early");
        match yield_!(0) {
            9 => return Ok(early),
            0 => log("zero"),
            _ => return Err(Failure::Text("no".into())),
        }
        let result: Result<D, Failure> = if n > 100 { Err("unused".into()) } else { Ok(D("result")) };
        if yield_!(1) > 1 { return result }
        let made = || -> Result<i32, Failure> { Ok("5".parse::<i32>()?) };
        let five = made()?;
        if yield_!(five) == n { return result.map_err(|_| Failure::Text("mapped".into())) }
        result
    }

    coroutine nested_questions() takes (Option<Result<i32, &'static str>>) [Some(Ok(4)), Some(Err("bad"))]
        yields (i32) returns (Result<i32, Failure>)
    {
        let a = yield_!(1).ok_or("none")??;
        let b = yield_!(v("second", a)).transpose()?.unwrap_or(1);
        Ok(a + b)
    }

    coroutine tail_is_a_match(n: i32) takes (i32) [3, 4] yields (i32) returns (Result<i32, Failure>) with (3) {
        let got = yield_!(n);
        match got {
            3 => Ok(yield_!(30)),
            4 => Err("four")?,
            _ => return Err(Failure::Text("other".to_owned())),
        }
    }

    coroutine unit_result(n: i32) takes (i32) [1, 2, 3] yields (i32) returns (Result<(), Failure>) with (2) {
        for i in 0.. {
            if yield_!(i) == n { Err("found")?; }
        }
        Ok(())
    }
}

#[coro]
fn io_result(text: &str) -> impl Coroutine<(), Yield = usize, Return = io::Result<()>> {
    use io::BufRead;
    let reader = io::Cursor::new(text.to_owned());
    for line in { reader }.lines() {
        let line = line?;
        if line == "stop" {
            return Err(io::Error::other("stopped"));
        }
        yield_!(line.len());
    }
    Ok(())
}

#[coro]
fn fmt_result(out: &mut String) -> impl Coroutine<(), Yield = (), Return = fmt::Result> {
    use fmt::Write;
    write!(out, "a")?;
    yield_!();
    write!(out, "{}", 5)?;
    Ok(())
}

#[coro]
fn boxed_error(
    text: &str,
) -> impl Coroutine<(), Yield = i32, Return = Result<String, Box<dyn std::error::Error + Send + Sync>>> {
    let n = text.parse()?;
    yield_!(n);
    if n > 5 {
        return Err("above five".into());
    }
    Ok(String::from_utf8(vec![b'a'; n as usize])?)
}

#[test]
fn results_of_std() {
    let mut machine = io_result("ab\nstop\n");
    assert!(matches!(machine.start(), CoroutineState::Yielded(2)));
    assert!(matches!(machine.resume(()), CoroutineState::Complete(Err(error)) if error.to_string() == "stopped"));
    let mut out = String::new();
    let mut machine = fmt_result(&mut out);
    assert_eq!(machine.start(), CoroutineState::Yielded(()));
    assert_eq!(machine.resume(()), CoroutineState::Complete(Ok(())));
    drop(machine);
    assert_eq!(out, "a5");
}

#[test]
fn boxed_errors() {
    let ended = |text: &str| {
        let mut machine = boxed_error(text);
        let mut state = machine.start();
        while let CoroutineState::Yielded(_) = state {
            state = machine.resume(());
        }
        let CoroutineState::Complete(result) = state else {
            unreachable!()
        };
        result.map_err(|error| error.to_string())
    };
    assert_eq!(ended("2"), Ok("aa".to_owned()));
    assert_eq!(ended("7"), Err("above five".to_owned()));
    assert!(ended("x").unwrap_err().contains("digit"));
}

fn below(n: u32, limit: u32) -> ControlFlow<String, u32> {
    match v("below", n < limit) {
        true => ControlFlow::Continue(n),
        false => ControlFlow::Break(format!("{n} is not below {limit}")),
    }
}

differential! {
    coroutine control_flow(start: u32) takes (u32) [2, 3, 9] yields (u32) returns (ControlFlow<String, usize>) with (1) {
        let _guard = D("guard");
        let mut seen = Vec::new();
        let mut n = below(start, 5)?;
        loop {
            seen.push(n);
            if seen.len() > 5 { return ControlFlow::Continue(seen.len()); }
            n = below(yield_!(n), 5)?;
        }
    }
    coroutine control_flow_of_unit(stop: bool) takes (bool) [false, true] yields (u32)
        returns (std::ops::ControlFlow<&'static str>) with (false) {
        if stop { return ControlFlow::Break("at once"); }
        for n in 0..9 {
            let _round = D("round");
            if yield_!(n) { ControlFlow::Break("later")? }
        }
        ControlFlow::Continue(())
    }
    coroutine control_flow_passed_on() takes (u32) [2, 7] yields (u32) returns (ControlFlow<String, u32>) {
        let n = below(yield_!(1), 5)?;
        let m = yield_!(n);
        below(m, 5)
    }
}
