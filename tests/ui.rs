//! What people read when they are wrong: `ui/fail` pins the errors, `ui/pass` shows that the way out that an error of
//! ours names compiles. `TRYBUILD=overwrite cargo test --test ui` accepts what has changed: read it first.

#[test]
fn ui() {
    let tests = trybuild::TestCases::new();
    tests.compile_fail("tests/ui/fail/*.rs");
    tests.pass("tests/ui/pass/*.rs");
}
