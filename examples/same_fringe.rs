//! Do two trees have the same leaves, in the same order, whatever their shape? The classic question
//! that is hard for two plain recursions and easy for two generators stepped side by side: it is
//! answered at the first difference, and neither tree is flattened for it.
//!
//! ```text
//! cargo run --example same_fringe -- '(a (b c))' '((a b) c)'
//! ```

mod support;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use unawait::prelude::*;

enum Tree {
    Leaf(String),
    Branch(Vec<Tree>),
}

/// The leaves from left to right.
#[coro]
fn leaves(tree: &Tree) -> Box<dyn Iterator<Item = &str> + '_> {
    match tree {
        Tree::Leaf(name) => yield_!(name),
        Tree::Branch(trees) => {
            for tree in trees {
                yield_from!(leaves(tree));
            }
        }
    }
}

/// The pairs of leaves of two trees up to the first that differs, and that one; a tree that ends
/// early has `None`.
#[coro]
fn compare<'a>(left: &'a Tree, right: &'a Tree) -> impl Iterator<Item = (Option<&'a str>, Option<&'a str>)> {
    let (mut left, mut right) = (leaves(left), leaves(right));
    loop {
        match (left.next(), right.next()) {
            (None, None) => break,
            (a, b) => {
                yield_!((a, b));
                if a != b {
                    break;
                }
            }
        }
    }
}

/// Parsing takes no recursion, but walking and dropping a tree does.
const DEEPEST: usize = 500;

/// Reads a tree such as `(a (b c))`.
fn parse(text: &str) -> Result<Tree, String> {
    // The branches that are open, the outermost first. What is outside of all of them is one, too.
    let mut open = vec![Vec::new()];
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    for token in spaced.split_whitespace() {
        match token {
            "(" if open.len() > DEEPEST => return Err(format!("more than {DEEPEST} levels")),
            "(" => open.push(Vec::new()),
            ")" => {
                let branch = open.pop().unwrap_or_default();
                let outer = open.last_mut().ok_or("a `)` too many")?;
                outer.push(Tree::Branch(branch));
            }
            name => open
                .last_mut()
                .ok_or("no branch is open")?
                .push(Tree::Leaf(name.into())),
        }
    }
    let mut trees = open.pop().unwrap_or_default();
    match (open.len(), trees.pop(), trees.len()) {
        (0, Some(tree), 0) => Ok(tree),
        (0, ..) => Err("expected one tree".into()),
        (missing, ..) => Err(format!("{missing} `)` missing")),
    }
}

fn main() -> ExitCode {
    support::main("same_fringe TREE TREE", trees, print)
}

fn trees(words: &[String]) -> Result<[Tree; 2], String> {
    let [left, right] = words else {
        return Err("expected two trees".into());
    };
    let tree = |text: &String| parse(text).map_err(|problem| format!("`{text}`: {problem}"));
    Ok([tree(left)?, tree(right)?])
}

fn print([left, right]: [Tree; 2], out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    for (number, pair) in (1..).zip(compare(&left, &right)) {
        match pair {
            (Some(a), Some(b)) if a == b => writeln!(out, "{number} {a}")?,
            (a, b) => {
                let [a, b] = [a, b].map(|leaf| leaf.unwrap_or("nothing"));
                writeln!(out, "{number} differs: {a} and {b}")?;
                return Ok(());
            }
        }
    }
    writeln!(out, "the same fringe")?;
    Ok(())
}
