//! How far a borrow reaches from a place: what stands behind a reference in one of its fields outlives a change of the field.

use quote::ToTokens;
use syn::{
    Expr, Local, Pat, Stmt,
    visit::{self, Visit},
};

use crate::syntax;

/// Whether the place stands in the code, be it as the beginning of a longer one.
pub(super) fn has_place(code: &Stmt, place: &str) -> bool {
    struct Find<'a> {
        place: &'a str,
        found: bool,
    }
    impl Visit<'_> for Find<'_> {
        fn visit_expr(&mut self, expr: &Expr) {
            self.found |= is_place(expr, self.place);
            visit::visit_expr(self, expr);
        }
    }
    let mut find = Find { place, found: false };
    find.visit_stmt(code);
    find.found
}

/// Text is compared with text of the same kind only: how a compiler puts spaces between tokens is up to it.
fn is_place(expr: &Expr, place: &str) -> bool {
    expr.to_token_stream().to_string() == place
}

/// From so many steps on, what the code borrows of the place may stand behind a reference in one of its fields.
pub(super) const BEHIND: usize = 2;

/// How many steps the code goes on from the place: a field is one (`&walk.node` of `walk`), what a pattern finds in it another
/// (`Some(name) = &walk.name`), and an element is behind what has it (`&lexer.rest[..2]` of `lexer`), unless that `owns` its
/// elements.
pub(super) fn steps(code: &Stmt, place: &str, owns: bool) -> usize {
    let mut reach = Reach { place, owns, steps: 0 };
    reach.visit_stmt(code);
    reach.steps
}

struct Reach<'a> {
    place: &'a str,
    owns: bool,
    steps: usize,
}

impl Reach<'_> {
    fn goes(&mut self, steps: usize) {
        self.steps = self.steps.max(steps);
    }

    /// By how many fields the expression goes on from the place.
    fn fields(&self, expr: &Expr) -> Option<usize> {
        let expr = syntax::inner(expr);
        if is_place(expr, self.place) {
            return Some(0);
        }
        match expr {
            Expr::Field(field) => self.fields(&field.base).map(|fields| fields + 1),
            Expr::Reference(reference) => self.fields(&reference.expr),
            _ => None,
        }
    }
}

impl Visit<'_> for Reach<'_> {
    fn visit_local(&mut self, local: &Local) {
        if let Some(fields) = local.init.as_ref().and_then(|init| self.fields(&init.expr)) {
            self.goes(fields + depth(&local.pat));
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_index(&mut self, index: &syn::ExprIndex) {
        match self.fields(&index.expr) {
            Some(0) if self.owns => self.goes(1),
            Some(_) => self.goes(BEHIND),
            None => {}
        }
        visit::visit_expr_index(self, index);
    }

    fn visit_expr_field(&mut self, field: &syn::ExprField) {
        if let Some(fields) = self.fields(&field.base) {
            self.goes(fields + 1);
        }
        visit::visit_expr_field(self, field);
    }
}

/// How many fields deep a pattern binds.
fn depth(pat: &Pat) -> usize {
    let deepest = |pats: &mut dyn Iterator<Item = &Pat>| pats.map(depth).max().unwrap_or(0);
    match pat {
        Pat::Struct(pat) => 1 + deepest(&mut pat.fields.iter().map(|field| &*field.pat)),
        Pat::TupleStruct(pat) => 1 + deepest(&mut pat.elems.iter()),
        Pat::Tuple(pat) => 1 + deepest(&mut pat.elems.iter()),
        Pat::Slice(pat) => 1 + deepest(&mut pat.elems.iter()),
        Pat::Or(pat) => deepest(&mut pat.cases.iter()),
        Pat::Reference(pat) => depth(&pat.pat),
        Pat::Paren(pat) => depth(&pat.pat),
        Pat::Type(pat) => depth(&pat.pat),
        Pat::Ident(pat) => pat.subpat.as_ref().map_or(0, |(_, pat)| depth(pat)),
        _ => 0,
    }
}
