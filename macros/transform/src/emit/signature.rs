//! The function around the machine: its attributes and signature, which say what it returns now.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{FnArg, ItemFn, ReturnType, Token, Type, spanned::Spanned};

use super::Parts;
use crate::{function, signature::Kind, span::ours};

pub(super) fn function(parts: &Parts, allow: &TokenStream, body: &TokenStream) -> TokenStream {
    let ItemFn { attrs, vis, sig, .. } = parts.item;
    let mut attrs = attrs.clone();
    attrs.iter_mut().for_each(|attr| attr.style = syn::AttrStyle::Outer);
    let mut sig = sig.clone();
    for (input, argument) in sig.inputs.iter_mut().zip(&parts.function.arguments) {
        match input {
            FnArg::Typed(typed) => {
                let ident = &argument.ident;
                *typed.pat = function::parameter(argument).unwrap_or_else(|| syn::parse_quote!(#ident));
            }
            FnArg::Receiver(receiver) => receiver.mutability = None,
        }
    }
    if stays_async(parts) {
        return quote!(#(#attrs)* #allow #vis #sig #body);
    }
    if sig.asyncness.take().is_some()
        && let Kind::Future { output } = &parts.returned.kind
    {
        let (output, at) = match &parts.item.sig.output {
            ReturnType::Type(_, ty) => (ty.to_token_stream(), ty.span()),
            ReturnType::Default => (output.to_token_stream(), sig.ident.span()),
        };
        let output = quote_spanned!(ours(at)=> impl ::core::future::Future<Output = #output>);
        sig.output = ReturnType::Type(Token![->](ours(at)), Box::new(Type::Verbatim(output)));
    }
    quote!(#(#attrs)* #allow #vis #sig #body)
}

/// Whether the function is an `async fn` still, which awaits the future of its machine.
pub(super) fn stays_async(parts: &Parts) -> bool {
    let stays = || parts.of_two_lifetimes || never_returns(parts) || parts.item.attrs.iter().any(wants_async);
    parts.item.sig.asyncness.is_some() && stays()
}

/// `async fn f() -> !`: on stable Rust `!` is a type only there.
pub(super) fn never_returns(parts: &Parts) -> bool {
    matches!(
        &parts.returned.kind,
        Kind::Future {
            output: syn::Type::Never(_)
        }
    )
}

/// `#[tokio::main]`, `#[instrument]`: an attribute that rustc does not know may take an `async fn` only, so the function stays
/// one.
fn wants_async(attr: &syn::Attribute) -> bool {
    let known = [
        "allow",
        "warn",
        "deny",
        "expect",
        "forbid",
        "doc",
        "must_use",
        "inline",
        "cold",
        "track_caller",
        "deprecated",
        "cfg",
        "cfg_attr",
        "target_feature",
        "no_mangle",
        "rustfmt",
        "clippy",
        "diagnostic",
    ];
    let first = attr.path().segments.first();
    !first.is_some_and(|first| known.iter().any(|name| first.ident == name))
}
