//! Values that are certainly iterators, `Option`s or `Result`s of std's, by the expression or the type that is written.
//!
//! `x.count()` takes an iterator, and borrows a counter of the user's. Of a method with such a name only the receiver tells.

use proc_macro2::Ident;
use syn::{Expr, Type, TypeParamBound};

use crate::syntax;

/// Methods that std's types take `self` by value with, under names that a user's type may well give to one with `&self`.
pub(crate) fn is_doubtful(method: &Ident) -> bool {
    let name = method.to_string();
    matches!(
        name.as_str(),
        "map"
            | "skip"
            | "filter"
            | "zip"
            | "chain"
            | "rev"
            | "fuse"
            | "sum"
            | "product"
            | "count"
            | "last"
            | "inspect"
            | "scan"
            | "cycle"
            | "partition"
            | "reduce"
            | "then"
            | "xor"
            | "or"
            | "and"
            | "join"
            | "take"
    )
}

/// Whether the value is one of std's; `variable` knows which variables are.
pub(crate) fn is_of_std(expr: &Expr, variable: &dyn Fn(&Ident) -> bool) -> bool {
    match syntax::inner(expr) {
        Expr::Range(_) => true,
        Expr::Path(path) => match path.path.get_ident() {
            Some(name) if name == "None" => true,
            Some(name) => variable(name),
            None => false,
        },
        Expr::Call(call) => match syntax::inner(&call.func) {
            Expr::Path(path) => path
                .path
                .segments
                .last()
                .is_some_and(|last| makes_std(&last.ident.to_string())),
            _ => false,
        },
        Expr::MethodCall(call) => {
            gives_std(&call.method.to_string()) || is_doubtful(&call.method) && is_of_std(&call.receiver, variable)
        }
        _ => false,
    }
}

fn makes_std(function: &str) -> bool {
    matches!(
        function,
        "Some" | "Ok" | "Err" | "once" | "repeat" | "repeat_n" | "empty" | "from_fn" | "successors" | "spawn"
    )
}

fn gives_std(method: &str) -> bool {
    let prefixes = [
        "into_iter",
        "iter",
        "split",
        "rsplit",
        "char",
        "windows",
        "chunks",
        "checked_",
        "strip_",
        "find",
    ];
    prefixes.iter().any(|prefix| method.starts_with(prefix))
        || matches!(
            method,
            "bytes"
                | "lines"
                | "drain"
                | "keys"
                | "values"
                | "next"
                | "next_back"
                | "pop"
                | "pop_front"
                | "pop_back"
                | "parse"
                | "position"
                | "get"
                | "get_mut"
                | "enumerate"
                | "peekable"
                | "step_by"
                | "take_while"
                | "flat_map"
        )
}

/// Whether values of the type are: `Option<T>`, `impl Iterator<..>`.
pub(crate) fn is_type_of_std(ty: &Type) -> bool {
    let named = |name: &Ident| {
        let name = name.to_string();
        name.ends_with("Iterator") || matches!(name.as_str(), "Option" | "Result" | "JoinHandle" | "IntoIter" | "Iter")
    };
    let bounds = |bounds: &mut dyn Iterator<Item = &TypeParamBound>| {
        let mut bounds = bounds.filter_map(|bound| match bound {
            TypeParamBound::Trait(bound) => bound.path.segments.last(),
            _ => None,
        });
        bounds.any(|segment| named(&segment.ident))
    };
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|segment| named(&segment.ident)),
        Type::ImplTrait(written) => bounds(&mut written.bounds.iter()),
        Type::Paren(inner) => is_type_of_std(&inner.elem),
        Type::Group(inner) => is_type_of_std(&inner.elem),
        _ => false,
    }
}

/// `oneshot::channel()`, `sender.reserve().await?`: what they give has a `send` that takes it by value.
pub(crate) fn sends_once(value: &Expr) -> bool {
    match syntax::inner(value) {
        Expr::Call(call) => match syntax::inner(&call.func) {
            Expr::Path(path) => {
                let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
                names.next().is_some_and(|name| name == "channel") && names.next().is_some_and(|name| name == "oneshot")
            }
            _ => false,
        },
        Expr::Try(tried) => sends_once(&tried.expr),
        Expr::Await(awaited) => sends_once(&awaited.base),
        Expr::Yield(awaited) => awaited.expr.as_ref().is_some_and(|awaited| sends_once(awaited)),
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            let reserves = matches!(
                name.as_str(),
                "reserve" | "try_reserve" | "reserve_owned" | "try_reserve_owned"
            );
            reserves || matches!(name.as_str(), "unwrap" | "expect") && sends_once(&call.receiver)
        }
        _ => false,
    }
}

/// `oneshot::Sender<T>`, `Permit<'_, T>`
pub(crate) fn is_once_sender(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    match names.next().as_deref() {
        Some("Sender") => names.next().is_some_and(|name| name == "oneshot"),
        Some(name) => matches!(name, "Permit" | "OwnedPermit"),
        None => false,
    }
}
