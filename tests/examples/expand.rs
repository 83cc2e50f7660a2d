//! The `expand` example: which functions it finds, what it prints of them, and its errors.

use crate::run::{file, run};
use std::fs;

const SHAPES: &str = "\
//! Functions in all the places where they can be.

use unawait::prelude::*;

mod inner {
    pub mod deeper {
        /// Counts.
        #[unawait::coro]
        pub fn free(n: u8) -> impl Iterator<Item = u8> {
            yield_!(n); // once
        }
    }
}

struct Stack<T>(Vec<T>);

impl<T> Stack<T> {
    #[coro]
    fn method(self) -> impl Iterator<Item = T> {
        yield_from!(self.0);
    }

    fn plain(&self) {}
}

trait Walk {
    fn required(&self) -> Box<dyn Iterator<Item = u8> + '_>;

    #[coro]
    fn provided(&self) -> Box<dyn Iterator<Item = u8> + '_> {
        yield_from!(self.required());
    }
}

impl Walk for u8 {
    #[coro]
    fn required(&self) -> Box<dyn Iterator<Item = u8> + '_> {
        yield_!(*self);
    }
}

#[coro(first = input)]
fn echo() -> impl Coroutine<u8, Yield = u8, Return = ()> {
    #[coro]
    fn nested() -> impl Iterator<Item = u8> {
        yield_!(1);
    }
    yield_!(input);
}
";

#[test]
fn prints_the_source_and_the_machine() {
    let out = run("expand", &["examples/fib.rs"]).succeeds();
    let source = fs::read_to_string("examples/fib.rs").expect("the example is there");
    let start = source.find("#[coro]\nfn fib").expect("fib is there");
    let end = start + source[start..].find("\n}\n").expect("fib ends") + 3;
    let line = source[..start].lines().count() + 1;
    let expected = format!("// fib, examples/fib.rs:{line}\n{}\n", &source[start..end]);
    let machine = out.strip_prefix(&expected).expect(&out);
    assert!(machine.starts_with("// the machine\n"), "{machine}");
    for part in [
        "\nfn fib() -> impl Iterator<Item = u64> {\n",
        "    enum State<",
        "/// at `yield_!(a)`",
        "match take(",
        "Yielded(",
        "Complete(()",
    ] {
        assert!(machine.contains(part), "{part} is missing:\n{machine}");
    }
    assert!(!machine.contains("yield_!(a);"), "{machine}");
    assert!(!machine.contains("#[doc"), "{machine}");
}

#[test]
fn finds_functions_everywhere() {
    let path = file("shapes.rs", SHAPES);
    let out = run("expand", &[&path]).succeeds();
    let heads: Vec<_> = out
        .lines()
        .filter_map(|line| line.strip_suffix(path_line(line, &path)))
        .collect();
    let expected = [
        "// inner::deeper::free, ",
        "// Stack::method, ",
        "// Walk::provided, ",
        "// u8::required, ",
        "// echo, ",
        "// echo::nested, ",
    ];
    assert_eq!(heads, expected);
    for part in [
        "            yield_!(n); // once\n",
        "\nimpl<T> Stack<T> {\n",
        "\ntrait Walk {\n",
        "\nimpl Walk for u8 {\n",
    ] {
        assert!(out.contains(part), "{part} is missing:\n{out}");
    }
    assert!(!out.contains("fn plain"), "{out}");
}

/// The end of a heading: the path with the number of a line.
fn path_line<'a>(line: &'a str, path: &str) -> &'a str {
    line.find(path).map_or("no heading", |at| &line[at..])
}

#[test]
fn picks_one_function() {
    let path = file("picked.rs", SHAPES);
    for wanted in ["free", "deeper::free", "inner::deeper::free"] {
        let out = run("expand", &[&path, wanted]).succeeds();
        assert!(out.starts_with(&format!("// inner::deeper::free, {path}:7\n")), "{out}");
        assert_eq!(out.matches("// the machine").count(), 1);
    }
    let names = "inner::deeper::free, Stack::method, Walk::provided, u8::required, echo, echo::nested";
    let expected = format!("expand: {path}: no `#[coro]` function `ree`; there is {names}\n");
    assert_eq!(run("expand", &[&path, "ree"]).fails(1), expected);
}

#[test]
fn says_the_same_each_time() {
    let path = file("again.rs", SHAPES);
    let first = run("expand", &[&path]).succeeds();
    for _ in 0..5 {
        assert_eq!(run("expand", &[&path]).succeeds(), first);
    }
}

#[test]
fn expands_every_example() {
    let files = [
        "fib",
        "words",
        "csv",
        "http_request/parse",
        "queens",
        "tree",
        "same_fringe",
        "four_ways",
        "greet",
        "burgers/main",
        "burgers/kitchen",
    ];
    for name in files {
        let path = format!("examples/{name}.rs");
        let source = fs::read_to_string(&path).expect("the example is there");
        let out = run("expand", &[&path]).succeeds();
        let functions = source.lines().filter(|line| line.trim().starts_with("#[coro")).count();
        assert_eq!(out.matches("// the machine\n").count(), functions, "{path}");
    }
}

#[test]
fn errors_have_a_place() {
    let path = file("broken.rs", "fn good() {}\n\nfn bad( {\n");
    let err = run("expand", &[&path]).fails(1);
    assert!(err.starts_with(&format!("expand: {path}:3:")), "{err}");

    let refused = "// é\n#[coro]\nfn a() -> impl Iterator<Item = u8> {}\n\n    #[coro]\n    const fn b() {}";
    let path = file("refused.rs", refused);
    let err = run("expand", &[&path]).fails(1);
    assert!(
        err.starts_with(&format!("expand: {path}:6:5: `#[coro]` does not accept")),
        "{err}"
    );

    let path = file("none.rs", "fn main() {}\n");
    assert_eq!(
        run("expand", &[&path]).fails(1),
        format!("expand: {path}: no `#[coro]` function\n")
    );
    assert_eq!(
        run("expand", &[]).refuses(),
        "expand: expected a file, and a function if not all are wanted"
    );
    let err = run("expand", &["no/such/file.rs"]).fails(1);
    assert!(err.starts_with("expand: no/such/file.rs: "), "{err}");
}
