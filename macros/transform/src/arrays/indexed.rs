//! Which arrays are indexed by what the code computes.

use proc_macro2::Ident;
use syn::{
    Block, Expr, ExprIndex,
    visit::{self, Visit},
};

use crate::syntax;

pub(super) fn is_indexed(body: &Block, name: &Ident) -> bool {
    let mut find = Find { name, found: false };
    find.visit_block(body);
    find.found
}

struct Find<'n> {
    name: &'n Ident,
    found: bool,
}

impl Visit<'_> for Find<'_> {
    fn visit_expr_index(&mut self, index: &ExprIndex) {
        let computed = !matches!(syntax::inner(&index.index), Expr::Lit(_) | Expr::Range(_));
        self.found |= computed && syntax::variable(&index.expr) == Some(self.name);
        visit::visit_expr_index(self, index);
    }
}
