//! Loops and blocks that give what a variable within them borrows of a local.
//!
//! ```text
//! let host = loop {
//!     let Some(host) = hosts.get(tries) else { return };
//!     if ping(host).await { break host; }
//! };
//! ```

use proc_macro2::{Ident, Span};
use syn::{
    Expr, Local,
    visit::{self, Visit},
};

use super::Enclose;
use crate::{pattern, syntax};

impl Enclose {
    /// Where such a borrow is made.
    pub(super) fn breaks_with_borrow(&self, value: &Expr) -> Option<Span> {
        let breaks = match syntax::inner(value) {
            Expr::Loop(_) => true,
            Expr::Block(block) => block.label.is_some(),
            _ => false,
        };
        let mut find = Breaks {
            walk: self,
            borrows: Vec::new(),
            found: None,
        };
        if breaks {
            find.visit_expr(value);
        }
        find.found
    }
}

struct Breaks<'w> {
    walk: &'w Enclose,
    /// Variables that borrow, each with the method that lends to it.
    borrows: Vec<(Ident, Span)>,
    found: Option<Span>,
}

impl Breaks<'_> {
    /// Of a value that has one of the borrows in it.
    fn borrow(&self, value: &Expr) -> Option<Span> {
        match syntax::inner(value) {
            Expr::Path(_) => {
                let name = syntax::variable(value)?;
                let mut borrows = self.borrows.iter().rev();
                borrows.find(|(borrow, _)| borrow == name).map(|(_, at)| *at)
            }
            Expr::Tuple(tuple) => tuple.elems.iter().find_map(|part| self.borrow(part)),
            Expr::Call(call) if syntax::is_constructor(&call.func) => {
                call.args.iter().find_map(|part| self.borrow(part))
            }
            _ => None,
        }
    }
}

impl<'e> Visit<'e> for Breaks<'_> {
    fn visit_local(&mut self, local: &'e Local) {
        visit::visit_local(self, local);
        if let Some(init) = &local.init
            && let Some(call) = self.walk.borrower(&init.expr)
        {
            let names = pattern::names(&local.pat).into_iter();
            self.borrows.extend(names.map(|name| (name, call.method.span())));
        }
    }

    fn visit_expr_break(&mut self, jump: &'e syn::ExprBreak) {
        let borrow = jump.expr.as_deref().and_then(|value| self.borrow(value));
        self.found = self.found.or(borrow);
    }

    fn visit_expr_closure(&mut self, _: &'e syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'e syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'e syn::Item) {}
}
