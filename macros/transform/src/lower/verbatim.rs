//! Code that stays as the user wrote it, but for its jumps to loops that are no longer Rust's.

use std::{collections::BTreeSet, rc::Rc};

use proc_macro2::{Ident, Literal};
use quote::ToTokens;
use syn::{Block, Expr, ExprBreak, ExprReturn, Pat, Stmt, Token, parse_quote, spanned::Spanned, visit_mut::VisitMut};

use super::{Dest, Lower, Target, value::unit_at};
use crate::{
    edition::Edition,
    effects::{self, JUMP},
    ir::{Jump, Node},
    pattern,
    scoped::{Context, Scoped, Visitor},
    std_borrows, syntax,
};

impl Lower<'_> {
    /// A statement without a semicolon: what is left of it whole needs none either.
    pub(super) fn block_like_statement(&mut self, expr: Expr) {
        let (at, first) = (self.at, self.machine.block(self.at).body.nodes.len());
        let of_same_kind: fn(&Expr) -> bool = match expr {
            Expr::Match(_) => |expr| matches!(expr, Expr::Match(_)),
            Expr::If(_) => |expr| matches!(expr, Expr::If(_)),
            _ => |_| false,
        };
        self.into(expr, &Dest::Discard);
        let first = if self.at == at { first } else { 0 };
        let nodes = &mut self.machine.blocks[self.at.0].body.nodes;
        if let Some(Node::Code(code)) = nodes[first..].last_mut()
            && let Stmt::Expr(left, semi) = &mut code.syntax
            && of_same_kind(left)
        {
            *semi = None;
        }
    }

    /// The body of a loop, whose last expression is a statement: it is of type `()`.
    pub(super) fn loop_body(&mut self, mut body: Block) {
        if let Some(Stmt::Expr(last @ (Expr::Match(_) | Expr::If(_)), None)) = body.stmts.last()
            && self.function.edition == Edition::From2024
            && !self.takes_apart(last)
        {
            body.stmts.push(Stmt::Expr(unit_at(last.span()), None));
        }
        self.block(body, &Dest::Discard);
    }

    pub(super) fn verbatim(&mut self, mut expr: Expr) -> Expr {
        let mut jumps = Jumps { lower: self };
        Scoped::new(&mut jumps).visit_expr_mut(&mut expr);
        expr
    }

    /// Code of an `unsafe` block that is taken apart.
    pub(super) fn in_unsafe(&self, expr: Expr) -> Expr {
        match self.unsafe_depth > 0 && self.may_be_unsafe(&expr) {
            true => parse_quote!(unsafe { #expr }),
            false => expr,
        }
    }

    /// The same for what patterns take apart: it stays a place. What is behind a box may be moved out of it.
    pub(super) fn matched_in_unsafe(&self, expr: Expr, by_ref_mut: bool) -> Expr {
        if self.unsafe_depth == 0 || !syntax::is_place(&expr) || !self.may_be_unsafe(&expr) {
            return self.in_unsafe(expr);
        }
        let root = syntax::root(&expr).and_then(|root| self.machine.lookup(self.env, root));
        let boxed = matches!(syntax::inner(&expr), Expr::Unary(deref) if self.is_box(&deref.expr));
        match (syntax::dereferences(&expr) && !boxed, by_ref_mut) {
            (true, true) => parse_quote!(*unsafe { &mut #expr }),
            (true, false) => parse_quote!(*unsafe { &#expr }),
            (false, _) if root.is_some() => expr,
            (false, _) => self.in_unsafe(expr),
        }
    }

    /// Code in an `unsafe` block that is taken apart is wrapped where it may need it. What the runtime has does not.
    fn may_be_unsafe(&self, expr: &Expr) -> bool {
        struct Find<'a>(&'a [String], bool);
        impl VisitMut for Find<'_> {
            fn visit_expr_mut(&mut self, expr: &mut Expr) {
                let safe = match expr {
                    Expr::Macro(marker) => effects::is_marker(&marker.mac),
                    Expr::Call(call) => self.0.contains(&call.func.to_token_stream().to_string()),
                    _ => false,
                };
                if safe {
                    return;
                }
                let quiet = !matches!(
                    expr,
                    Expr::Call(_)
                        | Expr::MethodCall(_)
                        | Expr::Unary(_)
                        | Expr::Macro(_)
                        | Expr::Path(_)
                        | Expr::Field(_)
                );
                self.1 |= !quiet
                    && !matches!(expr, Expr::Path(path) if path.path.get_ident().is_some_and(|name| !is_static(name)));
                syn::visit_mut::visit_expr_mut(self, expr);
            }
        }
        let ours = ["received", "unreachable_pattern"].map(|name| self.names.path(name).to_token_stream().to_string());
        let mut find = Find(&ours, false);
        find.visit_expr_mut(&mut expr.clone());
        find.1
    }

    pub(super) fn stmt_in_unsafe(&self, mut stmt: Stmt) -> Stmt {
        match &mut stmt {
            Stmt::Local(local) => {
                if let Some(init) = &mut local.init {
                    let expr = (*init.expr).clone();
                    *init.expr = match pattern::single(&local.pat).is_some_and(|binding| binding.by_ref.is_none()) {
                        true => self.in_unsafe(expr),
                        false => self.matched_in_unsafe(expr, pattern::binds_by_ref_mut(&local.pat)),
                    };
                }
            }
            Stmt::Expr(expr, _) => *expr = self.in_unsafe(expr.clone()),
            Stmt::Item(_) | Stmt::Macro(_) => {}
        }
        stmt
    }

    /// Whether the code breaks out of something with a value for a variable whose name a variable here has too: in code that
    /// stays whole, the new one would hide the other where the next state takes both.
    pub(super) fn breaks_into_shadowed(&self, expr: &Expr) -> bool {
        let shadows = |dest: &Dest| match dest {
            Dest::Bind(binding) => binding.locals.iter().any(|local| {
                let name = &self.machine.local(*local).ident;
                self.machine.lookup(self.env, name).is_some_and(|other| other != *local)
            }),
            Dest::Discard | Dest::Return => false,
        };
        // A guard has to be left by a block, which the variable stands behind.
        let guarded = std_borrows::has_guard(expr);
        let shadows = |target: &Target| target.hides && !guarded || shadows(&target.dest);
        if !self.targets.iter().any(shadows) {
            return false;
        }
        let mut found = false;
        let mut find = |jump: &ExprBreak, context: &Context| {
            let label = jump.label.as_ref();
            let leaves = !context.encloses(label.map(|label| &label.ident));
            let target = self.target(label).filter(|_| leaves);
            found |= target.is_some_and(|target| shadows(&self.targets[target]));
        };
        Scoped::new(&mut Breaks(&mut find)).visit_expr_mut(&mut expr.clone());
        found
    }

    pub(super) fn verbatim_stmt(&mut self, mut stmt: Stmt) -> Stmt {
        let mut jumps = Jumps { lower: self };
        Scoped::new(&mut jumps).visit_stmt_mut(&mut stmt);
        stmt
    }

    pub(super) fn verbatim_guard(&mut self, pat: Pat) -> Pat {
        match pat {
            Pat::Guard(mut guard) => {
                *guard.guard = self.verbatim((*guard.guard).clone());
                Pat::Guard(guard)
            }
            other => other,
        }
    }
}

fn is_static(name: &Ident) -> bool {
    name.to_string().starts_with(char::is_uppercase)
}

/// Calls a function with each `break`.
struct Breaks<'f>(&'f mut dyn FnMut(&ExprBreak, &Context));

impl Visitor for Breaks<'_> {
    fn expression(&mut self, expr: &mut Expr, context: &Context) -> bool {
        if let Expr::Break(jump) = expr {
            (self.0)(jump, context);
        }
        false
    }
}

/// Replaces `break`s and `continue`s that leave the code by markers.
struct Jumps<'l, 'a> {
    lower: &'l mut Lower<'a>,
}

impl Visitor for Jumps<'_, '_> {
    fn expression(&mut self, expr: &mut Expr, context: &Context) -> bool {
        let (label, is_break) = match expr {
            Expr::Break(expr) => (expr.label.clone(), true),
            Expr::Continue(expr) => (expr.label.clone(), false),
            _ => return false,
        };
        if context.encloses(label.as_ref().map(|label| &label.ident)) {
            return false;
        }
        let Some(target) = self.lower.target(label.as_ref()) else {
            return false;
        };
        let hidden: BTreeSet<_> = context.bound.iter().map(Ident::to_string).collect();
        let target = &self.lower.targets[target];
        let (after, next, dest) = (target.after, target.next, target.dest.clone());
        *expr = match (std::mem::replace(expr, Expr::Verbatim(Default::default())), next) {
            (Expr::Break(jump), _) if is_break => self.break_(jump, after, &dest, hidden),
            (_, Some(next)) => self.jump(next, hidden),
            (other, None) => other,
        };
        true
    }
}

impl Jumps<'_, '_> {
    fn jump(&mut self, target: crate::ir::BlockId, hidden: BTreeSet<String>) -> Expr {
        let machine = &mut self.lower.machine;
        let number = Literal::usize_unsuffixed(machine.jumps.len());
        machine.jumps.push(Jump {
            target,
            env: self.lower.env,
            hidden,
            plain: false,
            returns: None,
        });
        let marker = Ident::new(JUMP, proc_macro2::Span::call_site());
        parse_quote!(#marker!(#number))
    }

    fn break_(&mut self, jump: ExprBreak, after: crate::ir::BlockId, dest: &Dest, hidden: BTreeSet<String>) -> Expr {
        let at = jump.break_token.span;
        let value = jump.expr.map(|mut value| {
            Scoped::new(self).visit_expr_mut(&mut value);
            value
        });
        match dest {
            Dest::Return => Expr::Return(ExprReturn {
                attrs: Vec::new(),
                // What is wrong with the value, rustc says of this token.
                return_token: Token![return](at),
                expr: value,
            }),
            Dest::Discard => {
                let goto = self.jump(after, hidden);
                match value {
                    Some(value) => parse_quote!({ #value; #goto }),
                    None => goto,
                }
            }
            Dest::Bind(binding) => {
                let goto = self.jump(after, hidden);
                let value = value.map_or_else(|| unit_at(at), |value| *value);
                let stmt = Rc::clone(binding).stmt_with(value);
                parse_quote!({ #stmt #goto })
            }
        }
    }
}
