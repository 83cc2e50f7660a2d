//! What `collect()` gives: whether it refers to what the iterator goes through, and whether anybody can tell when it drops.

use proc_macro2::Ident;
use syn::{Expr, ExprMethodCall, GenericArgument, PathArguments, Type};

use crate::{pattern, signature, syntax};

/// Methods whose items are values, not references.
pub(crate) const COMPUTERS: [&str; 11] = [
    "map",
    "filter_map",
    "flat_map",
    "map_while",
    "scan",
    "copied",
    "cloned",
    "chars",
    "bytes",
    "char_indices",
    "drain",
];

/// Whether the value is a collection of std's of nothing but references and numbers, as far as names tell: it keeps what it
/// refers to borrowed, and nobody can tell when it is dropped.
pub(crate) fn views(value: &Expr, ty: Option<&Type>) -> bool {
    let Expr::MethodCall(call) = syntax::peeled(value) else {
        return false;
    };
    let written = call
        .turbofish
        .as_ref()
        .and_then(|turbofish| match turbofish.args.first() {
            Some(GenericArgument::Type(ty)) => Some(ty),
            _ => None,
        });
    let ty = written.or(ty).map(collection);
    call.method == "collect" && ty.is_some_and(|ty| holds_references(ty, &call.receiver))
}

/// `Vec<&str>` of `Result<Vec<&str>, Error>`
fn collection(ty: &Type) -> &Type {
    let Type::Path(path) = ty else { return ty };
    let Some(last) = path.path.segments.last() else {
        return ty;
    };
    match arguments(last).next() {
        Some(inner) if last.ident == "Result" || last.ident == "Option" => inner,
        _ => ty,
    }
}

fn arguments(segment: &syn::PathSegment) -> impl Iterator<Item = &Type> {
    let listed = match &segment.arguments {
        PathArguments::AngleBracketed(listed) => Some(&listed.args),
        _ => None,
    };
    listed.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn holds_references(ty: &Type, iterator: &Expr) -> bool {
    const COLLECTIONS: [&str; 6] = ["Vec", "VecDeque", "HashSet", "BTreeSet", "HashMap", "BTreeMap"];
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    let refers = |ty: &Type| matches!(ty, Type::Reference(_) | Type::Infer(_));
    let nothing_else = |ty: &Type| match ty {
        Type::Infer(_) => is_of_references(iterator) && is_of_text(iterator),
        ty => signature::is_plain(ty),
    };
    COLLECTIONS.iter().any(|name| last.ident == name)
        && arguments(last).any(refers)
        && arguments(last).all(nothing_else)
}

/// `text.split(',')`, adapted or not: only those of a text are certainly no guards, as `iter` may give.
fn is_of_text(iterator: &Expr) -> bool {
    const PARTS: [&str; 9] = [
        "lines",
        "matches",
        "rsplit",
        "rsplitn",
        "split",
        "split_ascii_whitespace",
        "split_terminator",
        "split_whitespace",
        "splitn",
    ];
    match syntax::inner(iterator) {
        Expr::MethodCall(call) => PARTS.iter().any(|name| call.method == name) || is_of_text(&call.receiver),
        _ => false,
    }
}

/// Whether the items of an iterator are references into what it goes through, as far as names tell.
pub(crate) fn is_of_references(iterator: &Expr) -> bool {
    match syntax::inner(iterator) {
        Expr::MethodCall(call) => {
            let computes = COMPUTERS.iter().any(|name| call.method == name) && !maps_to_part(call);
            !computes && is_of_references(&call.receiver)
        }
        _ => true,
    }
}

/// `map(str::trim)`, `map(|line| line.trim())`: what it gives is a part of what it is given.
fn maps_to_part(call: &ExprMethodCall) -> bool {
    let views = |method: &Ident| syntax::is_view(method) || method.to_string().starts_with("trim");
    let given = match call.args.first().map(syntax::inner) {
        Some(Expr::Path(path)) => path.path.segments.last().is_some_and(|last| views(&last.ident)),
        Some(Expr::Closure(closure)) => {
            let param = closure.inputs.first().and_then(pattern::single);
            matches!(syntax::inner(&closure.body), Expr::MethodCall(part)
                if views(&part.method) && param.is_some_and(|param| syntax::root(&part.receiver) == Some(&param.ident)))
        }
        _ => false,
    };
    call.method == "map" && given
}
