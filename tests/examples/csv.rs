//! The `csv` example: quotes, line breaks, and on which line an error is.

use crate::run::{run, run_with};

fn csv(input: impl AsRef<[u8]>) -> String {
    run_with("csv", &[], input.as_ref()).succeeds()
}

/// The error that a file ends with.
#[track_caller]
fn error(input: impl AsRef<[u8]>) -> String {
    let err = run_with("csv", &[], input.as_ref()).fails(1);
    let text = err.strip_prefix("csv: standard input, ").expect(&err);
    text.trim_end().to_owned()
}

#[test]
fn sums_up_a_file() {
    let expected = r#"8 records, the last one on line 12
"city": 8 filled, the longest is "Washington, D.C."
"country": 8 filled, the longest is "United States"
"population": 8 filled, from 139875 to 14047594, 4272048.88 on average
"elevation": 7 filled, from -2 to 3640, 1315.43 on average
"note": 5 filled, the longest is "Written 東京,\r\n\"eastern capital\",\r\nsince 1868"
"#;
    assert_eq!(run("csv", &["examples/data/cities.csv"]).succeeds(), expected);
}

#[test]
fn all_line_ends_mean_the_same() {
    let expected = "2 records, the last one on line 3\n\"a\": 2 filled, from 1 to 2, 1.50 on average\n";
    for input in [
        "a\n1\n2\n",
        "a\n1\n2",
        "a\r\n1\r\n2\r\n",
        "\"a\"\r\n1\n\"2\"",
        "\u{feff}a\n1\n2",
    ] {
        assert_eq!(csv(input), expected, "{input:?}");
    }
}

#[test]
fn quotes_take_anything() {
    assert!(csv("\"a,\"\"b\"\"\n\"\nx").contains(r#""a,\"b\"\n": 1 filled"#));
    let expected = "1 records, the last one on line 3\n\"\": 0 filled\n\"\\n\": 0 filled\n";
    assert_eq!(csv("\"\",\"\n\"\n,"), expected);
}

#[test]
fn errors_name_the_line() {
    assert_eq!(error("a,b\n1,2\n3\n"), "line 3: 1 fields, the first line has 2");
    assert_eq!(error("a\n\"\n\"\n\"1\n2"), "line 4: this quote is never closed");
    assert_eq!(
        error("a\nx\"y\n"),
        "line 2: a quote inside a field that does not start with one"
    );
    let after_quote = "expected a comma or the end of the line after a quoted field";
    assert_eq!(error("a\n\n\"x\"y\n"), format!("line 3: {after_quote}"));
    assert_eq!(error("a\rb\n"), "line 1: a carriage return without a line feed");
    assert_eq!(error("a\nb\r"), "line 2: a carriage return without a line feed");
    assert_eq!(error(b"a\n\xff\n"), "line 2: a field is not UTF-8");
}

#[test]
fn a_file_needs_a_header_and_a_name_that_exists() {
    assert_eq!(run("csv", &[]).fails(1), "csv: standard input: no records\n");
    let err = run("csv", &["no/such/file"]).fails(1);
    assert!(err.starts_with("csv: no/such/file: "), "{err}");
    // A directory can be opened, but not read.
    run("csv", &["examples"]).fails(1);
}
