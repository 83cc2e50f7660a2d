//! A borrow through a `&mut` argument that is kept across an await, beside the argument.
//!
//! ```text
//! // Input:
//! if let Some(open) = self.open.get_mut(&id) { open.send(text).await?; open.sent += 1; }
//! self.sent += 1;
//! ```
//!
//! The machine would carry `open` beside `self`. Where nothing behind the await mentions both it need not: then a borrow is
//! carried as any other value, and nothing is enclosed.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Expr, ExprForLoop, FnArg, Local, Pat, ReceiverKind, Signature, Stmt, visit::Visit};

use super::{Enclose, Needs, borrow};
use crate::{desugar, pattern, signature, std_macros, syntax};

/// The argument that is a `&mut`.
fn exclusive(input: &FnArg) -> Option<Ident> {
    match input {
        FnArg::Receiver(receiver) => {
            let exclusive = match &receiver.kind {
                ReceiverKind::Reference(_, _, mutability) => mutability.is_some(),
                ReceiverKind::Typed(_, ty) => signature::is_mut_ref(ty),
                _ => false,
            };
            exclusive.then(|| Ident::new("self", receiver.self_token.span))
        }
        FnArg::Typed(typed) if signature::is_mut_ref(&typed.ty) => {
            pattern::single(&typed.pat).map(|pat| pat.ident.clone())
        }
        FnArg::Typed(_) => None,
    }
}

/// The `&mut` arguments, and where they are needed.
#[derive(Default)]
pub(super) struct Exclusive {
    names: Vec<Ident>,
    /// Those that code behind the statement mentions, or an earlier one in the next round of a loop.
    needed: Vec<Ident>,
    /// How many of these are needed behind the block.
    outside: usize,
    /// The one that is asked about.
    asked: Option<Ident>,
}

impl Exclusive {
    pub fn of(sig: &Signature) -> Self {
        Exclusive {
            names: sig.inputs.iter().filter_map(exclusive).collect(),
            ..Default::default()
        }
    }

    pub fn is_named(&self, name: &Ident) -> bool {
        self.names.contains(name)
    }

    pub fn is_any_asked(&self) -> bool {
        self.asked.is_some()
    }

    pub fn is_asked(&self, name: &Ident) -> bool {
        self.asked.as_ref() == Some(name)
    }

    /// The last mention of each in a block, by index.
    pub fn last_mentions(&self, stmts: &[Stmt]) -> Vec<Option<usize>> {
        let last = |name: &Ident| {
            stmts
                .iter()
                .rposition(|stmt| std_macros::mentions(stmt.to_token_stream(), std::slice::from_ref(name)))
        };
        self.names.iter().map(last).collect()
    }

    /// Goes to the statement of a block.
    pub fn at(&mut self, index: usize, last: &[Option<usize>]) {
        self.needed.truncate(self.outside);
        for (name, last) in self.names.iter().zip(last) {
            if *last > Some(index) {
                self.needed.push(name.clone());
            }
        }
    }

    /// Goes into a block; what was is to be given back to `leave`.
    pub fn enter(&mut self) -> usize {
        std::mem::replace(&mut self.outside, self.needed.len())
    }

    pub fn leave(&mut self, outside: usize) {
        self.needed.truncate(self.outside);
        self.outside = outside;
    }

    /// Those that the code mentions.
    pub fn mentioned(&self, code: &impl ToTokens) -> Vec<Ident> {
        let mentions = |name: &&Ident| std_macros::mentions(code.to_token_stream(), std::slice::from_ref(*name));
        self.names.iter().filter(mentions).cloned().collect()
    }

    /// Goes into a loop, in whose next round these are needed.
    pub fn repeat(&mut self, again: Vec<Ident>) {
        self.needed.extend(again);
    }

    fn is_needed(&self, name: &Ident, needs: Needs) -> bool {
        match needs {
            Needs::Statement | Needs::Value => self.needed.contains(name),
            Needs::Rest => self.needed[..self.outside].contains(name),
        }
    }
}

