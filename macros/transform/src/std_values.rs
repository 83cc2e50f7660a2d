//! Values that are certainly iterators, `Option`s or `Result`s of std's, by the expression or the type that is written.
//!
//! `x.count()` takes an iterator, and borrows a counter of the user's. Of a method with such a name only the receiver tells.

use proc_macro2::Ident;
use syn::{Expr, Type, TypeParamBound};

use crate::syntax;

/// What a value certainly is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum OfStd {
    Iterator,
    /// An iterator that lends what is next of it.
    Peekable,
    /// An `Option`, a `Result`, a stream or the handle of a thread, or an iterator that might be a list of the user's.
    Other,
}

impl OfStd {
    pub fn is_iterator(self) -> bool {
        self != OfStd::Other
    }
}

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
pub(crate) fn of_std(expr: &Expr, variable: &dyn Fn(&Ident) -> Option<OfStd>) -> Option<OfStd> {
    match syntax::inner(expr) {
        Expr::Range(_) => Some(OfStd::Iterator),
        Expr::Path(path) => match path.path.get_ident() {
            Some(name) if name == "None" => Some(OfStd::Other),
            Some(name) => variable(name),
            None => None,
        },
        Expr::Call(call) => match syntax::inner(&call.func) {
            Expr::Path(path) => made_by(&path.path.segments.last()?.ident.to_string()),
            _ => None,
        },
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            let receiver = || of_std(&call.receiver, variable);
            given_by(&method).or_else(|| match method.as_str() {
                name if adapts(name) => receiver().map(|of| match of {
                    OfStd::Peekable => OfStd::Iterator,
                    other => other,
                }),
                _ if is_doubtful(&call.method) => receiver().map(|_| OfStd::Other),
                _ => None,
            })
        }
        _ => None,
    }
}

fn made_by(function: &str) -> Option<OfStd> {
    match function {
        "once" | "repeat" | "repeat_n" | "empty" | "from_fn" | "successors" => Some(OfStd::Iterator),
        // The last ones make streams.
        "Some" | "Ok" | "Err" | "spawn" | "iter" | "unfold" | "try_unfold" => Some(OfStd::Other),
        _ => None,
    }
}

/// Methods that give an iterator for an iterator.
fn adapts(method: &str) -> bool {
    matches!(
        method,
        "map"
            | "skip"
            | "filter"
            | "zip"
            | "chain"
            | "rev"
            | "fuse"
            | "inspect"
            | "scan"
            | "cycle"
            | "take"
            | "copied"
            | "cloned"
            | "flatten"
    )
}

fn given_by(method: &str) -> Option<OfStd> {
    match method {
        "into_iter" | "iter" | "iter_mut" | "chars" | "char_indices" | "split_whitespace" | "enumerate" | "step_by"
        | "take_while" | "skip_while" | "map_while" | "filter_map" | "flat_map" => Some(OfStd::Iterator),
        "peekable" => Some(OfStd::Peekable),
        _ => gives_std(method).then_some(OfStd::Other),
    }
}

fn gives_std(method: &str) -> bool {
    let prefixes = [
        "iter", "split", "rsplit", "char", "windows", "chunks", "checked_", "strip_", "find",
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
        )
}

/// Whether values of the type are: `Option<T>`, `impl Iterator<..>`.
pub(crate) fn of_type_of_std(ty: &Type) -> Option<OfStd> {
    match ty {
        Type::Path(path) => named(&path.path.segments.last()?.ident),
        Type::ImplTrait(written) => written.bounds.iter().find_map(|bound| match bound {
            TypeParamBound::Trait(bound) => named(&bound.path.segments.last()?.ident),
            _ => None,
        }),
        Type::Paren(inner) => of_type_of_std(&inner.elem),
        Type::Group(inner) => of_type_of_std(&inner.elem),
        _ => None,
    }
}

fn named(ty: &Ident) -> Option<OfStd> {
    let name = ty.to_string();
    match name.as_str() {
        // It may be a list.
        "IntoIterator" | "Option" | "Result" | "JoinHandle" | "Stream" | "TryStream" => Some(OfStd::Other),
        "Peekable" => Some(OfStd::Peekable),
        "IntoIter" | "Iter" => Some(OfStd::Iterator),
        _ => name.ends_with("Iterator").then_some(OfStd::Iterator),
    }
}

/// `BufReader::new(file)`, `io::stdin().lock()`: its `lines()` take it.
pub(crate) fn is_reader(value: &Expr) -> bool {
    match syntax::inner(value) {
        Expr::Call(call) => match syntax::inner(&call.func) {
            Expr::Path(path) => {
                let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
                let made = names.next();
                made.is_some_and(|name| name == "stdin") || names.next().is_some_and(is_reader_type)
            }
            _ => false,
        },
        Expr::MethodCall(call) => call.method == "lock" && is_reader(&call.receiver),
        _ => false,
    }
}

/// `BufReader`
pub(crate) fn is_reader_type(name: &Ident) -> bool {
    ["BufReader", "Cursor", "Stdin", "StdinLock"]
        .iter()
        .any(|reader| name == reader)
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
