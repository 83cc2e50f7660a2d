//! Variables that are written like constants, as macros make them of the names of types: `let T1 = ..;` -> `let T1 @ _ = ..;`
//!
//! Such a pattern could be a constant's only if the constant's type has no other value. With `@ _` it is a variable's, to rustc
//! and to all that follows here. What begins like a type (`let Unit = ..;`) may be a unit struct and stays as it is.

use syn::{
    Block, ExprClosure, ExprForLoop, Local, Pat, PatIdent, parse_quote_spanned,
    visit_mut::{self, VisitMut},
};

use crate::span::ours;

/// Marks them in patterns that have to match: of a `let` without `else`, of a `for` loop, of a closure's arguments.
pub(crate) fn mark(body: &mut Block) {
    Mark.visit_block_mut(body);
}

struct Mark;

impl VisitMut for Mark {
    fn visit_local_mut(&mut self, local: &mut Local) {
        if local.init.as_ref().is_none_or(|init| init.diverge.is_none()) {
            pattern(&mut local.pat);
        }
        visit_mut::visit_local_mut(self, local);
    }

    fn visit_expr_for_loop_mut(&mut self, expr: &mut ExprForLoop) {
        pattern(&mut expr.pat);
        visit_mut::visit_expr_for_loop_mut(self, expr);
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        closure.inputs.iter_mut().for_each(pattern);
        visit_mut::visit_expr_closure_mut(self, closure);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

fn pattern(pat: &mut Pat) {
    match pat {
        Pat::Type(typed) => pattern(&mut typed.pat),
        Pat::Paren(paren) => pattern(&mut paren.pat),
        Pat::Ident(pat) if is_written_like_a_constant(pat) => {
            let at = ours(pat.ident.span());
            let any: Pat = parse_quote_spanned!(at=> _);
            pat.subpat = Some((parse_quote_spanned!(at=> @), Box::new(any)));
        }
        _ => {}
    }
}

fn is_written_like_a_constant(pat: &PatIdent) -> bool {
    let name = pat.ident.to_string();
    let capital = |c: char| c.is_uppercase() || c.is_ascii_digit() || c == '_';
    let plain = pat.by_ref.is_none() && pat.mutability.is_none() && pat.subpat.is_none();
    plain && name.starts_with(char::is_uppercase) && name.chars().all(capital)
}
