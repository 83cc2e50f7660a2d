//! The mentions of an array, as those of a `&mut` to it: `buffer[0]` is the same, `&mut buffer` becomes `&mut *buffer`.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::{
    Block, Expr, ExprYield, Item, Local, Macro, Pat, Stmt, parse_quote,
    visit_mut::{self, VisitMut},
};

use super::{
    Stays, assignment,
    borrows::{keeps_borrow, lends, mentions},
};
use crate::{
    desugar, pattern,
    std_macros::{self, Usage},
    syntax,
};

/// Rewrites the mentions, and leaves out the declaration; `false` if the array cannot stay where it is.
pub(super) fn rewrite(body: &mut Block, name: &Ident, stays: Stays, unknown: &BTreeSet<String>) -> bool {
    let mut walk = Rewrite {
        name,
        stays,
        unknown,
        loops: 0,
        refused: false,
    };
    walk.visit_block_mut(body);
    !walk.refused
}

struct Rewrite<'n> {
    name: &'n Ident,
    stays: Stays,
    /// Variables that may be borrows.
    unknown: &'n BTreeSet<String>,
    loops: usize,
    refused: bool,
}

impl Rewrite<'_> {
    fn refuse_if(&mut self, refuses: bool) {
        self.refused |= refuses;
    }

    fn is_array(&self, expr: &Expr) -> bool {
        syntax::variable(expr) == Some(self.name)
    }

    /// Operands beside a suspension are kept across it.
    fn operands<'e>(&mut self, operands: impl Iterator<Item = &'e Expr> + Clone) {
        let suspends = operands.clone().any(desugar::suspends);
        let mut kept = operands.filter(|operand| keeps_borrow(operand, self.name));
        let keeps = suspends && kept.next().is_some();
        self.refuse_if(keeps);
    }

    /// Whether a pattern may bind a borrow of the array that lives across a suspension.
    fn binds_borrow(&self, pat: &Pat, value: &Expr) -> bool {
        let by_ref = pattern::binds_by_ref(pat) && mentions(value, self.name);
        let unknown = pattern::names(pat)
            .iter()
            .any(|name| self.unknown.contains(&name.to_string()));
        by_ref || self.stays == Stays::Beside && unknown && lends(value, self.name)
    }

    fn in_loop(&mut self, walk: impl FnOnce(&mut Self)) {
        self.loops += 1;
        walk(self);
        self.loops -= 1;
    }

    /// What is looked at while a construct is suspended.
    fn scrutinee(&mut self, scrutinee: &Expr, suspends: bool) {
        let keeps = suspends && (keeps_borrow(scrutinee, self.name) || syntax::root(scrutinee) == Some(self.name));
        self.refuse_if(keeps);
    }

    fn declaration(&self, local: &Local) -> bool {
        pattern::names(&local.pat).contains(self.name)
    }
}

