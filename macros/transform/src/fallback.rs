//! The entry: tokens of the attribute and the item -> tokens of the expansion, or all errors and a stub.
//!
//! After an error the rest of the crate still has to type-check, and an editor to complete: the function stays, with its
//! signature.

use std::iter;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    AttrStyle, Error, Expr, FnArg, GenericArgument, Item, ItemFn, PathArguments, PathSegment, ReturnType, TraitItemFn,
    Type,
    visit_mut::{self, VisitMut},
};

use crate::{attribute::Arguments, edition::Edition, expand::expand as expand_function, variants};

/// Expands `#[coro(attribute)] item` in a crate of edition 2024. An error becomes a `compile_error!` at the user's token beside a
/// stub of the function.
pub fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    expand_for(Edition::From2024, attribute, item)
}

/// [`expand`] in a crate of that edition.
pub fn expand_for(edition: Edition, attribute: TokenStream, item: TokenStream) -> TokenStream {
    let meant = Arguments::meant(&attribute);
    let arguments: syn::Result<Arguments> = syn::parse2(attribute);
    let function: syn::Result<ItemFn> = syn::parse2(item.clone());
    match (arguments, function) {
        (Ok(arguments), Ok(function)) => variants_of(edition, &arguments, &function, MOST_VARIANTS),
        (Err(error), Ok(function)) => {
            let others = expand_function(edition, meant, &function).err();
            let errors: Vec<_> = iter::once(error).chain(others.into_iter().flatten()).collect();
            with_stub(&errors, &function)
        }
        (_, Err(error)) => not_a_function(error, item),
    }
}

/// The item with one error: at the function's name beside a stub, as [`expand`] gives its own, or before what is no function.
pub fn refuse(message: &str, item: TokenStream) -> TokenStream {
    match syn::parse2::<ItemFn>(item.clone()) {
        Ok(function) => with_stub(&[Error::new(function.sig.ident.span(), message)], &function),
        Err(_) => {
            let error = Error::new(Span::call_site(), message).to_compile_error();
            quote!(#error #item)
        }
    }
}

/// How many `#[cfg]`s may decide which variables a function has.
const MOST_VARIANTS: usize = 4;

fn variants_of(edition: Edition, arguments: &Arguments, function: &ItemFn, most: usize) -> TokenStream {
    match variants::split(function) {
        Some(cases) if most > 0 => cases
            .iter()
            .map(|case| variants_of(edition, arguments, case, most - 1))
            .collect(),
        _ => match expand_function(edition, arguments.clone(), function) {
            Ok(tokens) => tokens,
            Err(errors) => with_stub(&errors, function),
        },
    }
}

fn not_a_function(error: Error, item: TokenStream) -> TokenStream {
    // A trait method without a body has nothing to expand: its implementations have.
    if syn::parse2::<TraitItemFn>(item.clone()).is_ok_and(|function| function.default.is_none()) {
        return item;
    }
    let error = match syn::parse2::<Item>(item.clone()) {
        Ok(parsed) => misplaced(&parsed),
        Err(_) if is_closure(&item) => {
            let error = Error::new(Span::call_site(), GOES_ON_FUNCTIONS).to_compile_error();
            // One expression, as it was.
            return quote!({ #error #item });
        }
        Err(_) if !starts_like_a_function(&item) => Error::new(Span::call_site(), GOES_ON_FUNCTIONS),
        Err(_) => error,
    };
    let errors = error.to_compile_error();
    quote!(#errors #item)
}

const GOES_ON_FUNCTIONS: &str = "`#[coro]` goes on functions: free functions, methods and trait methods";

/// `#[coro]` on another item.
fn misplaced(item: &Item) -> Error {
    let help = match item {
        Item::Impl(_) | Item::Trait(_) | Item::Mod(_) => "\nhelp: put it on each generator function inside",
        _ => "",
    };
    Error::new(Span::call_site(), format!("{GOES_ON_FUNCTIONS}{help}"))
}

fn is_closure(item: &TokenStream) -> bool {
    matches!(syn::parse2::<Expr>(item.clone()), Ok(Expr::Closure(_)))
}

fn starts_like_a_function(item: &TokenStream) -> bool {
    item.clone().into_iter().any(|token| token.to_string() == "fn")
}

/// The function with its errors as its body: their type fits everything, so nothing that uses the function is an error too.
fn with_stub(errors: &[Error], function: &ItemFn) -> TokenStream {
    let ItemFn { attrs, vis, sig, .. } = function;
    let mut sig = sig.clone();
    for input in &mut sig.inputs {
        if let FnArg::Typed(typed) = input {
            *typed.pat = syn::parse_quote!(_);
        }
    }
    if let ReturnType::Type(_, ty) = &mut sig.output {
        sized(ty);
        OneInput.visit_type_mut(ty);
    }
    let errors: TokenStream = errors.iter().map(Error::to_compile_error).collect();
    let attrs = attrs.iter().filter(|attr| matches!(attr.style, AttrStyle::Outer));
    quote!(#(#attrs)* #vis #sig { #errors })
}

/// A trait where a type must stand, as the type that our error proposes: rustc would say the same again.
fn sized(ty: &mut Type) {
    match &*ty {
        Type::Path(path) => {
            let name = path.path.segments.last().map(|segment| segment.ident.to_string());
            if matches!(name.as_deref(), Some("Iterator" | "Coroutine")) {
                *ty = syn::parse_quote!(impl #path);
            }
        }
        Type::TraitObject(_) => *ty = syn::parse_quote!(::std::boxed::Box<#ty>),
        _ => {}
    }
}

/// `Coroutine<A, B, ..>` without `B`: rustc would say the same again.
struct OneInput;

impl VisitMut for OneInput {
    fn visit_path_segment_mut(&mut self, segment: &mut PathSegment) {
        if segment.ident == "Coroutine"
            && let PathArguments::AngleBracketed(arguments) = &mut segment.arguments
        {
            let mut inputs = 0;
            let kept = std::mem::take(&mut arguments.args).into_iter().filter(|argument| {
                inputs += usize::from(matches!(argument, GenericArgument::Type(_)));
                inputs < 2 || !matches!(argument, GenericArgument::Type(_))
            });
            arguments.args = kept.collect();
        }
        visit_mut::visit_path_segment_mut(self, segment);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_function_keeps_its_signature_and_has_one_error_at_its_name() {
        let text = "pub fn count(&self, mut n: u32) -> impl Iterator<Item = u32> { yield_!(n); }";
        let refused = refuse("a bug", text.parse().unwrap());
        let function: ItemFn = syn::parse2(refused.clone()).unwrap();
        let expected = quote!(
            pub fn count(&self, _: u32) -> impl Iterator<Item = u32> {
                ::core::compile_error! { "a bug" }
            }
        );
        assert_eq!(refused.to_string(), expected.to_string());
        let error = function.block.stmts.first().unwrap();
        let place = quote!(#error).into_iter().next().unwrap().span().byte_range();
        assert_eq!(&text[place], "count");
    }

    #[test]
    fn what_is_no_function_is_refused_as_a_whole() {
        let refused = refuse(
            "a bug",
            quote!(
                struct S;
            ),
        )
        .to_string();
        assert!(
            refused.contains("a bug") && refused.ends_with("struct S ;"),
            "{refused}"
        );
    }
}
