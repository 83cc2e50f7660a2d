//! A property: whatever parses as a function becomes code that parses, or errors that stand at tokens of the input. Never a
//! panic, and the same input gives the same tokens.
//!
//! The functions are those of the repository's tests and examples, changed at random: tokens go, come, change places. The
//! seeds are fixed; `UNAWAIT_MUTANTS=100000 cargo test -p unawait-transform --test any_function` tries more of them.

mod corpus;
mod mutate;
#[expect(dead_code, reason = "the fuzzer, whose random numbers these are, uses more of them")]
#[path = "../../../../tests/fuzz/random.rs"]
mod random;

use std::panic::catch_unwind;

use proc_macro2::{TokenStream, TokenTree};

use self::random::Random;

/// How many functions are tried if nothing else is asked for.
const MUTANTS: u64 = 1_500;

/// How many changes of a function are tried; most make it none.
const TRIES: usize = 16;

/// What is wrong with the expansion of a text; `None`: nothing.
fn complaint(text: &str) -> Option<String> {
    let parse = || text.parse::<TokenStream>();
    // An unbalanced brace is the lexer's to refuse.
    let input = parse().ok()?;
    let Ok(output) = catch_unwind(|| unawait_transform::expand(TokenStream::new(), text.parse().unwrap())) else {
        return Some("the transform panics".to_owned());
    };
    let again = unawait_transform::expand(TokenStream::new(), parse().ok()?);
    if output.to_string() != again.to_string() {
        return Some("a second expansion differs".to_owned());
    }
    if syn::parse2::<syn::ItemFn>(input).is_err() {
        return None;
    }
    if let Err(error) = syn::parse2::<syn::File>(output.clone()) {
        return Some(format!("the expansion does not parse: {error}\n{output}"));
    }
    let misplaced = errors(output).into_iter().find(|error| {
        let range = error.span().byte_range();
        range.is_empty() || range.end > text.len()
    });
    misplaced.map(|_| "an error stands outside of the input".to_owned())
}

/// The names of the `compile_error!`s.
fn errors(tokens: TokenStream) -> Vec<TokenTree> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => found.extend(errors(group.stream())),
            TokenTree::Ident(name) if name == "compile_error" => found.push(name.into()),
            _ => {}
        }
    }
    found
}

fn refuse(text: &str, seed: u64) {
    if let Some(complaint) = complaint(text) {
        panic!("{complaint}\nwith seed {seed}, of the function\n{text}");
    }
}

#[test]
fn functions_of_the_repository() {
    let corpus = corpus::functions();
    assert!(corpus.len() > 500, "the corpus is gone");
    for function in corpus {
        refuse(&function, 0);
    }
}

#[test]
fn functions_changed_at_random() {
    let wish = std::env::var("UNAWAIT_MUTANTS").ok();
    let mutants = wish.map_or(MUTANTS, |wish| wish.parse().expect("UNAWAIT_MUTANTS is a number"));
    let corpus = corpus::functions();
    let tokens = mutate::pool(&corpus);
    for seed in 1..=mutants {
        let mut random = Random::new(seed);
        let original: TokenStream = random.pick(&corpus).parse().expect("the corpus has tokens");
        let function = changed(original, &mut random, &tokens);
        refuse(&function.to_string(), seed);
        // What the parser refuses is a user's input too.
        refuse(&mutate::mutate(function, &mut random, &tokens).to_string(), seed);
    }
}

/// A few changes after each of which it still is a function.
fn changed(mut function: TokenStream, random: &mut Random, tokens: &[TokenStream]) -> TokenStream {
    for _ in 0..TRIES {
        let changed = mutate::mutate(function.clone(), random, tokens);
        if syn::parse2::<syn::ItemFn>(changed.clone()).is_ok() {
            function = changed;
        }
    }
    function
}
