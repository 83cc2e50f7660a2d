//! What `collect()` gives: whether it refers to what the iterator goes through, and whether anybody can tell when it drops.

use proc_macro2::Ident;
use syn::{Expr, ExprMethodCall, GenericArgument, Type};

use crate::{
    pattern,
    signature::{self, type_arguments},
    syntax,
};

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
/// refers to borrowed, and nobody can tell when it is dropped. `is_text` knows which values are texts.
pub(crate) fn views(value: &Expr, ty: Option<&Type>, is_text: &dyn Fn(&Expr) -> bool) -> bool {
    let Expr::MethodCall(call) = syntax::peeled(value) else {
        return false;
    };
    let whole = matches!(syntax::inner(value), Expr::MethodCall(outer) if outer.method == call.method);
    let written = call
        .turbofish
        .as_ref()
        .and_then(|turbofish| match turbofish.args.first() {
            Some(GenericArgument::Type(ty)) => Some(ty),
            _ => None,
        });
    let ty = written.or(ty).and_then(|ty| collection(ty, whole));
    call.method == "collect" && ty.is_some_and(|ty| holds_references(ty, &call.receiver, is_text))
}

/// `Vec<&str>` of `Result<Vec<&str>, Error>`, whose error is gone, unless that is the value as a whole.
fn collection(ty: &Type, whole: bool) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    if last.ident != "Result" && last.ident != "Option" {
        return Some(ty);
    }
    let mut arguments = type_arguments(last);
    let inner = arguments.next()?;
    (!whole || arguments.all(signature::is_plain)).then_some(inner)
}

fn holds_references(ty: &Type, iterator: &Expr, is_text: &dyn Fn(&Expr) -> bool) -> bool {
    const COLLECTIONS: [&str; 6] = ["Vec", "VecDeque", "HashSet", "BTreeSet", "HashMap", "BTreeMap"];
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    let refers = |ty: &Type| matches!(ty, Type::Reference(_) | Type::Infer(_));
    let nothing_else = |ty: &Type| match ty {
        Type::Infer(_) => is_of_text(iterator, is_text),
        ty => signature::is_plain(ty),
    };
    COLLECTIONS.iter().any(|name| last.ident == name)
        && type_arguments(last).any(refers)
        && type_arguments(last).all(nothing_else)
}

/// `text.split(',')`, with or without adapters that pass on its items: only those of a text are certainly no guards, as `iter` and
/// a user's `lines` may give.
fn is_of_text(iterator: &Expr, is_text: &dyn Fn(&Expr) -> bool) -> bool {
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
    const PASSING: [&str; 9] = [
        "filter",
        "inspect",
        "rev",
        "skip",
        "skip_while",
        "step_by",
        "take",
        "take_while",
        "enumerate",
    ];
    let Expr::MethodCall(call) = syntax::inner(iterator) else {
        return false;
    };
    let named = |names: &[&str]| names.iter().any(|name| call.method == name);
    if named(&PASSING) || maps_to_part(call) {
        return is_of_text(&call.receiver, is_text);
    }
    named(&PARTS) && (is_text(iterator) || is_text(&call.receiver))
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
