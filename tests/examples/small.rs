//! The examples that take a few words and print a few lines, and what all of them have in common.

use crate::run::{file, run, run_unread};

#[test]
fn fib_prints_ten_numbers_or_as_many_as_asked_for() {
    assert_eq!(run("fib", &[]).succeeds(), "0\n1\n1\n2\n3\n5\n8\n13\n21\n34\n");
    assert_eq!(run("fib", &["0"]).succeeds(), "");
    let all = run("fib", &["93"]).succeeds();
    assert!(all.ends_with("\n4660046610375530309\n7540113804746346429\n"), "{all}");
}

#[test]
fn fib_refuses_more_than_fits() {
    let complaint = "fib: `94` is not a number from 0 to 93 (more do not fit a u64)";
    assert_eq!(run("fib", &["94"]).refuses(), complaint);
    run("fib", &["ten"]).refuses();
    run("fib", &["-1"]).refuses();
    assert_eq!(run("fib", &["1", "2"]).refuses(), "fib: one number at most");
}

#[test]
fn words_ranks_by_count_and_alphabet() {
    let expected = "    10 the\n     9 i\n     7 and\n     5 a\n     5 it\n     5 me\n     5 to\n";
    let ranking = run("words", &["examples/data/loomings.txt"]).succeeds();
    assert!(ranking.starts_with(expected), "{ranking}");
    assert_eq!(ranking.lines().count(), 10);
}

#[test]
fn words_reads_the_readme_if_not_told_otherwise() {
    assert_eq!(run("words", &[]).succeeds().lines().count(), 10);
}

#[test]
fn words_finds_the_ends_of_words() {
    let path = file("words.txt", "Don't 'quote' ÉTÉ, été--x2\nx2 don't");
    let expected = "     2 don't\n     2 x2\n     2 été\n     1 quote\n";
    assert_eq!(run("words", &[&path]).succeeds(), expected);
    assert_eq!(run("words", &[&file("empty.txt", "")]).succeeds(), "");
}

#[test]
fn words_names_the_file_that_it_cannot_read() {
    let err = run("words", &["no/such/file"]).fails(1);
    assert!(err.starts_with("words: no/such/file: "), "{err}");
    let path = file("latin1.txt", b"caf\xe9");
    let err = run("words", &[&path]).fails(1);
    assert!(err.starts_with(&format!("words: {path}: ")), "{err}");
}

#[test]
fn queens_finds_all_boards() {
    let expected = ". Q . .\n. . . Q\nQ . . .\n. . Q .\none of 2 solutions\n";
    assert_eq!(run("queens", &["4"]).succeeds(), expected);
    for (size, solutions) in [("1", 1), ("5", 10), ("6", 4), ("7", 40), ("8", 92)] {
        let out = run("queens", &[size]).succeeds();
        assert!(out.ends_with(&format!("\none of {solutions} solutions\n")), "{out}");
    }
    assert_eq!(run("queens", &["3"]).succeeds(), "no solution\n");
    assert_eq!(
        run("queens", &["0"]).refuses(),
        "queens: `0` is not a number from 1 to 12"
    );
}

#[test]
fn tree_sorts_words() {
    let words = ["sort", "pear", "apple", "fig", "date", "fig", "zucchini"];
    let expected = "apple\ndate\nfig\nfig\npear\nzucchini\n";
    assert_eq!(run("tree", &words).succeeds(), expected);
    assert_eq!(run("tree", &["sort"]).succeeds(), "");
}

#[test]
fn tree_refuses_what_recursion_cannot_walk() {
    let words: Vec<_> = (0..2000).map(|number| format!("{number:04}")).collect();
    let words: Vec<_> = ["sort"].into_iter().chain(words.iter().map(String::as_str)).collect();
    run("tree", &words[..501]).succeeds();
    assert_eq!(
        run("tree", &words).fails(1),
        "tree: the tree is more than 500 levels deep\n"
    );
}