impl Enclose {
    /// Whether the first of the statements borrows through a `&mut` argument that is needed beside the borrow.
    pub(super) fn reborrows(&mut self, first: &Stmt, rest: &[Stmt]) -> Option<(Span, Needs)> {
        let names = self.exclusive.names.clone();
        names.iter().find_map(|name| {
            self.exclusive.asked = Some(name.clone());
            let found = self.reborrows_of(name, first, rest);
            self.exclusive.asked = None;
            found
        })
    }

    fn reborrows_of(&self, name: &Ident, first: &Stmt, rest: &[Stmt]) -> Option<(Span, Needs)> {
        if let Stmt::Local(local) = first {
            let at = self
                .binds_borrow(first, rest)
                .or_else(|| takes_apart(local, name))
                .or_else(|| self.collects_borrows(first, rest));
            // What an await gives is there beside what it borrows at once.
            let given = local
                .init
                .as_ref()
                .is_some_and(|init| borrow::awaits(init.expr.to_token_stream()));
            let later = self.exclusive.is_needed(name, Needs::Rest)
                || Later::search(std::slice::from_ref(name), false, given, rest);
            if let Some(at) = at
                && later
                && Later::search(&pattern::names(&local.pat), true, given, rest)
            {
                return Some((at, Needs::Rest));
            }
        }
        let value = match first {
            Stmt::Expr(expr, _) => expr,
            Stmt::Local(local) => &local.init.as_ref().filter(|init| init.diverge.is_none())?.expr,
            Stmt::Item(_) | Stmt::Macro(_) => return None,
        };
        if let Some(at) = scrutinee(value).and_then(|value| self.awaits_through(value))
            && (matches!(value, Expr::While(_)) || self.exclusive.is_needed(name, Needs::Statement))
        {
            return Some((at, Needs::Statement));
        }
        let (at, needs) = self.needs_of_value(value)?;
        let inside = [Stmt::Expr(value.clone(), None)];
        let needed = self.exclusive.is_needed(name, needs) || used_later(std::slice::from_ref(name), &inside);
        (needed && keeps(value)).then_some((at, needs))
    }
}

impl Enclose {
    /// `for (key, value) in &mut self.values`, `in &state.values`: of a map, as far as one can tell, which has no positions.
    pub(super) fn iterates_pairs(&self, expr: &ExprForLoop) -> Option<Span> {
        let Expr::Reference(reference) = syntax::inner(&expr.expr) else {
            return None;
        };
        let root = syntax::root(&reference.expr)?;
        let moves = self.exclusive.is_asked(root)
            || matches!(syntax::inner(&reference.expr), Expr::Field(_)) && self.moves(root);
        (matches!(*expr.pat, Pat::Tuple(_)) && moves).then(|| root.span())
    }
}

/// What a branch or a loop looks into.
fn scrutinee(expr: &Expr) -> Option<&Expr> {
    let condition = match expr {
        Expr::Match(expr) => return Some(&expr.expr),
        Expr::If(branches) => &branches.cond,
        Expr::While(expr) => &expr.cond,
        _ => return None,
    };
    match syntax::inner(condition) {
        Expr::Let(condition) => Some(&condition.expr),
        _ => None,
    }
}

/// `let Server { open, sent } = self;`
fn takes_apart(local: &Local, name: &Ident) -> Option<Span> {
    let init = local.init.as_ref()?;
    let apart = matches!(
        &local.pat,
        Pat::Struct(_) | Pat::Tuple(_) | Pat::TupleStruct(_) | Pat::Slice(_)
    );
    (apart && syntax::variable(&init.expr) == Some(name)).then(|| name.span())
}

/// Whether the branch or loop needs what it borrowed behind an await.
fn keeps(expr: &Expr) -> bool {
    let block = |block: &syn::Block, names: &[Ident]| kept(names, &block.stmts);
    match expr {
        Expr::ForLoop(_) => true,
        Expr::While(expr) => block(&expr.body, &names_of(&expr.cond)),
        Expr::If(branches) => block(&branches.then_branch, &names_of(&branches.cond)),
        Expr::Match(expr) => expr
            .arms
            .iter()
            .any(|arm| kept(&pattern::names(&arm.pat), &[Stmt::Expr((*arm.body).clone(), None)])),
        _ => true,
    }
}

