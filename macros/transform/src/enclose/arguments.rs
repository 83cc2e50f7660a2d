//! What the arguments of a function are to this pass.

use proc_macro2::Ident;
use syn::{FnArg, Type};

use crate::{pattern, signature};

/// The argument that is a reference: what it refers to stays where it is.
pub(super) fn reference(input: &FnArg) -> Option<Ident> {
    match input {
        FnArg::Receiver(receiver) => {
            let is_reference = !matches!(receiver.kind, syn::ReceiverKind::Value);
            is_reference.then(|| Ident::new("self", receiver.self_token.span))
        }
        FnArg::Typed(typed) if matches!(&*typed.ty, Type::Reference(_)) => {
            pattern::single(&typed.pat).map(|pat| pat.ident.clone())
        }
        FnArg::Typed(_) => None,
    }
}

pub(super) fn plain(input: &FnArg) -> Option<Ident> {
    match input {
        FnArg::Typed(typed) if signature::is_plain(&typed.ty) => {
            pattern::single(&typed.pat).map(|pat| pat.ident.clone())
        }
        _ => None,
    }
}

pub(super) fn owned(input: &FnArg) -> Vec<Ident> {
    match input {
        FnArg::Receiver(receiver) => vec![Ident::new("self", receiver.self_token.span)],
        FnArg::Typed(typed) => pattern::names(&typed.pat),
    }
}
