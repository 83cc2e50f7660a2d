//! What a crate of an older edition is refused, and the ways out that the errors name.

#[test]
fn ui() {
    let tests = trybuild::TestCases::new();
    tests.compile_fail("tests/fail/*.rs");
    tests.pass("tests/pass/*.rs");
}
