//! The `burgers` example, over loopback: orders are cooked at once, bad ones are refused, and the server ends when told so.

use std::net::SocketAddr;
use std::time::Duration;

use futures::future::join_all;
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::header::HOST;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use unawait::prelude::*;

use crate::run::{Running, run, start};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Longer than any test takes.
const LIMIT: Duration = Duration::from_secs(60);

/// A request on a connection of its own.
#[coro]
async fn get(address: SocketAddr, path: String) -> Result<(StatusCode, String), Failure> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let request = Request::get(path).header(HOST, "kitchen").body(Empty::<Bytes>::new())?;
    let response = sender.send_request(request).await?;
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    drop(sender);
    connection.await??;
    Ok((status, String::from_utf8(body.to_vec())?))
}

/// Starts a server that ends after so many answers, and requests all of them at once.
fn answers(paths: &[String]) -> Vec<(StatusCode, String)> {
    let mut server = start("burgers", &["0", &paths.len().to_string()]);
    let address = address(&mut server);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let requests = paths.iter().map(|path| runtime.spawn(get(address, path.clone())));
    let requests = join_all(requests.collect::<Vec<_>>());
    let answers = runtime.block_on(async { timeout(LIMIT, requests).await });
    let answers = answers.expect("the server answers").into_iter();
    let answers = answers.map(|answer| answer.expect("no panic").expect("an answer"));
    let answers = answers.collect();
    assert_eq!(server.ends().succeeds(), "");
    answers
}

fn address(server: &mut Running) -> SocketAddr {
    let line = server.line();
    let address = line.strip_prefix("http://").and_then(|text| text.parse().ok());
    let address: SocketAddr = address.unwrap_or_else(|| panic!("no address: {line}"));
    assert!(address.ip().is_loopback());
    address
}

/// The number of that name in the answer.
fn number(json: &str, name: &str) -> usize {
    let (_, rest) = json.split_once(&format!("\"{name}\":")).expect(json);
    let digits = rest.find(|c: char| !c.is_ascii_digit()).expect(json);
    rest[..digits].parse().expect(json)
}

#[test]
fn cooks_dozens_of_orders_at_once() {
    let counts = || (1..=20).chain(1..=20);
    let paths: Vec<_> = counts().map(|count| format!("/burgers/{count}")).collect();
    let answers = answers(&paths);
    assert_eq!(answers.len(), 40);
    let mut busiest = 0;
    for (count, (status, json)) in counts().zip(answers) {
        assert_eq!(status, StatusCode::OK);
        assert_eq!(number(&json, "burgers"), count, "{json}");
        // Each burger of an order is begun before any of them can be done.
        assert_eq!(number(&json, "at_once"), count, "{json}");
        busiest = busiest.max(number(&json, "busiest"));
    }
    assert!(busiest > 20, "one order after the other: {busiest}");
    assert!(busiest <= counts().sum());
}

#[test]
fn accepts_the_largest_order() {
    let answers = answers(&["/burgers/100".into()]);
    assert!(answers[0].1.starts_with("{\"burgers\":100,\"at_once\":"), "{answers:?}");
}

#[test]
fn refuses_what_is_no_order() {
    let bad = [
        ("0", "an order is one burger at least\n"),
        ("101", "an order is 100 burgers at most\n"),
        ("-1", "`-1` is not a number of burgers\n"),
        ("two", "`two` is not a number of burgers\n"),
        ("1.5", "`1.5` is not a number of burgers\n"),
        ("%0A", "`\\n` is not a number of burgers\n"),
        (
            "99999999999999999999999",
            "`99999999999999999999999` is not a number of burgers\n",
        ),
    ];
    let answers = answers(&bad.map(|(count, _)| format!("/burgers/{count}")));
    for ((_, reason), answer) in bad.into_iter().zip(answers) {
        assert_eq!(answer, (StatusCode::BAD_REQUEST, reason.to_owned()));
    }
}

#[test]
fn refuses_wrong_words() {
    let complaint = |words: &[&str]| run("burgers", words).refuses();
    assert_eq!(complaint(&["65536"]), "burgers: `65536` is not a port from 0 to 65535");
    assert_eq!(complaint(&["0", "0"]), "burgers: `0` is not a number of answers from 1");
    assert_eq!(complaint(&["0", "1", "2"]), "burgers: a port and a number at most");
}