/// What `let`s in a condition bind.
fn names_of(condition: &Expr) -> Vec<Ident> {
    let lets = syntax::lets(condition);
    lets.into_iter().flat_map(|found| pattern::names(&found.pat)).collect()
}

/// Whether one of the names is needed behind an await, or what is awaited holds it.
fn kept(names: &[Ident], stmts: &[Stmt]) -> bool {
    Later::search(names, true, false, stmts)
}

/// Whether one of the names is mentioned behind an await.
fn used_later(names: &[Ident], stmts: &[Stmt]) -> bool {
    Later::search(names, false, false, stmts)
}

/// Finds mentions behind an await, in order of evaluation.
struct Later<'n> {
    names: &'n [Ident],
    /// Whether what is awaited counts, where it is made of the name as it is.
    holds: bool,
    awaited: bool,
    found: bool,
}

impl Later<'_> {
    fn search(names: &[Ident], holds: bool, awaited: bool, stmts: &[Stmt]) -> bool {
        let mut later = Later {
            names,
            holds,
            awaited,
            found: false,
        };
        stmts.iter().for_each(|stmt| later.visit_stmt(stmt));
        later.found
    }

    fn is(&self, expr: &Expr) -> bool {
        match syntax::inner(expr) {
            Expr::Reference(reference) => syntax::root(&reference.expr).is_some_and(|name| self.names.contains(name)),
            other => syntax::variable(other).is_some_and(|name| self.names.contains(name)),
        }
    }

    /// Whether a future of this has the name in it.
    fn is_in(&self, operand: &Expr) -> bool {
        match syntax::peeled(operand) {
            Expr::MethodCall(call) => {
                let receiver = syntax::root(&call.receiver).is_some_and(|name| self.names.contains(name));
                receiver || self.is_in(&call.receiver) || call.args.iter().any(|argument| self.is(argument))
            }
            Expr::Call(call) => call.args.iter().any(|argument| self.is(argument)),
            other => self.is(other),
        }
    }

    /// A second round finds what stands before an await.
    fn rounds(&mut self, visit: impl Fn(&mut Self)) {
        visit(self);
        visit(self);
    }
}

impl Visit<'_> for Later<'_> {
    fn visit_expr_await(&mut self, awaited: &syn::ExprAwait) {
        self.found |= self.holds && self.is_in(&awaited.base);
        self.visit_expr(&awaited.base);
        self.awaited = true;
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        let before = self.awaited;
        self.visit_expr(&call.receiver);
        let made = self.awaited;
        call.args.iter().for_each(|argument| self.visit_expr(argument));
        // The receiver is needed when the arguments are there.
        if before == made && self.awaited != made {
            self.visit_expr(&call.receiver);
        }
    }

    fn visit_expr_assign(&mut self, assign: &syn::ExprAssign) {
        self.visit_expr(&assign.right);
        self.visit_expr(&assign.left);
    }

    fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
        self.visit_expr(&binary.left);
        self.visit_expr(&binary.right);
        if syntax::is_compound_assignment(&binary.op) {
            self.visit_expr(&binary.left);
        }
    }

    fn visit_expr_for_loop(&mut self, expr: &syn::ExprForLoop) {
        self.visit_expr(&expr.expr);
        self.rounds(|walk| walk.visit_block(&expr.body));
    }

    fn visit_expr_while(&mut self, expr: &syn::ExprWhile) {
        self.rounds(|walk| {
            walk.visit_expr(&expr.cond);
            walk.visit_block(&expr.body);
        });
    }

    fn visit_expr_loop(&mut self, expr: &syn::ExprLoop) {
        self.rounds(|walk| walk.visit_block(&expr.body));
    }

    fn visit_expr_path(&mut self, path: &syn::ExprPath) {
        let name = path.path.get_ident();
        self.found |= self.awaited && name.is_some_and(|name| self.names.contains(name));
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        let awaits = borrow::awaits(mac.to_token_stream());
        let holds = awaits && (self.holds || desugar::is_awaiting(mac));
        self.found |= (self.awaited || holds) && std_macros::mentions(mac.tokens.clone(), self.names);
        self.awaited |= awaits;
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}
