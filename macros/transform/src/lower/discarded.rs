//! A value that a `;` discards drops after the locals of the blocks it comes out of, so where both may have a drop it goes
//! to a variable first.
//!
//! ```text
//! // Input:
//! { let guard = lock(); yield 1; make() };
//! // Output:
//! let t; { let guard = lock(); suspend 1 ..; t = make(); drop(guard) } drop(t);
//! ```

use syn::{
    Block, Expr, Stmt,
    visit::{self, Visit},
};

use super::{Inputs, Lower, value};
use crate::{
    desugar::{self, What},
    pattern,
    signature::Kind,
    std_macros, syntax,
};

impl Lower<'_> {
    /// Whether the value of the expression outlives a local of a block in it, and may have a drop.
    pub(super) fn outlives_locals(&self, expr: &Expr) -> bool {
        self.value_outlives(expr, false)
    }

    /// `behind`: there are locals around `expr` that end before its value does.
    fn value_outlives(&self, expr: &Expr, behind: bool) -> bool {
        match expr {
            Expr::Paren(paren) => self.value_outlives(&paren.expr, behind),
            Expr::Group(group) => self.value_outlives(&group.expr, behind),
            Expr::Block(block) => {
                let label = block.label.as_ref().map(|label| &label.name);
                label.is_some() && breaks_with_value(expr) || self.block_outlives(&block.block, behind)
            }
            Expr::Unsafe(block) => self.block_outlives(&block.block, behind),
            Expr::If(branches) => {
                let Some((_, otherwise)) = &branches.else_branch else {
                    return false;
                };
                let behind_then = behind || matches!(syntax::inner(&branches.cond), Expr::Let(_) | Expr::Binary(_));
                self.block_outlives(&branches.then_branch, behind_then) || self.value_outlives(otherwise, behind)
            }
            Expr::Match(expr) => expr.arms.iter().any(|arm| {
                let binds = pattern::binds_by_value(&arm.pat);
                self.value_outlives(&arm.body, behind || binds)
            }),
            Expr::Loop(_) => breaks_with_value(expr),
            other => behind && self.may_have_drop(other),
        }
    }

    /// Whether a branch gives a place: its value is moved out of there as a whole, whatever a pattern takes of it.
    pub(super) fn gives_place(&self, expr: &Expr) -> bool {
        let of_block = |block: &Block| match block.stmts.last() {
            Some(Stmt::Expr(value, None)) => self.gives_place(value),
            _ => false,
        };
        match syntax::inner(expr) {
            Expr::Block(block) => of_block(&block.block),
            Expr::Unsafe(block) => of_block(&block.block),
            Expr::If(branches) => {
                let otherwise = branches.else_branch.as_ref();
                of_block(&branches.then_branch) || otherwise.is_some_and(|(_, branch)| self.gives_place(branch))
            }
            Expr::Match(expr) => expr.arms.iter().any(|arm| self.gives_place(&arm.body)),
            other => syntax::is_place(other) && !self.shape(other).is_plain(),
        }
    }

    fn block_outlives(&self, block: &Block, behind: bool) -> bool {
        let declares = block.stmts.iter().any(|stmt| match stmt {
            Stmt::Local(local) => match &local.init {
                Some(init) => !self.shape(&init.expr).is_plain(),
                None => true,
            },
            _ => false,
        });
        match block.stmts.last() {
            // Its own temporaries end with the block too.
            Some(Stmt::Expr(value, None)) => {
                self.value_outlives(value, behind || declares || self.has_temporaries(value))
            }
            _ => false,
        }
    }

    fn may_have_drop(&self, value: &Expr) -> bool {
        match value {
            Expr::While(_) | Expr::ForLoop(_) | Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => false,
            Expr::Yield(suspension) => match desugar::what(suspension) {
                What::Yield => self.function.inputs == Inputs::Owned,
                What::Delegate => matches!(self.names.kind, Kind::Coroutine { .. }),
                What::Await | What::AwaitMacro => true,
            },
            Expr::Macro(mac) => !std_macros::gives_unit(&mac.mac),
            other => !value::is_statement_like(other) && !self.shape(other).is_plain(),
        }
    }
}

fn breaks_with_value(expr: &Expr) -> bool {
    struct Find(bool);
    impl Visit<'_> for Find {
        fn visit_expr_break(&mut self, jump: &syn::ExprBreak) {
            self.0 |= jump.expr.is_some();
            visit::visit_expr_break(self, jump);
        }
    }
    let mut find = Find(false);
    find.visit_expr(expr);
    find.0
}