impl VisitMut for Rewrite<'_> {
    fn visit_item_mut(&mut self, _: &mut Item) {}

    fn visit_block_mut(&mut self, block: &mut Block) {
        let in_loop = self.loops > 0;
        let name = self.name;
        let stmts = std::mem::take(&mut block.stmts);
        block.stmts = stmts
            .into_iter()
            .filter_map(|stmt| match &stmt {
                Stmt::Local(local) if self.declaration(local) => in_loop.then(|| assignment(local, name)).flatten(),
                _ => Some(stmt),
            })
            .collect();
        for stmt in &mut block.stmts {
            self.visit_stmt_mut(stmt);
        }
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        if let Some(init) = &local.init {
            let keeps = keeps_borrow(&init.expr, self.name) || self.binds_borrow(&local.pat, &init.expr);
            self.refuse_if(keeps);
        }
        visit_mut::visit_local_mut(self, local);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Path(_) if self.is_array(expr) => *expr = parse_quote!(*#expr),
            Expr::Index(index) if self.is_array(&index.expr) => self.visit_expr_mut(&mut index.index),
            Expr::Assign(assign) => {
                let unknown = syntax::root(&assign.left).is_some_and(|name| self.unknown.contains(&name.to_string()));
                let keeps = keeps_borrow(&assign.right, self.name) || unknown && lends(&assign.right, self.name);
                self.refuse_if(keeps);
                visit_mut::visit_expr_assign_mut(self, assign);
            }
            Expr::MethodCall(call) => {
                self.operands(std::iter::once(&*call.receiver).chain(&call.args));
                match self.is_array(&call.receiver) {
                    true => {
                        let receiver = &call.receiver;
                        if !is_of_slices(&call.method) {
                            *call.receiver = parse_quote!((*#receiver));
                        }
                        call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
                    }
                    false => visit_mut::visit_expr_method_call_mut(self, call),
                }
            }
            Expr::Call(call) => {
                // A function of the same name, outside of the scope.
                let is_function = self.is_array(&call.func);
                self.refuse_if(is_function);
                self.operands(call.args.iter());
                visit_mut::visit_expr_call_mut(self, call);
            }
            Expr::Tuple(tuple) => {
                self.operands(tuple.elems.iter());
                visit_mut::visit_expr_tuple_mut(self, tuple);
            }
            Expr::Struct(literal) => {
                self.operands(literal.fields.iter().map(|field| &field.expr));
                // `Frame { buffer }`
                let shorthand = literal
                    .fields
                    .iter()
                    .any(|field| field.colon_token.is_none() && self.is_array(&field.expr));
                self.refuse_if(shorthand);
                visit_mut::visit_expr_struct_mut(self, literal);
            }
            Expr::Closure(_) | Expr::Async(_) | Expr::RawAddr(_) | Expr::Verbatim(_) => {
                let mentioned = mentions(expr, self.name);
                self.refuse_if(mentioned);
            }
            Expr::Match(found) => {
                let suspends = found.arms.iter().any(|arm| desugar::suspends(&arm.body));
                self.scrutinee(&found.expr, suspends);
                visit_mut::visit_expr_match_mut(self, found);
            }
            Expr::Let(condition) => {
                self.scrutinee(&condition.expr, true);
                let keeps = self.binds_borrow(&condition.pat, &condition.expr);
                self.refuse_if(keeps);
                visit_mut::visit_expr_let_mut(self, condition);
            }
            Expr::ForLoop(repeated) => {
                self.scrutinee(&repeated.expr, desugar::block_suspends(&repeated.body));
                self.visit_expr_mut(&mut repeated.expr);
                self.in_loop(|walk| walk.visit_block_mut(&mut repeated.body));
            }
            Expr::While(_) | Expr::Loop(_) => self.in_loop(|walk| visit_mut::visit_expr_mut(walk, expr)),
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_expr_yield_mut(&mut self, suspension: &mut ExprYield) {
        let awaits = desugar::what(suspension).awaits();
        if let Some(operand) = &suspension.expr {
            let keeps = match self.stays {
                // The future would borrow from the machine.
                Stays::Beside if awaits => lends(operand, self.name),
                Stays::Beside => keeps_borrow(operand, self.name),
                Stays::Outside => !awaits && keeps_borrow(operand, self.name),
            };
            let hidden = matches!(**operand, Expr::Macro(_)) && mentions(operand, self.name);
            self.refuse_if(keeps || hidden);
        }
        visit_mut::visit_expr_yield_mut(self, suspension);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        let Some(known) = std_macros::parse(mac) else {
            let mentioned = mentions(&mac.tokens, self.name);
            return self.refuse_if(mentioned);
        };
        let guards = known.arguments.iter().any(|argument| match &argument.usage {
            Usage::Scrutinee(pat) => mentions(pat, self.name),
            _ => false,
        });
        self.refuse_if(guards);
        if !mentions(&mac.tokens, self.name) {
            return;
        }
        let mut exprs = known.exprs();
        self.operands(exprs.iter());
        exprs.iter_mut().for_each(|expr| self.visit_expr_mut(expr));
        *mac = known.rewritten(exprs);
    }
}

/// Methods of slices, which a reference to an array has as well.
fn is_of_slices(method: &Ident) -> bool {
    matches!(
        method.to_string().as_str(),
        "len"
            | "is_empty"
            | "iter"
            | "iter_mut"
            | "fill"
            | "contains"
            | "starts_with"
            | "ends_with"
            | "first"
            | "last"
            | "get"
            | "get_mut"
            | "swap"
            | "reverse"
            | "sort"
            | "sort_unstable"
            | "copy_from_slice"
            | "copy_within"
            | "rotate_left"
            | "rotate_right"
            | "chunks"
            | "windows"
            | "split_at"
            | "to_vec"
    )
}
