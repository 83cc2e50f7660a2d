//! Expressions that certainly make text of std's, parse it, or iterate over it: dropping one does nothing but free memory.
//!
//! Names that a user's type may well have for something with a drop (`get`, `iter`, `lines`, `to_owned`) say nothing by
//! themselves; after a receiver that is text, any of std's does.

use crate::syntax;
use syn::{Expr, ExprMethodCall, Lit};

pub(super) fn is_text(expr: &Expr) -> bool {
    match syntax::inner(expr) {
        Expr::Lit(_) => true,
        Expr::Macro(mac) => mac.mac.path.is_ident("format"),
        Expr::Call(call) => match syntax::inner(&call.func) {
            Expr::Path(path) => {
                let names = path.path.segments.iter().map(|segment| segment.ident.to_string());
                matches!(names.collect::<Vec<_>>().as_slice(), [ty, name] if ty == "String" && (name == "from" || name == "new"))
            }
            _ => false,
        },
        Expr::MethodCall(call) => {
            makes_text(call) || parses(call) || splits(call) || is_text(&call.receiver) && keeps_text(call)
        }
        _ => false,
    }
}

/// Methods whose name alone says that their result is text, or goes through text.
fn makes_text(call: &ExprMethodCall) -> bool {
    let of_text = matches!(
        call.method.to_string().as_str(),
        "to_string"
            | "to_uppercase"
            | "to_lowercase"
            | "to_ascii_uppercase"
            | "to_ascii_lowercase"
            | "to_string_lossy"
            | "chars"
            | "char_indices"
            | "split_whitespace"
            | "split_ascii_whitespace"
    );
    of_text && call.args.is_empty() || call.method == "collect" && turbofish(call).is_some_and(|ty| ty == "String")
}

/// `parse::<u32>()`
fn parses(call: &ExprMethodCall) -> bool {
    call.method == "parse" && turbofish(call).is_some_and(syntax::is_primitive)
}

/// `split(',')`
fn splits(call: &ExprMethodCall) -> bool {
    let name = call.method.to_string();
    let literal = call.args.last().is_some_and(
        |pattern| matches!(syntax::inner(pattern), Expr::Lit(lit) if matches!(lit.lit, Lit::Char(_) | Lit::Str(_))),
    );
    literal && (name.starts_with("split") || name.starts_with("rsplit"))
}

/// Methods of text, of its iterators and of `Option`s and `Result`s of it that give the like again.
fn keeps_text(call: &ExprMethodCall) -> bool {
    let name = call.method.to_string();
    call.args.is_empty()
        && matches!(
            name.as_str(),
            "next" | "next_back" | "last" | "max" | "min" | "rev" | "unwrap" | "unwrap_or_default" | "bytes" | "lines"
        )
        || matches!(name.as_str(), "nth" | "skip" | "take" | "step_by" | "expect") && call.args.len() == 1
        || name == "clone"
}

fn turbofish(call: &ExprMethodCall) -> Option<&proc_macro2::Ident> {
    let arguments = &call.turbofish.as_ref()?.args;
    match arguments.first()? {
        syn::GenericArgument::Type(syn::Type::Path(path)) if arguments.len() == 1 => path.path.get_ident(),
        _ => None,
    }
}
