//! Macros that show the source of their arguments, `dbg!` and assertions without a message: they show what the user wrote,
//! whatever the machine has there.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;

use unawait::CoroutineState;
use unawait::prelude::*;

use crate::harness::{D, log, v};

differential! {
    coroutine values_in_turn(list: Vec<u32>) takes (u32) [1, 2, 3] yields (u32) returns ((u32, Vec<u32>, u32)) with (vec![1, 2]) {
        let n = dbg!(yield_!(v("first", 1)));
        dbg!(n + v("second", 1), list, yield_!(n) * 2)
    }
    coroutine temporaries_of_a_shown_value() takes (u32) [1, 2] yields (u32) returns (usize) {
        let n = dbg!(D("shown"), yield_!(1)).0.name().len() + dbg!(D("other").name().len() + yield_!(2) as usize);
        log(n);
        n
    }
    coroutine shown_in_a_shown_value(guard: D) takes (u32) [1, 2] yields (u32) returns (u32) with (D("guard")) {
        dbg!(1 + dbg!(yield_!(1)) + dbg!(yield_!(2)))
    }
    iterator shown_and_asserted_in_loops(n: u32) yields (u32) with (3) {
        for n in 0..dbg!(n) {
            assert!(n < 3);
            assert!({ yield_!(n); true } && n < 4);
            if dbg!(n) == 1 { dbg!(); }
        }
    }
}

struct Reader {
    count: u32,
    names: Vec<&'static str>,
}

/// The same statements in a plain method and in a generator.
macro_rules! twins {
    ($plain:ident $coro:ident (&$this:ident $(, $arg:ident: $ty:ty)*) { $($body:tt)* }) => {
        #[allow(dead_code, reason = "some are called in a process of their own only")]
        fn $plain(&$this $(, $arg: $ty)*) {
            macro_rules! yield_ {
                ($e:expr) => { std::convert::identity($e) };
            }
            $($body)*
        }

        #[coro]
        fn $coro(&$this $(, $arg: $ty)*) -> impl Coroutine<u32, Yield = u32, Return = ()> {
            $($body)*
        }
    };
}

impl Reader {
    twins! { few few_of_coro (&self, n: u32) { assert!(self.count > n); yield_!(1); } }
    twins! { renamed renamed_of_coro (&self, n: u32) {
        let n = yield_!(n);
        { let n = yield_!(n + 1); assert!(n == 0 || self.names[..1] == ["{n}"]); yield_!(n); }
        yield_!(n);
    } }
    twins! { debugs debugs_of_coro (&self, n: u32) { debug_assert!(!self.names.is_empty() && n > 9,); yield_!(1); } }
    twins! { prints prints_of_coro (&self, n: u32) {
        dbg!(self.count);
        let n = dbg!(yield_!(n));
        { let n = dbg!(yield_!(n + 1) + self.count, n); println!("{}", dbg!(n).0); yield_!(n.1); }
        std::dbg!(&self.names, format!("{n}{}", yield_!(n)), { let count = self.count; count + 1 });
        dbg!(dbg!(self.count) + dbg!(yield_!(8)));
        eprintln!("{n}");
    } }

    #[coro]
    fn places(&self) -> impl Coroutine<u32, Yield = u32, Return = u32> {
        eprintln!("line {}", line!());
        let answer = dbg!(yield_!(1));
        answer + std::dbg!(self.count)
    }
}

fn reader() -> Reader {
    let names = vec!["a", "b"];
    Reader { count: 1, names }
}

/// The text of the panic.
fn panic_of(run: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(run)).expect_err("it must panic");
    let text = payload.downcast_ref::<&'static str>().map(ToString::to_string);
    text.unwrap_or_else(|| *payload.downcast::<String>().expect("a text"))
}

/// Gives what was yielded back, to the end.
fn drive(mut coroutine: impl Coroutine<u32, Yield = u32>) {
    let mut state = coroutine.start();
    while let CoroutineState::Yielded(n) = state {
        state = coroutine.resume(n);
    }
}

#[test]
fn assertions_say_what_the_user_wrote() {
    let all: [[&dyn Fn(); 2]; 3] = [
        [&|| reader().few(4), &|| drive(reader().few_of_coro(4))],
        [&|| reader().renamed(4), &|| drive(reader().renamed_of_coro(4))],
        [&|| reader().debugs(4), &|| drive(reader().debugs_of_coro(4))],
    ];
    for [plain, coro] in all {
        assert_eq!(panic_of(coro), panic_of(plain));
    }
    assert_eq!(panic_of(all[0][1]), "assertion failed: self.count > n");
}

/// What `child` writes to stderr in a process of its own.
fn stderr_of(child: &str, what: &str) -> String {
    let mut command = Command::new(env::current_exe().expect("the path of this test"));
    let output = command
        .args(["--exact", child, "--nocapture", "--test-threads=1"])
        .env("UNAWAIT_SHOWN", what)
        .output();
    String::from_utf8(output.expect("it runs").stderr).expect("UTF-8")
}

/// Writes something where the environment asks for it.
#[test]
fn child() {
    match env::var("UNAWAIT_SHOWN").as_deref() {
        Ok("plain") => reader().prints(5),
        Ok("coro") => drive(reader().prints_of_coro(5)),
        Ok("places") => drive(reader().places()),
        _ => {}
    }
}

#[test]
fn dbg_prints_what_the_user_wrote() {
    let (plain, coro) = (stderr_of("shown::child", "plain"), stderr_of("shown::child", "coro"));
    assert!(plain.contains("] yield_!(n + 1) + self.count = 7\n"), "{plain}");
    assert_eq!(coro, plain);
}

#[test]
fn dbg_prints_where_it_stands() {
    let text = stderr_of("shown::child", "places");
    let line: u32 = text.lines().next().expect("a line")[5..].parse().expect("a number");
    let file = file!();
    let (first, second) = (line + 1, line + 2);
    let expected = format!("line {line}\n[{file}:{first}:22] yield_!(1) = 1\n[{file}:{second}:18] self.count = 1\n");
    assert_eq!(text, expected);
}
