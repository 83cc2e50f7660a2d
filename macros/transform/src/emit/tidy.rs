//! Code in place of an expression, as one would write it there: without braces that are not needed, and with the parentheses
//! that are.

use proc_macro2::{Delimiter, TokenTree};
use syn::{
    Arm, Block, Expr, ExprAsync, Item, Stmt, parse_quote,
    visit_mut::{self, VisitMut},
};

use crate::{enclose, syntax};

pub(super) struct Tidy;

impl VisitMut for Tidy {
    /// A jump that ends a block needs no braces of its own.
    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        if let Some(Stmt::Expr(Expr::Verbatim(tokens), semi)) = block.stmts.last_mut()
            && let Ok([TokenTree::Group(jump)]) =
                <[TokenTree; 1]>::try_from(tokens.clone().into_iter().collect::<Vec<_>>())
            && jump.delimiter() == Delimiter::Brace
        {
            (*tokens, *semi) = (jump.stream(), None);
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        visit_mut::visit_stmt_mut(self, stmt);
        if let Stmt::Expr(expr, _) = stmt {
            enclose_first(expr);
        }
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        visit_mut::visit_arm_mut(self, arm);
        enclose_first(&mut arm.body);
    }

    fn visit_expr_async_mut(&mut self, block: &mut ExprAsync) {
        enclose::without_mark(block);
        visit_mut::visit_expr_async_mut(self, block);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// `match value {..} + 1`: the statement would end with the braces.
fn enclose_first(expr: &mut Expr) {
    let Some(first) = syntax::first_operand(expr) else {
        return;
    };
    match first {
        Expr::Verbatim(tokens) if begins_like_block(tokens) => *first = parse_quote!((#first)),
        other => enclose_first(other),
    }
}

fn begins_like_block(tokens: &proc_macro2::TokenStream) -> bool {
    match tokens.clone().into_iter().next() {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Ident(name)) => name == "match",
        _ => false,
    }
}
