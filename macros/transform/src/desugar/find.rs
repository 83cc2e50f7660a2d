//! What a body does, told by a walk: whether it is suspended, delegates, or calls macros that we cannot read.

use syn::{
    Block, Expr, ExprYield, Item, Macro,
    visit::{self, Visit},
};

use super::{What, macros::is_hygienic, suspension_name, what};
use crate::std_macros;

/// Whether the expression is suspended on the way to its value. Meant for desugared code.
pub(crate) fn suspends(expr: &Expr) -> bool {
    let mut find = Find(false);
    find.visit_expr(expr);
    find.0
}

pub(crate) fn block_suspends(block: &Block) -> bool {
    let mut find = Find(false);
    find.visit_block(block);
    find.0
}

/// Whether the block delegates somewhere.
pub(crate) fn block_delegates(block: &Block) -> bool {
    let mut find = Delegates(false);
    find.visit_block(block);
    find.0
}

struct Delegates(bool);

impl<'s> Visit<'s> for Delegates {
    fn visit_expr_yield(&mut self, suspension: &'s ExprYield) {
        self.0 |= what(suspension) == What::Delegate;
        visit::visit_expr_yield(self, suspension);
    }
    fn visit_macro(&mut self, mac: &'s Macro) {
        self.0 |= suspension_name(mac).is_some_and(|name| name == "yield_from");
        if let Some(known) = std_macros::parse(mac) {
            for argument in &known.arguments {
                let mut find = Delegates(false);
                find.visit_expr(&argument.expr);
                self.0 |= find.0;
            }
        }
    }
}

struct Find(bool);

impl<'s> Visit<'s> for Find {
    fn visit_expr_yield(&mut self, _: &'s ExprYield) {
        self.0 = true;
    }
    // In the arguments of a macro of std's, which are as the user wrote them.
    fn visit_expr_await(&mut self, _: &'s syn::ExprAwait) {
        self.0 = true;
    }
    fn visit_expr_async(&mut self, _: &'s syn::ExprAsync) {}
    fn visit_expr_closure(&mut self, _: &'s syn::ExprClosure) {}
    fn visit_macro(&mut self, mac: &'s Macro) {
        self.0 |= suspension_name(mac).is_some();
        if let Some(known) = std_macros::parse(mac) {
            self.0 |= known.arguments.iter().any(|argument| suspends(&argument.expr));
        }
    }
    fn visit_item(&mut self, _: &'s Item) {}
}

/// Whether the block calls macros of which we do not know what names they mention.
pub(crate) fn calls_unknown_macros(block: &Block) -> bool {
    let mut find = Unknown(false);
    find.visit_block(block);
    find.0
}

struct Unknown(bool);

impl Unknown {
    fn operand(&mut self, operand: &Expr) {
        let mut find = Unknown(false);
        find.visit_expr(operand);
        self.0 |= find.0;
    }
}

impl<'s> Visit<'s> for Unknown {
    fn visit_macro(&mut self, mac: &'s Macro) {
        if is_hygienic(mac) {
            return;
        }
        if suspension_name(mac).is_some() {
            if let Ok(operand) = mac.parse_body::<Expr>() {
                self.operand(&operand);
            }
        } else {
            match std_macros::parse(mac) {
                Some(known) => known.arguments.iter().for_each(|argument| self.operand(&argument.expr)),
                None => self.0 = true,
            }
        }
    }
}
