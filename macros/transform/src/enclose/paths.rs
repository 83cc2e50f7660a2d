//! What a statement gives away on some of its paths only. On the others it lives to the end of its scope, so that a block which
//! has it has to go to there too.
//!
//! ```text
//! if let Some(row) = table.get(&id) { show(row).await; if last { send(text).await; } }
//! ```
//!
//! Where `last` does not hold, `text` drops with the variables around it, not with the `if`.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{
    BinOp, Error, Expr, ExprAsync, ExprMethodCall, Stmt,
    visit::{self, Visit},
};

use super::{ALONE, Enclose, Needs, consumed::bound_within, leave::After};
use crate::{std_macros, syntax};

impl Enclose {
    /// Whether the first of the statements gives a variable away on some paths, whose scope goes on behind it.
    pub(super) fn gives_on_some_paths(&self, stmts: &[Stmt]) -> bool {
        !self.given_on_some_paths(stmts).is_empty()
    }

    fn given_on_some_paths(&self, stmts: &[Stmt]) -> Vec<Ident> {
        let (first, rest) = (&stmts[0], &stmts[1..]);
        if rest.is_empty() {
            return Vec::new();
        }
        let mut given = Given {
            walk: self,
            optional: false,
            names: Vec::new(),
        };
        given.visit_stmt(first);
        let inner = bound_within(first);
        let lives_on = |name: &Ident| {
            let variable = self.variables.get(name);
            let lives = variable.is_some_and(|variable| !variable.stays() && self.is_done_with(variable, stmts));
            lives && !inner.contains(name)
        };
        given.names.retain(lives_on);
        given.names
    }

    /// Where the first of the statements needs a block, or something in it does, and gives away on some paths what lives to
    /// the end of its scope.
    pub(super) fn gives_in_part(&mut self, stmts: &[Stmt], lives: Option<(Span, Needs)>) -> Option<Span> {
        let names = self.given_on_some_paths(stmts);
        if names.is_empty() || matches!(lives, Some((_, Needs::Rest))) {
            return None;
        }
        let at = lives.map(|(at, _)| at).or_else(|| self.gives_temporary(&stmts[0]));
        at.or_else(|| self.hides_guard(&stmts[0]))
            .or_else(|| self.encloses_within(&stmts[0], &names))
    }

    /// The error where what follows cannot be enclosed too: the block would drop the variables, on the paths that leave them,
    /// before their scope ends.
    pub(super) fn refuse_given(&mut self, stmts: &[Stmt]) {
        let names = self.given_on_some_paths(stmts);
        let droppable = |name: &&Ident| self.variables.get(name).is_some_and(|variable| !variable.plain);
        let errors: Vec<_> = names.iter().filter(droppable).take(1).map(given_on_one_path).collect();
        self.errors.extend(errors);
    }

    /// The block that the walk would make within the statement, and that would have one of the variables.
    fn encloses_within(&mut self, stmt: &Stmt, names: &[Ident]) -> Option<Span> {
        if self.tries {
            return None;
        }
        let (variables, ends_with, errors) = (self.variables.clone(), self.ends_with, self.errors.len());
        (self.tries, self.ends_with) = (true, ALONE);
        let mut walked = stmt.clone();
        self.statement(&mut walked, &After::Code);
        (self.tries, self.ends_with, self.variables) = (false, ends_with, variables);
        self.errors.truncate(errors);
        // One that is left early has no mark.
        let (before, blocks) = (Blocks::of(stmt, names), Blocks::of(&walked, names));
        blocks.first().filter(|_| blocks.len() > before.len()).copied()
    }
}

fn given_on_one_path(name: &Ident) -> Error {
    let message = format!(
        "whether `{name}` still has a value behind this statement depends on the path, and a block has to keep what the statement borrows\n\
         help: borrow `{name}`, or give it away on every path\n\
         help: if its type has no drop, say so where it is declared: `let {name}: u32 = ..;`"
    );
    Error::new(name.span(), message)
}

/// The `async` blocks that mention one of the variables.
struct Blocks<'n> {
    names: &'n [Ident],
    found: Vec<Span>,
}

impl<'n> Blocks<'n> {
    fn of(stmt: &Stmt, names: &'n [Ident]) -> Vec<Span> {
        let mut blocks = Blocks {
            names,
            found: Vec::new(),
        };
        blocks.visit_stmt(stmt);
        blocks.found
    }
}

impl Visit<'_> for Blocks<'_> {
    fn visit_expr_async(&mut self, block: &ExprAsync) {
        if std_macros::mentions(block.block.to_token_stream(), self.names) {
            self.found.push(block.async_token.span);
        }
        visit::visit_expr_async(self, block);
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}

/// Finds the variables that code which may not run gives away.
struct Given<'w> {
    walk: &'w Enclose,
    /// Whether the code may not run.
    optional: bool,
    names: Vec<Ident>,
}

impl Given<'_> {
    fn optional(&mut self, visit: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.optional, true);
        visit(self);
        self.optional = around;
    }

    /// A place that is used where it is.
    fn place(&mut self, place: &Expr) {
        if syntax::variable(place).is_none() {
            self.visit_expr(place);
        }
    }

    fn receiver(&mut self, call: &ExprMethodCall) {
        match self.walk.takes(call, false, false) {
            true => self.visit_expr(&call.receiver),
            false => self.place(&call.receiver),
        }
    }
}

impl Visit<'_> for Given<'_> {
    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Path(_) => self
                .names
                .extend(syntax::variable(expr).filter(|_| self.optional).cloned()),
            Expr::If(branches) => {
                self.visit_expr(&branches.cond);
                self.optional(|walk| {
                    walk.visit_block(&branches.then_branch);
                    if let Some((_, otherwise)) = &branches.else_branch {
                        walk.visit_expr(otherwise);
                    }
                });
            }
            Expr::Match(expr) => {
                self.place(&expr.expr);
                self.optional(|walk| expr.arms.iter().for_each(|arm| walk.visit_arm(arm)));
            }
            Expr::ForLoop(expr) => {
                self.visit_expr(&expr.expr);
                self.optional(|walk| walk.visit_block(&expr.body));
            }
            Expr::While(expr) => self.optional(|walk| visit::visit_expr_while(walk, expr)),
            Expr::Let(condition) => self.place(&condition.expr),
            Expr::Reference(reference) => self.place(&reference.expr),
            Expr::Field(field) => self.place(&field.base),
            Expr::Index(index) => {
                self.place(&index.expr);
                self.visit_expr(&index.index);
            }
            Expr::Unary(unary) => self.place(&unary.expr),
            Expr::Assign(assign) => {
                self.place(&assign.left);
                self.visit_expr(&assign.right);
            }
            Expr::Binary(binary) if matches!(binary.op, BinOp::And(_) | BinOp::Or(_)) => {
                self.visit_expr(&binary.left);
                self.optional(|walk| walk.visit_expr(&binary.right));
            }
            Expr::Binary(binary) => {
                self.place(&binary.left);
                self.place(&binary.right);
            }
            Expr::MethodCall(call) => {
                self.receiver(call);
                call.args.iter().for_each(|argument| self.visit_expr(argument));
            }
            Expr::Closure(_) => {}
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        if mac.path.is_ident("vec") {
            std_macros::visit_arguments(mac, self);
        }
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}
