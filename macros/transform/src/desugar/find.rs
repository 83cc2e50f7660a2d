//! What a body does, told by a walk: whether it is suspended, delegates, or calls macros that we cannot read.

use syn::{
    Block, Expr, ExprYield, Item, Macro,
    visit_mut::{self, VisitMut},
};

use super::{What, macros::is_hygienic, source, suspension_name};
use crate::std_macros;

/// Whether the expression is suspended on the way to its value. Meant for desugared code.
pub(crate) fn suspends(expr: &Expr) -> bool {
    let mut find = Find(false);
    find.visit_expr_mut(&mut expr.clone());
    find.0
}

pub(crate) fn block_suspends(block: &Block) -> bool {
    let mut find = Find(false);
    find.visit_block_mut(&mut block.clone());
    find.0
}

/// Whether the block delegates somewhere.
pub(crate) fn block_delegates(block: &Block) -> bool {
    struct Delegates(bool);
    impl VisitMut for Delegates {
        fn visit_expr_yield_mut(&mut self, suspension: &mut ExprYield) {
            self.0 |= source(suspension).what == What::Delegate;
            visit_mut::visit_expr_yield_mut(self, suspension);
        }
        fn visit_macro_mut(&mut self, mac: &mut Macro) {
            self.0 |= suspension_name(mac).is_some_and(|name| name == "yield_from");
            if let Some(known) = std_macros::parse(mac) {
                known.exprs().iter_mut().for_each(|expr| self.visit_expr_mut(expr));
            }
        }
    }
    let mut find = Delegates(false);
    find.visit_block_mut(&mut block.clone());
    find.0
}

struct Find(bool);

impl VisitMut for Find {
    fn visit_expr_yield_mut(&mut self, _: &mut ExprYield) {
        self.0 = true;
    }
    // In the arguments of a macro of std's, which are as the user wrote them.
    fn visit_expr_await_mut(&mut self, _: &mut syn::ExprAwait) {
        self.0 = true;
    }
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        self.0 |= suspension_name(mac).is_some();
        if let Some(known) = std_macros::parse(mac) {
            self.0 |= known.arguments.iter().any(|argument| suspends(&argument.expr));
        }
    }
    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// Whether the block calls macros of which we do not know what names they mention.
pub(crate) fn calls_unknown_macros(block: &Block) -> bool {
    struct Unknown(bool);
    impl VisitMut for Unknown {
        fn visit_macro_mut(&mut self, mac: &mut Macro) {
            if is_hygienic(mac) {
                return;
            }
            if suspension_name(mac).is_some() {
                if let Ok(mut operand) = mac.parse_body::<Expr>() {
                    self.visit_expr_mut(&mut operand);
                }
            } else {
                match std_macros::parse(mac) {
                    Some(known) => known.exprs().iter_mut().for_each(|expr| self.visit_expr_mut(expr)),
                    None => self.0 = true,
                }
            }
        }
    }
    let mut find = Unknown(false);
    find.visit_block_mut(&mut block.clone());
    find.0
}
