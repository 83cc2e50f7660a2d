//! Recursive walks: `yield_from!` runs another generator, here the function itself, to its end.
//!
//! A generator that contains itself needs a box, as any recursive type does, and returns `Box<dyn Iterator>`. With
//! `#[coro(recursive)]` it needs none: the runs that wait for others stand on a stack, in one allocation.
//!
//! ```text
//! cargo run --example tree -- list examples             # a directory, with indentation
//! cargo run --example tree -- sort pear apple fig date  # words, through a binary tree
//! ```

mod support;

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use unawait::prelude::*;

/// A binary search tree: what is less is on the left.
struct Node<T> {
    value: T,
    left: Tree<T>,
    right: Tree<T>,
}

type Tree<T> = Option<Box<Node<T>>>;

/// A walk is as deep as the tree that it walks over.
const DEEPEST: usize = 500;

fn insert<T: Ord>(mut tree: &mut Tree<T>, value: T) -> Result<(), String> {
    let mut depth = 1;
    while let Some(node) = tree {
        tree = match value < node.value {
            true => &mut node.left,
            false => &mut node.right,
        };
        depth += 1;
    }
    if depth > DEEPEST {
        return Err(format!("the tree is more than {DEEPEST} levels deep"));
    }
    let (left, right) = (None, None);
    *tree = Some(Box::new(Node { value, left, right }));
    Ok(())
}

/// The values from the least to the greatest.
#[coro(recursive)]
fn in_order<T>(tree: &Tree<T>) -> impl Iterator<Item = &T> {
    if let Some(node) = tree {
        yield_from!(in_order(&node.left));
        yield_!(&node.value);
        yield_from!(in_order(&node.right));
    }
}

/// Something in a directory.
struct Entry {
    path: PathBuf,
    depth: usize,
    is_directory: bool,
}

/// What a directory holds, at any depth: each entry before those inside it. Symbolic links are not
/// followed. An error takes the place of the directory's entries.
#[coro]
fn walk(directory: PathBuf, depth: usize) -> Box<dyn Iterator<Item = Result<Entry, String>>> {
    match entries(&directory, depth) {
        Ok(entries) => {
            for entry in entries {
                let inner = entry.is_directory.then(|| entry.path.clone());
                yield_!(Ok(entry));
                if let Some(inner) = inner {
                    yield_from!(walk(inner, depth + 1));
                }
            }
        }
        Err(error) => yield_!(Err(format!("{}: {error}", directory.display()))),
    }
}

/// The entries of one directory, by name.
fn entries(directory: &Path, depth: usize) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        entries.push(Entry {
            path: entry.path(),
            depth,
            is_directory: entry.file_type()?.is_dir(),
        });
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

enum Task {
    Sort(Vec<String>),
    List(PathBuf),
}

fn main() -> ExitCode {
    support::main("tree list DIRECTORY | tree sort WORD..", task, print)
}

fn task(words: &[String]) -> Result<Task, String> {
    match words {
        [verb, directory] if verb == "list" => Ok(Task::List(directory.into())),
        [verb, words @ ..] if verb == "sort" => Ok(Task::Sort(words.to_vec())),
        _ => Err("expected `list` and a directory, or `sort` and words".into()),
    }
}

fn print(task: Task, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    match task {
        Task::Sort(words) => sort(words, out),
        Task::List(directory) => list(directory, out),
    }
}

fn sort(words: Vec<String>, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut tree = None;
    for word in words {
        insert(&mut tree, word)?;
    }
    for word in in_order(&tree) {
        writeln!(out, "{word}")?;
    }
    Ok(())
}

fn list(directory: PathBuf, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    for entry in walk(directory, 0) {
        let entry = entry?;
        let name = entry.path.file_name().unwrap_or_default();
        let slash = if entry.is_directory { "/" } else { "" };
        writeln!(out, "{:1$}{2}{slash}", "", 2 * entry.depth, name.display())?;
    }
    Ok(())
}
