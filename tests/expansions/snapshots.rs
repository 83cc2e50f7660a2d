//! Each file of `tests/expand` beside its expansion. `EXPAND=overwrite` accepts what has changed: read it first.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::source::{expand, path};

const INPUTS: &str = "tests/expand";

/// The inputs, by name.
pub fn inputs() -> Vec<PathBuf> {
    let directory = fs::read_dir(path(INPUTS)).expect("the directory is there");
    let paths = directory.map(|entry| entry.expect("it can be read").path());
    let mut inputs: Vec<_> = paths.filter(|path| is_input(path)).collect();
    inputs.sort();
    inputs
}

fn is_input(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.ends_with(".rs") && !name.ends_with(".expanded.rs")
}

#[test]
fn expansions_are_as_pinned() {
    let accept = env::var("EXPAND").is_ok_and(|value| value == "overwrite");
    let mut report = String::new();
    for input in inputs() {
        let snapshot = input.with_extension("expanded.rs");
        let now = prettyplease::unparse(&expand(&input).file);
        let pinned = fs::read_to_string(&snapshot).unwrap_or_default();
        if now == pinned {
            continue;
        }
        match accept {
            true => fs::write(&snapshot, now).expect("the snapshot can be written"),
            false => report += &difference(&snapshot, &pinned, &now),
        }
    }
    assert!(
        report.is_empty(),
        "\n{report}`EXPAND=overwrite cargo test --test expansions` accepts"
    );
}

#[test]
fn every_snapshot_has_an_input() {
    let directory = fs::read_dir(path(INPUTS)).expect("the directory is there");
    for entry in directory {
        let path = entry.expect("it can be read").path();
        let input = path.to_str().and_then(|path| path.strip_suffix(".expanded.rs"));
        let input = input.map(|input| PathBuf::from(format!("{input}.rs")));
        assert!(
            input.is_none_or(|input| input.exists()),
            "{} is left over",
            path.display()
        );
    }
}

#[test]
fn the_same_input_gives_the_same_tokens() {
    for input in inputs() {
        let first = prettyplease::unparse(&expand(&input).file);
        assert_eq!(
            first,
            prettyplease::unparse(&expand(&input).file),
            "{}",
            input.display()
        );
    }
}

/// The lines from the first to the last that differ.
fn difference(snapshot: &Path, pinned: &str, now: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (pinned.lines().collect(), now.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let backwards = old.iter().rev().zip(new.iter().rev());
    let tail = backwards.take(most).take_while(|(a, b)| a == b).count();
    let mut text = format!("{}:{}\n", snapshot.display(), head + 1);
    for (sign, lines) in [('-', &old), ('+', &new)] {
        for line in &lines[head..lines.len() - tail] {
            writeln!(text, "{sign} {line}").expect("a string takes all");
        }
    }
    text + "\n"
}
