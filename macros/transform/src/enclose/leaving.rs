//! The rest of a block, or a statement, in an `async` block of its own, which code may leave early (`leave.rs`): with what it has
//! to have from its beginning.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::{Block, Expr, Stmt};

use super::{
    Enclose,
    block::{awaited, drops_value},
    leave::{self, After},
};
use crate::{desugar, source, std_macros, syntax};

impl Enclose {
    /// Encloses the rest of the block, if that can be. `parted`: the variable of which it takes a part.
    pub(super) fn whole_rest(
        &mut self,
        block: &mut Block,
        index: usize,
        at: Span,
        after: &After,
        parted: Option<&Ident>,
    ) -> bool {
        let first = parted.and_then(|name| self.first_moved_in(name, &block.stmts[index..], false));
        let Some((start, inside)) = self.with_moved_in(first, block, index) else {
            return false;
        };
        let enclosed = if self.can_enclose(&block.stmts[start..], after) {
            Some((start, Stmt::Expr(awaited(&quote!(#(#inside)*), at), None)))
        } else if let Some(returned) = self.returned(&inside, at) {
            Some((start, returned))
        } else {
            self.leaving_rest(block, index, at, after)
        };
        let Some((start, enclosed)) = enclosed else {
            return false;
        };
        block.stmts.truncate(start);
        block.stmts.push(enclosed);
        true
    }

    /// The rest of the block, in one that it leaves, with what it gives away or what drops behind a younger one.
    /// Gives where it starts too.
    pub(super) fn leaving_rest(&self, block: &Block, index: usize, at: Span, after: &After) -> Option<(usize, Stmt)> {
        let stmts = &block.stmts[index..];
        let first = self.first_given(stmts);
        let older = self.older_given(stmts, first.unwrap_or(self.variables.len()));
        let first = older.filter(|older| self.ends_with_block(*older)).or(first);
        let (start, inside) = self.with_moved_in(first, block, index)?;
        let first = first.unwrap_or(self.variables.len());
        let enclosed = self.leaving_with(&block.stmts[start..], &inside, first, at, after)?;
        Some((start, enclosed))
    }

    /// The statements in a block that they leave.
    pub(super) fn leaving(&self, stmts: &[Stmt], at: Span, after: &After) -> Option<Stmt> {
        self.leaving_with(stmts, stmts, self.variables.len(), at, after)
    }

    /// The same, of the statements as they are `inside`, with all variables but the `first` ones moved in.
    pub(super) fn leaving_with(
        &self,
        stmts: &[Stmt],
        inside: &[Stmt],
        first: usize,
        at: Span,
        after: &After,
    ) -> Option<Stmt> {
        let block = syntax::block_of(stmts.to_vec());
        let yields = std_macros::hidden_yield(block.to_token_stream()).is_some();
        match yields || self.older_given(stmts, first).is_some() {
            true => None,
            false => leave::enclose(inside, after, self.shape.as_ref(), at),
        }
    }

    /// Whether the scope of this variable ends where the block does.
    fn ends_with_block(&self, variable: usize) -> bool {
        let variables = self.variables.between(variable, variable + 1);
        variables.iter().all(|variable| variable.depth >= self.ends_with)
    }

    /// The oldest variable that the statements move, as far as one can tell, and that drops behind a younger one where they
    /// are left before. What is declared outside of the loop is not moved in each round.
    fn older_given(&self, stmts: &[Stmt], first: usize) -> Option<usize> {
        // What is pinned moves at once.
        let pinned = matches!(stmts.first(), Some(Stmt::Macro(mac)) if desugar::pins(&mac.mac).is_some());
        let inside = match pinned {
            true => &stmts[1..],
            false => stmts,
        };
        let hidden = pinned.then(|| stmts[0].to_token_stream());
        let inside = quote!(#(#inside)*);
        let outside = self.outside_loop;
        let variables = self.variables.between(outside, first).iter().enumerate();
        let droppable = variables.filter(|(_, variable)| !variable.plain).rev().skip(1);
        let moved = droppable.filter(|(at, variable)| {
            // What the statements mention is the youngest of that name.
            if self.variables.position(&variable.name) != Some(outside + at) {
                return false;
            }
            let name = std::slice::from_ref(&variable.name);
            let moved = hidden
                .as_ref()
                .is_some_and(|pins| std_macros::mentions(pins.clone(), name));
            !moved && source::is_given(&inside, &variable.name)
        });
        moved.map(|(at, _)| outside + at).last()
    }

    /// A loop, a branch or the value of a `let`, as [`leaving`](Self::leaving).
    pub(super) fn leaving_statement(&self, stmt: &Stmt, at: Span, after: &After) -> Option<Stmt> {
        match stmt {
            Stmt::Local(_) if drops_value(stmt) => {
                let Stmt::Expr(enclosed, _) = self.leaving(std::slice::from_ref(stmt), at, after)? else {
                    return None;
                };
                Some(Stmt::Expr(enclosed, Some(Default::default())))
            }
            Stmt::Local(local) => {
                let mut local = local.clone();
                let init = local.init.as_mut()?;
                let value = Stmt::Expr((*init.expr).clone(), None);
                let Stmt::Expr(enclosed, _) = self.leaving(&[value], at, &After::Code)? else {
                    return None;
                };
                *init.expr = enclosed;
                Some(Stmt::Local(local))
            }
            Stmt::Expr(expr, semi) => {
                let is_loop = matches!(expr, Expr::ForLoop(_) | Expr::While(_));
                let semi = semi.or(is_loop.then(Default::default));
                let Stmt::Expr(enclosed, _) = self.leaving(&[Stmt::Expr(expr.clone(), semi)], at, after)? else {
                    return None;
                };
                Some(Stmt::Expr(enclosed, semi))
            }
            Stmt::Item(_) | Stmt::Macro(_) => None,
        }
    }
}
