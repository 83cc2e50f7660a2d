//! Macros that await, such as `join!(..)`, in the arguments of one of std's.
//!
//! Those arguments stay tokens until the macro is taken apart, and a `join!` among tokens cannot be told from one of the
//! user's that does not await, nor the operand of one that we do not know from one of this function. So until then it is
//! written as an await:
//!
//! ```text
//! // Input:
//! vec![join!(a, b).0, assert_ok!(c.await)]
//! // Output:
//! vec![(#[together] async { join!(a, b) }.await).0, (#[together] async { assert_ok!(c.await) }.await)]
//! ```

use syn::{
    Block, Expr, ExprAsync, Macro, Stmt, StmtMacro, Token, parse_quote,
    visit_mut::{self, VisitMut},
};

use super::macros;
use crate::std_macros;

const MARK: &str = "together";

/// The call with an await in place of each macro that awaits.
pub(super) fn marked(mac: &Macro) -> Macro {
    let Some(known) = std_macros::parse(mac) else {
        return mac.clone();
    };
    let mut exprs = known.exprs();
    exprs.iter_mut().for_each(|expr| Marking.visit_expr_mut(expr));
    known.rebuild(exprs)
}

struct Marking;

impl VisitMut for Marking {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let count = block.stmts.len();
        for (index, stmt) in block.stmts.iter_mut().enumerate() {
            match stmt {
                Stmt::Macro(call) if macros::awaits(&call.mac) => {
                    // With braces it may do without.
                    let semi = call
                        .semi_token
                        .or_else(|| (index + 1 < count).then(<Token![;]>::default));
                    let mac = &call.mac;
                    *stmt = Stmt::Expr(parse_quote!((#[together] async { #mac }.await)), semi);
                }
                other => self.visit_stmt_mut(other),
            }
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Macro(mac) if macros::awaits(&mac.mac) => *expr = parse_quote!((#[together] async { #mac }.await)),
            other => visit_mut::visit_expr_mut(self, other),
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        *mac = marked(mac);
    }

    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
}

/// The macros that await again, where the tokens have become an expression.
pub(super) fn unmark(expr: &mut Expr) {
    struct Unmarking;
    impl VisitMut for Unmarking {
        fn visit_expr_mut(&mut self, expr: &mut Expr) {
            match together(expr) {
                Some(mac) => *expr = mac,
                None => visit_mut::visit_expr_mut(self, expr),
            }
        }
    }
    Unmarking.visit_expr_mut(expr);
}

/// The macro in `(#[together] async { join!(..) }.await)`.
fn together(expr: &Expr) -> Option<Expr> {
    let Expr::Paren(paren) = expr else { return None };
    let Expr::Await(awaited) = &*paren.expr else {
        return None;
    };
    let Expr::Async(block) = &*awaited.base else {
        return None;
    };
    let is_marked = awaited.attrs.iter().any(|attr| attr.path().is_ident(MARK));
    match &block.block.stmts[..] {
        [Stmt::Expr(mac @ Expr::Macro(_), None)] if is_marked => Some(mac.clone()),
        // With braces it is read as a statement.
        [Stmt::Macro(StmtMacro { mac, .. })] if is_marked => Some(parse_quote!(#mac)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_comes_back() {
        let call: Macro = parse_quote!(vec![
            join!(a, b).0,
            vec![select! { x = y => x }],
            async { join!(c) },
            {
                select! { x = y => x }
                assert_ok!(e.await);
                assert_ok!(f)
            },
            g(d)
        ]);
        let marked = marked(&call);
        let text = quote::quote!(#marked).to_string();
        assert_eq!(text.matches("together").count(), 4, "{text}");
        assert!(std_macros::hidden_await(marked.tokens.clone()));
        let known = std_macros::parse(&marked).unwrap();
        let mut exprs = known.exprs();
        exprs.iter_mut().for_each(unmark);
        assert_eq!(known.rebuild(exprs).tokens.to_string().matches("together").count(), 1);
    }
}
