//! What the transform takes, as a library: for functions of 1 to 1000 suspensions, of several shapes.
//!
//! ```text
//! cargo bench -p unawait-bench --bench transform                  # optimized
//! cargo bench -p unawait-bench --bench transform --profile dev    # as cargo builds macros unless it is told otherwise
//! cargo bench -p unawait-bench --bench transform -- loops         # one shape
//! ```
//!
//! A row that has the same time for a suspension in each column is linear.

use std::env;
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use proc_macro2::TokenStream;

/// How many suspensions the functions have.
const SIZES: [usize; 5] = [1, 10, 100, 300, 1000];

/// For how long one function is expanded again and again. The fastest time counts.
const PATIENCE: Duration = Duration::from_millis(300);

/// A body's name, and what writes it: with so many suspensions.
type Shape = (&'static str, fn(usize) -> String);

const SHAPES: [Shape; 6] = [
    ("yields", yields),
    ("awaits", awaits),
    ("loops", loops),
    ("branches", branches),
    ("scopes", scopes),
    ("lending", lending),
];

fn main() {
    let names: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let named = |shape: &str| names.is_empty() || names.iter().any(|name| shape.starts_with(name.as_str()));
    let title = SIZES.map(|size| format!(" {size} |")).concat();
    println!(
        "| microseconds for a suspension |{title}\n|---|{}",
        "---:|".repeat(SIZES.len())
    );
    for (name, body) in SHAPES.into_iter().filter(|(name, _)| named(name)) {
        print!("| {name} |");
        for size in SIZES {
            print!(" {:.1} |", least(&body(size)).as_secs_f64() * 1e6 / size as f64);
        }
        println!();
    }
}

/// The least time that the function's expansion takes.
fn least(function: &str) -> Duration {
    let function: TokenStream = function.parse().expect("the function is Rust");
    let begin = Instant::now();
    let mut least = Duration::MAX;
    while least == Duration::MAX || begin.elapsed() < PATIENCE {
        let function = function.clone();
        let start = Instant::now();
        let machine = unawait_transform::expand(TokenStream::new(), function);
        least = least.min(start.elapsed());
        let text = black_box(machine).into_iter().next().map(|token| token.to_string());
        assert_ne!(text.as_deref(), Some("::"), "the machine is an error");
    }
    least
}

/// A function around so many pieces, each of which is told its number.
fn repeat(head: &str, tail: &str, count: usize, piece: impl Fn(usize) -> String) -> String {
    let mut function = head.to_owned();
    for number in 0..count {
        function.push_str(&piece(number));
    }
    write!(function, "{tail}").expect("a string grows");
    function
}

/// A generator, one statement after the other.
fn yields(count: usize) -> String {
    let head = "fn f(mut n: u64) -> impl Iterator<Item = u64> {";
    repeat(head, "}", count, |number| format!("yield_!(n); n += {number};"))
}

/// An async function, one statement after the other.
fn awaits(count: usize) -> String {
    let head = "async fn f(n: u64) -> u64 { let mut sum = 0;";
    repeat(head, "sum }", count, |number| {
        format!("sum += leaf(n + {number}).await;")
    })
}

/// A loop around each suspension.
fn loops(count: usize) -> String {
    let head = "async fn f(n: u64) -> u64 { let mut sum = 0;";
    repeat(head, "sum }", count, |number| {
        format!("for i in {number}..n {{ sum += leaf(i).await; }}")
    })
}

/// Every second suspension is the condition of a branch, and every other one in it.
fn branches(count: usize) -> String {
    let head = "async fn f(n: u64) -> u64 { let mut sum = 0;";
    repeat(head, "sum }", count, |number| match number % 2 {
        0 if number + 1 == count => "sum += leaf(n).await;".to_owned(),
        0 => format!("if leaf({number}).await > sum {{ sum -= 1; sum += "),
        _ => format!("leaf({number}).await; }} else {{ sum += 2; }}"),
    })
}

/// Variables of their own around each suspension, which end before the next one.
fn scopes(count: usize) -> String {
    let head = "async fn f(n: u64) -> String { let mut all = String::new();";
    repeat(head, "all }", count, |number| {
        format!(
            "{{ let name = name_of({number}); let size = name.len(); let found = leaf(size).await; \
             if found > n {{ all.push_str(&name); }} }}"
        )
    })
}

/// Each future borrows a variable.
fn lending(count: usize) -> String {
    let head = "async fn f(mut stream: Stream) -> Result<usize> { let mut buffer = vec![0; 64]; let mut sum = 0;";
    repeat(head, "Ok(sum) }", count, |number| match number % 2 {
        0 => format!("buffer.truncate({number}); sum += stream.read(&mut buffer).await?;"),
        _ => "stream.write_all(&buffer).await?;".to_owned(),
    })
}
