//! Large arrays: the variables that they are, and where the machine gets at them.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Pat;

use super::Parts;
use crate::arrays::{Array, Stays};

fn beside<'a>(parts: &Parts<'a>) -> impl Iterator<Item = &'a Array> {
    parts.arrays.iter().filter(|array| array.stays == Stays::Beside)
}

/// `let buffer = [0u8; 4096];` of what goes into the machine.
pub(super) fn declared(parts: &Parts) -> TokenStream {
    let lets = beside(parts).map(|array| {
        let mut declaration = array.declaration.clone();
        immutable(&mut declaration.pat);
        declaration
    });
    quote!(#(#lets)*)
}

fn immutable(pat: &mut Pat) {
    match pat {
        Pat::Type(typed) => immutable(&mut typed.pat),
        Pat::Ident(ident) => ident.mutability = None,
        _ => {}
    }
}

/// `State::Start`, `(State::Start, buffer)`
pub(super) fn with_beside(parts: &Parts, state: TokenStream) -> TokenStream {
    let names: Vec<&Ident> = beside(parts).map(|array| &array.name).collect();
    match names.is_empty() {
        true => state,
        false => quote!((#state, #(#names),*)),
    }
}

/// `let mut buffer = [0u8; 4096];` of those to which the machine refers.
pub(super) fn around(parts: &Parts) -> TokenStream {
    let outside = parts.arrays.iter().filter(|array| array.stays == Stays::Outside);
    outside.map(|array| array.declaration.to_token_stream()).collect()
}
