//! What an await gave, as the operand of what is done with it at once.
//!
//! ```text
//! // Input:
//! if fetch().await.is_ok() { .. }
//! // Output, behind the await:
//! if { value }.is_ok() { .. }
//! ```
//!
//! The block makes a temporary of the variable again, in the same place as in the user's expression: it ends where that one
//! does, whether the method takes it or borrows it. `emit` puts what the step received in place of the block where it can.

use proc_macro2::Ident;
use syn::{
    Expr, ExprBlock, Stmt, UnOp, parse_quote_spanned,
    spanned::Spanned,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use super::{
    Lower,
    operand::{self, Use},
};
use crate::{
    desugar::{self, What},
    ir::LocalId,
    span::ours,
    syntax,
};

/// What the variable of an await's value can be, as an operand that is borrowed.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Received {
    /// Nothing but a variable.
    Variable,
    /// A temporary: a receiver, what is compared. The field of one is a place, which may have to last.
    Temporary,
    /// A number: it is compared to a literal.
    Number,
}

impl Received {
    /// As an operand of the expression.
    pub(super) fn within(expr: &Expr) -> Self {
        match expr {
            Expr::MethodCall(_) => Received::Temporary,
            Expr::Binary(binary) if syntax::is_comparison(&binary.op) => {
                match syntax::is_number(&binary.left) || syntax::is_number(&binary.right) {
                    true => Received::Number,
                    false => Received::Temporary,
                }
            }
            _ => Received::Variable,
        }
    }

    /// As this one of the operands. A block at the end of an expression would have to be told from what follows.
    pub(super) fn at(self, index: usize) -> Self {
        match self {
            Received::Temporary if index > 0 => Received::Variable,
            other => other,
        }
    }
}

impl Lower<'_> {
    /// Evaluates an operand that is suspended last.
    pub(super) fn last_operand(&mut self, expr: Expr, usage: Use, received: Received) -> Expr {
        let awaited = matches!(&expr, Expr::Yield(suspension) if desugar::what(suspension) == What::Await);
        let value = self.value(expr);
        let local = syntax::variable(&value).and_then(|name| self.machine.lookup(self.env, name));
        let Some(local) = local.filter(|_| awaited && usage != Use::Value) else {
            return value;
        };
        match received {
            Received::Variable => value,
            Received::Temporary => temporary_of(&value),
            Received::Number => {
                let variable = &mut self.machine.locals[local.0];
                (variable.plain, variable.copy) = (true, true);
                value
            }
        }
    }

    /// The variables that are temporaries of the expression.
    pub(super) fn temporaries_again(&self, expr: &Expr) -> Vec<LocalId> {
        struct Search<'e>(Vec<&'e Ident>);
        impl<'e> Visit<'e> for Search<'e> {
            fn visit_expr(&mut self, expr: &'e Expr) {
                self.0.extend(alone_in_block(expr));
                visit::visit_expr(self, expr);
            }
        }
        let mut search = Search(Vec::new());
        search.visit_expr(expr);
        let found = search.0.into_iter();
        found.filter_map(|name| self.machine.lookup(self.env, name)).collect()
    }

    /// The variables that the operand moves before anything in it may panic: from then on they are younger than what was an operand
    /// before.
    pub(super) fn moved_first(&self, operand: &Expr) -> Vec<LocalId> {
        let mut whole = syntax::inner(operand).clone();
        let calls = matches!(whole, Expr::Call(_));
        let mut moved = Vec::new();
        for (expr, usage) in operand::list(&mut whole).unwrap_or_default() {
            match self.given_variable(expr).filter(|_| usage == Use::Value) {
                Some(local) => moved.push(local),
                None if self.may_panic(expr) => {
                    moved.extend(self.moved_first(expr));
                    break;
                }
                None if usage == Use::Value || calls => {}
                None => break,
            }
        }
        moved
    }

    /// Makes variables of the temporaries, which live to the end of the statement then.
    pub(super) fn name_received(expr: &mut Expr) {
        struct Unblock;
        impl VisitMut for Unblock {
            fn visit_expr_mut(&mut self, expr: &mut Expr) {
                match alone_in_block(expr).cloned() {
                    Some(name) => *expr = parse_quote_spanned!(name.span()=> #name),
                    None => visit_mut::visit_expr_mut(self, expr),
                }
            }
        }
        Unblock.visit_expr_mut(expr);
    }
}

/// Whether an await comes first in the condition and the rest does not suspend: `f().await.is_ok()`, `!f().await`, `f().await == 3`.
pub(super) fn begins_with_await(condition: &Expr) -> bool {
    match condition {
        Expr::Yield(suspension) => {
            let awaits = desugar::what(suspension) == What::Await;
            awaits
                && suspension
                    .expr
                    .as_ref()
                    .is_some_and(|operand| !desugar::suspends(operand))
        }
        Expr::Paren(paren) => begins_with_await(&paren.expr),
        Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => begins_with_await(&not.expr),
        Expr::MethodCall(call) => begins_with_await(&call.receiver) && !call.args.iter().any(desugar::suspends),
        Expr::Binary(binary) if syntax::is_comparison(&binary.op) => {
            begins_with_await(&binary.left) && !desugar::suspends(&binary.right)
        }
        _ => false,
    }
}

/// `{ value }`, a temporary in place of the variable.
pub(super) fn temporary_of(variable: &Expr) -> Expr {
    let (at, mark) = (variable.span(), Ident::new(MARK, variable.span()));
    parse_quote_spanned!(ours(at)=> #[#mark] { #variable })
}

/// The variable of a block that makes a temporary of it.
fn alone_in_block(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Block(block) if is_marked(block) => match &block.block.stmts[..] {
            [Stmt::Expr(value, None)] => syntax::variable(value),
            _ => None,
        },
        _ => None,
    }
}

/// Tells such a block from those of the user's, until it is emitted.
const MARK: &str = "unawait_received";

fn is_marked(block: &ExprBlock) -> bool {
    block.attrs.iter().any(|attr| attr.path().is_ident(MARK))
}

/// Makes a plain block of it.
pub(crate) fn without_mark(block: &mut ExprBlock) {
    if is_marked(block) {
        block.attrs.clear();
    }
}
