//! Expansions are short: a number for the first one that everybody sees, and one for all examples together.

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::{expand, path};

#[test]
fn fib_fits_a_screen() {
    let expanded = expand(&path("examples/fib.rs"));
    let machine = &expanded.functions[0].machine;
    assert!(machine.lines().count() <= 40, "{machine}");
}

#[test]
fn examples_stay_in_proportion() {
    let mut files = Vec::new();
    collect(&path("examples"), &mut files);
    let functions: Vec<_> = files.iter().flat_map(|file| expand(file).functions).collect();
    assert!(functions.len() > 10, "the examples are there");
    let source: usize = functions.iter().map(|function| function.lines).sum();
    let printed = |machine: &str| machine.lines().count();
    let machines: usize = functions.iter().map(|function| printed(&function.machine)).sum();
    let each = functions.iter().map(|function| {
        let (from, to) = (function.lines, printed(&function.machine));
        format!("{from:5} -> {to:4} {}\n", function.name)
    });
    let each: String = each.collect();
    assert!(machines < 6 * source, "{source} lines become {machines}:\n{each}");
}

/// All Rust files of the directory, in order.
pub fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(directory).expect("the directory is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    for path in paths {
        match path.is_dir() {
            true => collect(&path, files),
            false if path.extension().is_some_and(|extension| extension == "rs") => files.push(path),
            false => {}
        }
    }
}
