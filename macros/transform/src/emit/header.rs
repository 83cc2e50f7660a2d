//! What stands before the code of a machine: the lints that it may trip, and the `use` of the names that it mentions.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::expand::{Names, is_in_prelude};
use crate::tokens::{Token, Words};

/// The lints that a machine may trip where the user's code would not.
///
/// - `unused_mut`, `unused_assignments`: a variable is mutated after a suspension, in another arm.
/// - `dropping_copy_types`, `dropping_references`, `clippy::drop_non_drop`: the end of a scope is written out without knowing the type.
/// - `irrefutable_let_patterns`, `unreachable_patterns`: a pattern is matched again after a suspension.
/// - `clippy::used_underscore_binding`: a guard that nobody mentions moves from state to state.
/// - `unreachable_code`: an expression that is there for its type.
/// - `unused_braces`: what is matched drops with the statement.
/// - `unused_unsafe`: the parts of an `unsafe` block are wrapped one by one.
///
/// `found`: the identifiers of the machine; `underscores`: whether a variable of it begins with `_`; `braces`: whether it
/// [matches a temporary](matches_temporary).
pub(super) fn allow(found: &BTreeSet<&str>, underscores: bool, braces: bool) -> TokenStream {
    let has = |word: &str| found.contains(word);
    let mut lints: Vec<&str> = Vec::new();
    if has("mut") {
        lints.push("unused_mut");
        lints.push("unused_assignments");
    }
    if has("drop") {
        lints.extend(["dropping_copy_types", "dropping_references"]);
    }
    if has("unreachable_pattern") {
        lints.extend(["irrefutable_let_patterns", "unreachable_patterns"]);
    }
    if has("part") || has("unheld") {
        lints.push("unreachable_code");
    }
    if braces {
        lints.push("unused_braces");
    }
    if has("unsafe") {
        lints.push("unused_unsafe");
    }
    let mut lints: Vec<_> = lints
        .into_iter()
        .map(|lint| format_ident!("{lint}").to_token_stream())
        .collect();
    if has("drop") {
        lints.push(quote!(clippy::drop_non_drop));
    }
    if underscores {
        lints.push(quote!(clippy::used_underscore_binding));
    }
    match lints.is_empty() {
        true => TokenStream::new(),
        false => quote!(#[allow(#(#lints),*)]),
    }
}

/// `match { value } { .. }`
pub(super) fn matches_temporary(tokens: &[Token], names: &Names) -> bool {
    let found = |pair: &[Token]| match pair {
        [before, Token::Group(Delimiter::Brace, inside)] if before.is_word("match") => {
            matches!(&inside[..], [Token::Word(name)] if names.is_our_name(name))
        }
        _ => false,
    };
    let within = |token: &Token| matches!(token, Token::Group(_, inside) if matches_temporary(inside, names));
    tokens.windows(2).any(found) || tokens.iter().any(within)
}

/// Names of the runtime's module and of std's prelude that generated code may use.
const RUNTIME: [&str; 58] = [
    "Complete",
    "CoroutineState",
    "Err",
    "From",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Result",
    "Some",
    "Awaiting",
    "Become",
    "Call",
    "Emit",
    "Emitted",
    "Next",
    "Never",
    "Recursion",
    "Yielded",
    "async_generator",
    "async_generator_to_stream",
    "async_to_generator",
    "bounded",
    "bounded_async_generator",
    "bounded_delegating",
    "bounded_generator",
    "bounded_recursive",
    "generator",
    "compared",
    "consumed",
    "dbg_as",
    "delegate",
    "delegate_to",
    "delegating",
    "drop",
    "ends_early",
    "hold",
    "leftover",
    "machine",
    "next_back_of",
    "next_of",
    "no_pointer",
    "nth_back_of",
    "nth_of",
    "number",
    "number_at",
    "part",
    "put",
    "received",
    "recursive",
    "resumed_after_completion",
    "take",
    "unchanged",
    "unreachable_pattern",
    "unexpected_input",
    "unheld",
    "unseen",
];

/// The `use`s of all names that the machine needs and the user does not mention.
pub(super) fn uses(words: &Words, names: &Names) -> TokenStream {
    let mut needed: Vec<_> = RUNTIME
        .into_iter()
        .filter(|name| words.bare.contains(name) && names.is_imported(name))
        .map(str::to_owned)
        .collect();
    needed.extend(
        (2..=16)
            .map(|count| format!("Await{count}"))
            .filter(|name| words.bare.contains(name.as_str()) && names.is_imported(name)),
    );
    // Their methods are called.
    let methods = [("awaitable", "Awaitable"), ("delegated", "Delegated")];
    let called = methods
        .into_iter()
        .filter(|(method, of)| words.all.contains(method) && names.is_imported(of));
    needed.extend(called.map(|(_, of)| of.to_owned()));
    needed.sort_unstable();
    let (std, ours): (Vec<_>, Vec<_>) = needed.iter().partition(|name| is_in_prelude(name));
    let list = |names: Vec<&String>| -> Vec<_> { names.into_iter().map(|name| format_ident!("{name}")).collect() };
    let (std, ours, module) = (list(std), list(ours), names.module());
    let std = (!std.is_empty()).then(|| quote!(use ::core::prelude::v1::{#(#std),*};));
    // Where macros may mention any name, all are full paths.
    let ours = (!ours.is_empty()).then(|| quote!(use #module::{#(#ours),*};));
    quote!(#std #ours)
}
