//! The `http_request` example: it says the same however its input is cut, and where it is wrong.

use crate::run::{file, run, run_with};

const ORDER: &str = r#"request  POST /orders?dry=1 HTTP/1.1
header   Host: shop.example
header   Content-Type: application/json
header   Content-Length: 26
body     {\"item\":\"tea\",\"grams\":250}
complete 3 headers, 26 bytes of body, 129 in all
"#;

const UPLOAD: &str = r"request  PUT /notes/7 HTTP/1.1
header   Host: notes.example:8080
header   Transfer-Encoding: chunked
header   Accept: */*
body     Milk, bread,\r\nand a lamp.\n
body     Call Ada
header   Digest: none
complete 3 headers, 34 bytes of body, 165 in all
";

#[test]
fn says_the_same_however_the_input_is_cut() {
    for (name, expected) in [("order", ORDER), ("upload", UPLOAD)] {
        let path = format!("examples/data/{name}.http");
        assert_eq!(run("http_request", &[&path]).succeeds(), expected);
        for size in ["1", "2", "3", "7", "64", "1000000"] {
            assert_eq!(run("http_request", &[&path, size]).succeeds(), expected, "{size}");
        }
    }
}

/// What is said of a request, which must not depend on how it is cut.
#[track_caller]
fn outcome(name: &str, request: &[u8], of: fn(crate::run::Outcome) -> String) -> String {
    let path = file(&format!("{name}.http"), request);
    let [whole, bytes] = ["1000000", "1"].map(|size| of(run("http_request", &[&path, size])));
    assert_eq!(whole, bytes);
    whole.replace(&path, "FILE")
}

/// Checks that a request is refused with this error.
#[track_caller]
fn refused(request: impl AsRef<[u8]>, error: &str) {
    let request = request.as_ref();
    // Tests run side by side, so each needs a file of its own.
    let name = format!("refused-{}", std::panic::Location::caller().line());
    let found = outcome(&name, request, |outcome| outcome.fails(1));
    assert_eq!(found, format!("http_request: FILE, {error}\n"));
}

#[track_caller]
fn accepted(request: impl AsRef<[u8]>) -> String {
    let name = format!("accepted-{}", std::panic::Location::caller().line());
    outcome(&name, request.as_ref(), |outcome| outcome.succeeds())
}

#[test]
fn accepts_the_small_print() {
    let expected = "request  GET * HTTP/1.0\ncomplete 0 headers, 0 bytes of body, 18 in all\n";
    assert_eq!(accepted("GET * HTTP/1.0\r\n\r\n"), expected);
    // What follows is the beginning of the next request.
    assert_eq!(accepted("GET * HTTP/1.0\r\n\r\nGET * HTTP/1.0\r\n"), expected);
    let out = accepted("G\x7c / HTTP/1.1\r\nhOST:\r\nX: \t caf\u{e9}  \t\r\n\r\n");
    assert!(
        out.contains("\nheader   hOST: \nheader   X: cafÃ©\ncomplete 2 "),
        "{out}"
    );
    let out = accepted("GET / HTTP/1.0\r\nContent-Length: 0\r\n\r\n");
    assert!(out.contains("\nbody     \ncomplete 1 "), "{out}");
}

#[test]
fn reads_standard_input() {
    let request = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n";
    let out = run_with("http_request", &[], request).succeeds();
    assert!(
        out.ends_with("\ncomplete 1 headers, 0 bytes of body, 30 in all\n"),
        "{out}"
    );
    let err = run("http_request", &[]).fails(1);
    assert_eq!(err, "http_request: standard input, byte 0: the input ends too early\n");
}

#[test]
fn refuses_a_malformed_request_line() {
    refused("GET\r\n", "byte 0: expected a method, a target and a version");
    refused("GET /\r\n", "byte 4: expected a target and a version");
    refused("\r\n", "byte 0: expected a method, a target and a version");
    refused(" / HTTP/1.1\r\n", "byte 0: something is missing here");
    refused("GET  HTTP/1.1\r\n", "byte 4: something is missing here");
    refused("GE(T / HTTP/1.1\r\n", "byte 2: no method has this byte");
    refused("GET /\x01 HTTP/1.1\r\n", "byte 5: no target has this byte");
    refused("GET / HTTP/2\r\n", "byte 6: expected HTTP/1.1 or HTTP/1.0");
    refused("GET / HTTP/1.1\n", "byte 14: a line feed without a carriage return");
    refused("GET / HT", "byte 8: the input ends too early");
    refused([b'A'; 9000], "byte 0: the line is too long");
}

#[test]
fn refuses_malformed_headers() {
    let after = |rest: &str| format!("GET / HTTP/1.1\r\n{rest}\r\n");
    refused(after("Host\r\n"), "byte 16: expected a header, with a colon");
    refused(after("Host : x\r\n"), "byte 20: no name of a header has this byte");
    refused(after(" folded: x\r\n"), "byte 16: no name of a header has this byte");
    refused(after(": x\r\n"), "byte 16: something is missing here");
    refused(after("Host: x\ry\r\n"), "byte 23: no header has this byte");
    refused(after("Host: x\r\r\n"), "byte 23: no header has this byte");
    refused(after(""), "byte 18: HTTP/1.1 asks for the header Host");
    refused(
        after("Host: x\r\nhost: y\r\n"),
        "byte 31: this header stands here for the second time",
    );
    refused(after(&"A: b\r\n".repeat(101)), "byte 616: too many headers");
}

#[test]
fn refuses_bodies_without_a_clear_end() {
    let after = |rest: &str| format!("PUT / HTTP/1.1\r\nHost: x\r\n{rest}");
    refused(after("Content-Length: -1\r\n\r\n"), "byte 41: expected a number");
    refused(after("Content-Length: +1\r\n\r\n"), "byte 41: expected a number");
    refused(after("Content-Length: \r\n\r\n"), "byte 41: something is missing here");
    refused(
        after("Content-Length: 1048577\r\n\r\n"),
        "byte 41: the body is too long",
    );
    refused(
        after("Content-Length: 5\r\n\r\nabc"),
        "byte 49: the input ends too early",
    );
    let both = "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n";
    refused(after(both), "byte 63: Transfer-Encoding beside Content-Length");
    refused(after("Transfer-Encoding: gzip\r\n\r\n"), "byte 44: expected `chunked`");
    let old = "PUT / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n";
    refused(old, "byte 35: HTTP/1.0 has no such header");
}

#[test]
fn refuses_malformed_chunks() {
    let after = |rest: &str| format!("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{rest}");
    refused(after("x\r\n"), "byte 55: expected a hexadecimal number");
    refused(after("\r\n"), "byte 55: something is missing here");
    refused(after(";x\r\n"), "byte 55: something is missing here");
    refused(after("fffffffffffffffff\r\n"), "byte 55: the body is too long");
    refused(after("100001\r\n"), "byte 55: the body is too long");
    refused(after("2\r\nabc\r\n"), "byte 60: the chunk does not end here");
    refused(after("2\r\nab\r\n100000\r\n"), "byte 62: the body is too long");
    refused(after("0\r\nX\r\n\r\n"), "byte 58: expected a header, with a colon");
    refused(after("0\r\n"), "byte 58: the input ends too early");
}

#[test]
fn refuses_wrong_words() {
    let err = run("http_request", &["examples/data/order.http", "0"]).refuses();
    assert_eq!(err, "http_request: `0` is not a number from 1 to 1000000");
    let err = run("http_request", &["no/such/file"]).fails(1);
    assert!(err.starts_with("http_request: no/such/file: "), "{err}");
}
