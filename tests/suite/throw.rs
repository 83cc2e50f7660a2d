//! `throw`: resuming with an error, which the body propagates or handles.

use std::io;

use unawait::prelude::*;

use crate::harness::{D, take_log};

differential! {
    coroutine question_after_a_yield() takes (Result<i32, String>) [Ok(1), Ok(2), Err("thrown".to_owned())]
        yields (i32) returns (Result<i32, String>)
    {
        let _guard = D("guard");
        let mut sum = 0;
        for i in 0..5 {
            let _round = D("round");
            sum += yield_!(sum + i)?;
        }
        Ok(sum)
    }

    coroutine handled() takes (Result<i32, D>) [Ok(1), Err(D("thrown")), Ok(3)] yields (i32) returns (usize) {
        let mut errors = vec![];
        while errors.len() < 2 {
            match yield_!(errors.len() as i32) {
                Ok(n) => { let _guard = D("guard"); if let Err(e) = yield_!(n) { errors.push(e) } }
                Err(error) => errors.push(error),
            }
        }
        errors.len()
    }

    coroutine closure_as_a_try_block() takes (Result<i32, String>) [Err("bad".to_owned()), Ok(2)]
        yields (i32) returns (Result<i32, String>)
    {
        let got = yield_!(1);
        let recovered = (|| { let n = got?; Ok::<i32, String>(n + 1) })().unwrap_or(0);
        let last = yield_!(recovered)?;
        Ok(recovered + last)
    }

    coroutine converted() takes (Result<u8, std::num::ParseIntError>) ["1".parse(), "x".parse()]
        yields (u8) returns (Result<u8, Box<dyn std::error::Error>>)
    {
        let mut sum = 0u8;
        loop { sum += yield_!(sum)?; }
    }
}

#[coro]
fn session() -> impl Coroutine<io::Result<String>, Yield = String, Return = io::Result<usize>> {
    let mut lines = 0;
    loop {
        let line = match yield_!(format!("{lines}>")) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if line.is_empty() {
            return Ok(lines);
        }
        lines += 1;
    }
}

#[test]
fn io_errors() {
    let mut machine = session();
    machine.start();
    assert_eq!(text(machine.resume(Ok("line".to_owned()))), "1>");
    assert_eq!(text(machine.throw(io::ErrorKind::Interrupted.into())), "1>");
    let CoroutineState::Complete(Err(error)) = machine.throw(io::ErrorKind::BrokenPipe.into()) else {
        panic!("the error is not propagated")
    };
    assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
}

fn text(state: CoroutineState<String, io::Result<usize>>) -> String {
    match state {
        CoroutineState::Yielded(text) => text,
        CoroutineState::Complete(result) => panic!("complete: {result:?}"),
    }
}

#[coro]
fn inner() -> impl Coroutine<Result<u8, &'static str>, Yield = u8, Return = Result<u8, &'static str>> {
    let _guard = D("inner guard");
    Ok(yield_!(10)? + yield_!(11)?)
}

#[coro]
fn outer() -> impl Coroutine<Result<u8, &'static str>, Yield = u8, Return = Result<u8, &'static str>> {
    let _guard = D("outer guard");
    yield_!(1)?;
    let n = yield_from!(inner()).unwrap_or(50);
    let m = yield_from!(inner())?;
    Ok(n + m)
}

#[test]
fn reaches_the_innermost() {
    take_log();
    let mut machine = outer();
    machine.start();
    assert_eq!(machine.resume(Ok(0)), CoroutineState::Yielded(10));
    assert_eq!(machine.throw("first"), CoroutineState::Yielded(10));
    assert_eq!(take_log(), ["drop inner guard"]);
    assert_eq!(machine.resume(Ok(1)), CoroutineState::Yielded(11));
    assert_eq!(machine.throw("second"), CoroutineState::Complete(Err("second")));
    assert_eq!(take_log(), ["drop inner guard", "drop outer guard"]);
}
