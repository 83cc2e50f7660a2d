//! What a pattern leaves of a value, beside what it takes: it has no name, and lives as long as the value.
//!
//! ```text
//! match events.recv().await { Event::Message { text, .. } => show(&text).await, .. }
//! match event { Event::Key(code, _) => press(code).await, .. }
//! ```
//!
//! What is left of a new value lives to the end of the statement that looks into it, that of a variable to the end of its
//! scope. A part that is calculated with is a copy, so all of the value is there.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{
    Expr, Pat, PatIdent, Token,
    punctuated::Punctuated,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::{Enclose, borrow::awaits, variables};
use crate::{layout::calculated, pattern, syntax};

impl Enclose {
    /// `match load().await { Item { name, .. } => ..await }`, the loop or the branch: where a part of a new value is taken.
    pub(super) fn takes_part_of_new(&self, expr: &Expr) -> Option<Span> {
        match expr {
            Expr::Match(expr) => {
                let arm = expr.arms.iter().find(|arm| takes_part(&arm.pat, &arm.body))?;
                is_new(&expr.expr).then(|| arm.pat.span())
            }
            Expr::If(branches) => part_in_condition(&branches.cond, &branches.then_branch),
            Expr::While(expr) => part_in_condition(&expr.cond, &expr.body),
            _ => None,
        }
    }

    /// The variable of which one of the patterns takes a part.
    pub(super) fn parted<'e, 'p>(
        &self,
        scrutinee: &'e Expr,
        mut arms: impl Iterator<Item = (&'p Pat, &'p dyn ToTokens)>,
    ) -> Option<&'e Ident> {
        let name = syntax::variable(scrutinee)?;
        let variable = self.variables.get(name)?;
        let owned = !variable.reference && !variable.plain && variable.of.is_none() && self.moves(name);
        (owned && arms.any(|(pat, code)| takes(pat, code, true))).then_some(name)
    }
}

/// Whether it gives a value of which nobody else has a part.
fn is_new(value: &Expr) -> bool {
    let made = matches!(syntax::peeled(value), Expr::Call(call) if !syntax::is_constructor(&call.func));
    made || variables::takes_out(value) || awaits(value.to_token_stream())
}

fn part_in_condition(condition: &Expr, body: &syn::Block) -> Option<Span> {
    let mut lets = syntax::lets(condition).into_iter();
    let found = lets.find(|found| takes_part(&found.pat, body) && is_new(&found.expr))?;
    Some(found.pat.span())
}

/// Whether the code awaits beside what the pattern leaves.
fn takes_part(pat: &Pat, code: &dyn ToTokens) -> bool {
    takes(pat, code, false) && awaits(code.to_token_stream())
}

/// Whether the pattern takes something, as far as one can tell, and leaves what cannot have a name.
fn takes(pat: &Pat, code: &dyn ToTokens, of_variable: bool) -> bool {
    let bindings = pattern::bindings(pat);
    let mut taken = bindings.iter().filter(|binding| binding.by_ref.is_none());
    leaves(pat, of_variable) && taken.any(|binding| !is_calculated(binding, code))
}

/// Whether the pattern leaves fields beside what it binds: by `..`, or of a variable by `_` too.
fn leaves(pat: &Pat, of_variable: bool) -> bool {
    let binds = || !pattern::bindings(pat).is_empty();
    match pat {
        Pat::Or(or) => or.cases.iter().any(|case| leaves(case, of_variable)),
        Pat::Paren(paren) => leaves(&paren.pat, of_variable),
        Pat::Guard(guard) => leaves(&guard.pat, of_variable),
        Pat::Tuple(tuple) => leaves_elements(&tuple.elems, of_variable),
        Pat::Struct(parts) => {
            let within = parts.fields.iter().any(|field| leaves(&field.pat, of_variable));
            within || parts.rest.is_some() && binds()
        }
        Pat::TupleStruct(parts) => leaves_elements(&parts.elems, of_variable),
        _ => false,
    }
}

fn leaves_elements(parts: &Punctuated<Pat, Token![,]>, of_variable: bool) -> bool {
    let left = parts.iter().any(|part| matches!(part, Pat::Wild(_) | Pat::Rest(_)));
    let binds = || parts.iter().any(|part| !pattern::bindings(part).is_empty());
    parts.iter().any(|part| leaves(part, of_variable)) || of_variable && left && binds()
}

/// Whether the code calculates with what the pattern binds.
fn is_calculated(binding: &PatIdent, code: &dyn ToTokens) -> bool {
    struct Find<'n> {
        name: &'n Ident,
        found: bool,
    }
    impl Visit<'_> for Find<'_> {
        fn visit_expr(&mut self, expr: &Expr) {
            let operands = calculated(expr);
            self.found |= operands
                .iter()
                .any(|operand| syntax::variable(operand) == Some(self.name));
            visit::visit_expr(self, expr);
        }
    }
    let mut find = Find {
        name: &binding.ident,
        found: false,
    };
    if let Ok(expr) = syn::parse2::<Expr>(code.to_token_stream()) {
        find.visit_expr(&expr);
    }
    find.found
}