#[test]
fn tree_lists_directories() {
    let listing = run("tree", &["list", "examples"]).succeeds();
    assert!(listing.contains("\ncsv.rs\ndata/\n  cities.csv\n"), "{listing}");
    assert!(
        listing.contains("\nhttp_request/\n  grammar.rs\n  main.rs\n"),
        "{listing}"
    );
    let err = run("tree", &["list", "no/such/directory"]).fails(1);
    assert!(err.starts_with("tree: no/such/directory: "), "{err}");
    run("tree", &["list"]).refuses();
    run("tree", &[]).refuses();
}

#[test]
fn same_fringe_compares_leaf_by_leaf() {
    let compare = |left, right| run("same_fringe", &[left, right]).succeeds();
    assert_eq!(compare("(a (b c))", "((a b) c)"), "1 a\n2 b\n3 c\nthe same fringe\n");
    assert_eq!(compare("(a (b c) d)", "((a x) c d)"), "1 a\n2 differs: b and x\n");
    assert_eq!(compare("((a) () b)", "(a)"), "1 a\n2 differs: b and nothing\n");
    assert_eq!(compare("()", "a"), "1 differs: nothing and a\n");
    assert_eq!(compare("()", "(() ())"), "the same fringe\n");
}

#[test]
fn same_fringe_refuses_what_is_no_tree() {
    let complaint = |tree| run("same_fringe", &[tree, "a"]).refuses();
    assert_eq!(complaint("((a)"), "same_fringe: `((a)`: 1 `)` missing");
    assert_eq!(complaint("a)"), "same_fringe: `a)`: a `)` too many");
    assert_eq!(complaint(")("), "same_fringe: `)(`: a `)` too many");
    assert_eq!(complaint("a b"), "same_fringe: `a b`: expected one tree");
    assert_eq!(complaint(""), "same_fringe: ``: expected one tree");
    assert!(complaint(&"(".repeat(10_000)).ends_with(": more than 500 levels"));
    run("same_fringe", &["a"]).refuses();
}

#[test]
fn four_ways_say_the_same() {
    let expected = "ping 1, pong 1, ping 2, pong 2";
    let ways = ["switching", "generators", "delegation", "async", "by hand"];
    let expected: String = ways.map(|way| format!("{way}: {expected}\n")).concat();
    assert_eq!(run("four_ways", &[]).succeeds(), expected);
    assert_eq!(run("four_ways", &["2"]).succeeds(), expected);
    let long = run("four_ways", &["100000"]).succeeds();
    assert!(long.lines().all(|line| line.ends_with(", ping 100000, pong 100000")));
    run("four_ways", &["0"]).refuses();
}

/// Every example with words on which it has something to print.
const ALL: [(&str, &[&str]); 25] = [
    ("fib", &[]),
    ("words", &["examples/data/loomings.txt"]),
    ("csv", &["examples/data/cities.csv"]),
    ("http_request", &["examples/data/order.http"]),
    ("queens", &[]),
    ("tree", &["list", "examples"]),
    ("same_fringe", &["(a b)", "(a (b))"]),
    ("four_ways", &["20000"]),
    ("greet", &[]),
    ("burgers", &["0", "1"]),
    ("countasync", &["5"]),
    ("makerandom", &[]),
    ("chained", &["1"]),
    ("producers_consumers", &["1", "1"]),
    ("tasks", &[]),
    ("chess", &["2"]),
    ("chef", &["20"]),
    ("risky", &[]),
    ("callbacks", &[]),
    ("agen", &[]),
    ("get_burgers", &["1"]),
    ("range", &[]),
    ("expand", &["examples/fib.rs"]),
    ("echo_server", &["127.0.0.1:0"]),
    ("chat", &["127.0.0.1:0"]),
];

#[test]
fn a_closed_output_is_no_failure() {
    for (name, words) in ALL {
        assert_eq!(run_unread(name, words).succeeds(), "");
        assert_eq!(run_unread(name, &["--help"]).succeeds(), "");
    }
}

#[test]
fn help_tells_the_usage() {
    for (name, words) in ALL {
        let help = run(name, &["--help"]).succeeds();
        let usage = help.strip_prefix("usage: ").expect("it says so");
        assert_eq!(usage.split_whitespace().next(), Some(name), "{help}");
        let too_many = [words, &["x", "y", "z"]].concat();
        if name != "tree" {
            run(name, &too_many).refuses();
        }
    }
}
