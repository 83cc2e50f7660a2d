//! What a function must not do, said in rustc's words: its own errors would be about the machine, or there would be none.
//!
//! Input: the attribute's arguments and the desugared body. Output: all errors. Whatever rustc says as well at the
//! user's token is left to it.

mod asked;
mod assigned;
mod bases;
mod borrowed;
mod captured;
mod dereferenced;
mod jumps;
mod looped;
mod pinned;
mod pointers;
mod recursion;
mod shared_self;

pub(crate) use self::asked::ask as ask_of_pointers;
pub(crate) use self::assigned::check as assignments;
pub(crate) use self::bases::check as bases;
pub(crate) use self::borrowed::{Borrow, check as borrows};
pub(crate) use self::captured::check as captures;
pub(crate) use self::dereferenced::{Pointers, pointers as used_as_pointers};
pub(crate) use self::looped::check as changed_in_loops;
pub(crate) use self::pinned::check as pins;
pub(crate) use self::pointers::check as pointers;
pub(crate) use self::recursion::{CalledAs, call_of_itself, given_to_itself};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Block, Error, FnArg, ItemFn, ReturnType, Signature,
    visit::{self, Visit},
};

use crate::{
    attribute::First,
    pattern,
    signature::{Kind, Returned},
    source::quote_source,
    std_macros,
};

/// Misuse of `first = name`.
pub(crate) fn first(first: Option<&First>, returned: &Returned) -> Option<Error> {
    let what = match &returned.kind {
        Kind::Coroutine { .. } => return None,
        Kind::Iterator { item } => {
            let item = quote_source(&item.to_token_stream(), 60);
            format!(
                "`first` names the input of the first resume, and an iterator has no inputs\n\
                 help: remove it, or return `impl Coroutine<Input, Yield = {item}, Return = ()>`"
            )
        }
        Kind::Future { .. } | Kind::Stream { .. } => {
            "`first` names the input of the first resume, and what is polled has no inputs\nhelp: remove it".to_owned()
        }
    };
    first.map(|first| Error::new(first.argument.span(), what))
}

/// Misuse in the body.
///
/// `recursive`: the word of the attribute.
pub(crate) fn body(
    block: &Block,
    sig: &Signature,
    returned: &Returned,
    this: &Ident,
    recursive: Option<&Ident>,
) -> Vec<Error> {
    let mut errors = of_any(block, sig);
    errors.extend(shared_self::check(block, sig, this));
    errors.extend(recursion::check(block, sig, returned, this, recursive));
    errors
}

/// A function that awaits, yields nothing, and returns a plain value: `async` was forgotten.
pub(crate) fn not_async(item: &ItemFn) -> Option<Error> {
    let (sig, body) = (&item.sig, item.block.to_token_stream());
    let opaque = matches!(&sig.output, ReturnType::Type(_, ty) if {
        let ty = ty.to_token_stream();
        ["impl", "dyn"].iter().any(|word| mentions(ty.clone(), word))
    });
    let awaits = std_macros::hidden_await(body.clone()) && std_macros::hidden_yield(body).is_none();
    // An attribute below may have taken it away: that error says so.
    let forgotten = awaits && !opaque && sig.asyncness.is_none() && sig.ident != "main";
    let name = &sig.ident;
    let what = format!("`{name}` awaits, and is not `async`\nhelp: write `async fn {name}`");
    forgotten.then(|| Error::new(sig.fn_token.span, what))
}

fn mentions(tokens: TokenStream, word: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => mentions(group.stream(), word),
        _ => false,
    })
}

/// Arguments of one name: they would be fields of one name.
fn bound_twice(sig: &Signature) -> Option<Error> {
    let patterns = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.pat),
        FnArg::Receiver(_) => None,
    });
    let names: Vec<_> = patterns.flat_map(pattern::names).collect();
    let twice = (1..names.len()).find(|&index| names[..index].contains(&names[index]))?;
    let name = &names[twice];
    let message = format!("identifier `{name}` is bound more than once in this parameter list");
    Some(Error::new(name.span(), message))
}

/// `let self = ..;`, which parses.
struct BoundSelf<'a>(&'a mut Vec<Error>);

impl Visit<'_> for BoundSelf<'_> {
    fn visit_pat_ident(&mut self, pat: &syn::PatIdent) {
        if pat.ident == "self" {
            let message = "expected identifier, found keyword `self`";
            self.0.push(Error::new(pat.ident.span(), message));
        }
        visit::visit_pat_ident(self, pat);
    }
}

/// Misuse in a function of whatever kind.
pub(crate) fn of_any(block: &Block, sig: &Signature) -> Vec<Error> {
    let mut errors = jumps::check(block);
    BoundSelf(&mut errors).visit_block(block);
    errors.extend(bound_twice(sig));
    errors
}
