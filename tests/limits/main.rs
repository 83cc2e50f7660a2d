//! README's table of limits: each row has an error that is pinned as it says, and a way out that compiles and runs.
//!
//! `rows.rs` says which files of `tests/ui` are a row's. A row that **differs** has no error, nor has one about lints, speed
//! or size.

mod rows;

use std::fs;
use std::path::{Path, PathBuf};

use self::rows::{ROWS, Row};

/// A row as README has it.
struct Limit {
    /// The first cell.
    limit: String,
    /// The third: the error, in parts.
    seen: String,
    way_out: String,
}

impl Limit {
    fn is_an_error(&self) -> bool {
        !["**differs**", "no message", "no warning", "from about 40 on"]
            .iter()
            .any(|start| self.seen.starts_with(start))
    }
}

fn file(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of the table below `## Limits`.
fn limits() -> Vec<Limit> {
    let readme = read(&file("README.md"));
    let (_, section) = readme.split_once("## Limits").expect("README has the section");
    let table = section.lines().skip_while(|line| !line.starts_with("|---"));
    let rows = table.skip(1).take_while(|line| line.starts_with('|'));
    let limits: Vec<_> = rows.map(limit).collect();
    assert!(limits.len() > 30, "the table is there");
    limits
}

fn limit(row: &str) -> Limit {
    let row = row.replace("\\|", "\u{1}");
    let cells: Vec<_> = row
        .trim_matches('|')
        .split('|')
        .map(|cell| cell.trim().replace('\u{1}', "|"))
        .collect();
    let [limit, _, seen, way_out] = <[String; 4]>::try_from(cells).expect("four cells");
    Limit { limit, seen, way_out }
}

/// The entry of a row.
fn entry(limit: &Limit) -> &'static Row {
    let mut found = ROWS.iter().filter(|row| limit.limit.starts_with(row.limit));
    let entry = found.next();
    let entry = entry.unwrap_or_else(|| panic!("tests/limits/rows.rs has no entry for the row `{}`", limit.limit));
    assert!(found.next().is_none(), "two entries fit the row `{}`", limit.limit);
    entry
}

#[test]
fn every_entry_has_a_row() {
    let limits = limits();
    for row in ROWS {
        let rows = limits.iter().filter(|limit| limit.limit.starts_with(row.limit));
        assert_eq!(rows.count(), 1, "README's rows that begin with `{}`", row.limit);
    }
}

#[test]
fn every_error_is_pinned_as_the_row_says() {
    let mut missing = String::new();
    for limit in limits() {
        let pinned: Vec<_> = entry(&limit).errors.iter().map(|name| stderr(name)).collect();
        assert_eq!(
            !pinned.is_empty(),
            limit.is_an_error(),
            "errors of the row `{}`",
            limit.limit
        );
        // What a row about speed says of errors is rustc's own.
        for message in messages(&limit.seen).into_iter().filter(|_| limit.is_an_error()) {
            let says = pinned.iter().any(|text| text.lines().any(|line| has(line, &message)));
            if !says {
                missing += &format!("no error of the row `{}` has {message:?}\n", limit.limit);
            }
        }
    }
    assert!(missing.is_empty(), "{missing}");
}

#[test]
fn every_way_out_runs() {
    for limit in limits() {
        let ways = entry(&limit).ways_out;
        assert_eq!(
            ways.is_empty(),
            limit.way_out == "none",
            "ways out of the row `{}`",
            limit.limit
        );
        for name in ways {
            let text = read(&source(name, "pass"));
            assert!(text.contains("fn main() {\n"), "{name} runs nothing");
        }
    }
}

/// `name` of `tests/ui`, or with a `/` of another crate's.
fn source(name: &str, outcome: &str) -> PathBuf {
    match name.split_once('/') {
        Some((krate, name)) => file(&format!("tests/{krate}/tests/{outcome}/{name}.rs")),
        None => file(&format!("tests/ui/{outcome}/{name}.rs")),
    }
}

fn stderr(name: &str) -> String {
    let source = source(name, "fail");
    assert!(source.exists(), "{} is missing", source.display());
    read(&source.with_extension("stderr"))
}

/// The codes and the quoted texts of a cell, each as the pieces between what is named in it; of alternatives
/// (`or`) the first will do.
fn messages(seen: &str) -> Vec<Vec<String>> {
    let mut messages: Vec<Vec<String>> = Vec::new();
    let first = seen.split(" or E").next().unwrap_or(seen);
    for (index, part) in first.split('"').enumerate() {
        if index % 2 == 1 {
            messages.push(part.split('`').step_by(2).map(str::to_owned).collect());
            continue;
        }
        let words = part.split([' ', ',']);
        let codes = words.filter(|word| word.len() == 5 && word.starts_with('E') && word[1..].parse::<u32>().is_ok());
        messages.extend(codes.map(|code| vec![format!("error[{code}]")]));
    }
    messages
}

/// Whether the line has the pieces in this order.
fn has(line: &str, pieces: &[String]) -> bool {
    let mut rest = line;
    pieces.iter().all(|piece| {
        let after = rest.find(piece.as_str()).map(|at| &rest[at + piece.len()..]);
        rest = after.unwrap_or_default();
        after.is_some()
    })
}
