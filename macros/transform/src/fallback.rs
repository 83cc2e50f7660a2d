//! The entry: tokens of the attribute and the item -> tokens of the expansion, or all errors and a stub.
//!
//! After an error the rest of the crate still has to type-check, and an editor to complete: the function stays, with its
//! signature and a body that fits it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Error, ItemFn, ReturnType, TraitItemFn, Type};

use crate::{
    attribute::Arguments,
    expand::expand as expand_function,
    signature::{self, Kind, Returned},
    variants,
};

/// Expands `#[coro(attribute)] item`. An error becomes a `compile_error!` at the user's token beside a stub of the function.
pub fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let arguments: syn::Result<Arguments> = syn::parse2(attribute);
    let function: syn::Result<ItemFn> = syn::parse2(item.clone());
    let (arguments, function) = match (arguments, function) {
        (Ok(arguments), Ok(function)) => (arguments, function),
        (Err(error), Ok(function)) => return with_stub(&[error], &function, None),
        (_, Err(error)) => return not_a_function(error, item),
    };
    variants_of(&arguments, &function, MOST_VARIANTS)
}

/// How many `#[cfg]`s may decide which variables a function has.
const MOST_VARIANTS: usize = 4;

fn variants_of(arguments: &Arguments, function: &ItemFn, most: usize) -> TokenStream {
    match variants::split(function) {
        Some(cases) if most > 0 => cases
            .iter()
            .map(|case| variants_of(arguments, case, most - 1))
            .collect(),
        _ => match expand_function(arguments.clone(), function) {
            Ok(tokens) => tokens,
            Err(errors) => with_stub(&errors, function, Some(&arguments.krate)),
        },
    }
}

fn not_a_function(error: Error, item: TokenStream) -> TokenStream {
    // A trait method without a body has nothing to expand: its implementations have.
    if syn::parse2::<TraitItemFn>(item.clone()).is_ok_and(|function| function.default.is_none()) {
        return item;
    }
    let error = match item.clone().into_iter().next() {
        Some(_) if !starts_like_a_function(&item) => Error::new_spanned(
            &item,
            "`#[coro]` goes on functions: free functions, methods and trait methods",
        ),
        _ => error,
    };
    let errors = error.to_compile_error();
    quote!(#errors #item)
}

fn starts_like_a_function(item: &TokenStream) -> bool {
    item.clone().into_iter().any(|token| token.to_string() == "fn")
}

fn with_stub(errors: &[Error], function: &ItemFn, krate: Option<&syn::Path>) -> TokenStream {
    let errors: TokenStream = errors.iter().map(Error::to_compile_error).collect();
    let returned = signature::returned(&function.sig).ok();
    let body = match (returned, krate) {
        (Some(returned), Some(krate)) => stub(&returned, krate),
        _ if promises_something(function) => return errors,
        _ => quote!({ loop {} }),
    };
    let ItemFn { attrs, vis, sig, .. } = function;
    let mut sig = sig.clone();
    for input in &mut sig.inputs {
        if let syn::FnArg::Typed(typed) = input {
            *typed.pat = syn::parse_quote!(_);
        }
    }
    quote!(#(#attrs)* #vis #sig #body #errors)
}

/// Whether the return type needs a value that we cannot make up.
fn promises_something(function: &ItemFn) -> bool {
    match &function.sig.output {
        ReturnType::Default => false,
        ReturnType::Type(_, ty) => {
            ty.to_token_stream()
                .into_iter()
                .any(|token| token.to_string() == "impl")
                || matches!(**ty, Type::ImplTrait(_))
        }
    }
}

fn stub(returned: &Returned, krate: &syn::Path) -> TokenStream {
    let machine = quote!(#krate::machine);
    let (input, yielded, completed) = match &returned.kind {
        Kind::Iterator { item } => (quote!(()), item.to_token_stream(), quote!(())),
        Kind::Coroutine {
            input,
            yielded,
            returned,
        } => (
            input.to_token_stream(),
            yielded.to_token_stream(),
            returned.to_token_stream(),
        ),
    };
    let built = quote! {
        #machine::machine((), || |_: &mut (), _: #machine::Option<#input>| -> #machine::CoroutineState<#yielded, #completed> { loop {} })
    };
    match &returned.boxed {
        Some(boxed) => quote!({ #boxed::new(#built) }),
        None => quote!({ #built }),
    }
}
