//! A borrow of a local that is kept across an await -> an `async` block around all that uses it.
//!
//! ```text
//! // Input:
//! let guard = mutex.lock().await;
//! guard.push(next().await);
//! // Output:
//! async { let guard = mutex.lock().await; guard.push(next().await); }.await
//! ```
//!
//! The guard borrows `mutex`, and a machine moves its variables from state to state. In a block of its own, to which the
//! variable is lent, rustc's own transform keeps both in place, and its borrow checker judges them. What a method borrows
//! only types tell; names of std and of tokio say it ([`GUARDS`], and `borrow.rs`).
//!
//! Promises: the same values, order and drops, since the block goes to where the borrow's scope ends. Where code leaves it
//! before that, but not the function with it, the block would change what it means, and nothing is enclosed; for a guard
//! that is an error.

mod borrow;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{
    Block, Error, Expr, ExprAwait, FnArg, Local, Pat, Signature, Stmt, Type, parse_quote_spanned, visit_mut::VisitMut,
};

use crate::{lower::exits, pattern, span::ours, std_macros, syntax};

/// Methods whose future gives what borrows their receiver: locks, pools, buffered readers.
const GUARDS: [&str; 7] = ["lock", "read", "write", "acquire", "reserve", "peek", "fill_buf"];

/// Encloses what uses guards of locals; the errors where that cannot be.
pub(crate) fn enclose(body: &mut Block, sig: &Signature) -> Vec<Error> {
    let mut walk = Enclose {
        borrowed: sig.inputs.iter().filter_map(reference).collect(),
        owned: sig.inputs.iter().flat_map(owned).collect(),
        maps: Vec::new(),
        errors: Vec::new(),
    };
    for input in &sig.inputs {
        if let FnArg::Typed(typed) = input
            && borrow::is_map(&typed.ty)
        {
            walk.maps
                .extend(pattern::single(&typed.pat).map(|pat| pat.ident.clone()));
        }
    }
    walk.block(body, true);
    walk.errors
}

/// The argument that is a reference: what it refers to stays where it is.
fn reference(input: &FnArg) -> Option<Ident> {
    match input {
        FnArg::Receiver(receiver) => {
            let is_reference = !matches!(receiver.kind, syn::ReceiverKind::Value);
            is_reference.then(|| Ident::new("self", receiver.self_token.span))
        }
        FnArg::Typed(typed) if matches!(&*typed.ty, Type::Reference(_)) => {
            pattern::single(&typed.pat).map(|pat| pat.ident.clone())
        }
        FnArg::Typed(_) => None,
    }
}

fn owned(input: &FnArg) -> Vec<Ident> {
    match input {
        FnArg::Receiver(receiver) => vec![Ident::new("self", receiver.self_token.span)],
        FnArg::Typed(typed) => pattern::names(&typed.pat),
    }
}

/// What needs a borrow.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// The statement that makes it.
    Statement,
    /// Those behind it.
    Rest,
}

struct Enclose {
    /// Variables that are references to something outside.
    borrowed: Vec<Ident>,
    /// All variables in scope.
    owned: Vec<Ident>,
    /// Variables that hold collections without positions.
    maps: Vec<Ident>,
    errors: Vec<Error>,
}

impl Enclose {
    /// `last`: the function ends with this block.
    fn block(&mut self, block: &mut Block, last: bool) {
        let (borrowed, owned) = (self.borrowed.len(), self.owned.len());
        let mut index = 0;
        while index < block.stmts.len() {
            self.from(block, index, last);
            self.declare(&block.stmts[index]);
            index += 1;
        }
        self.borrowed.truncate(borrowed);
        self.owned.truncate(owned);
    }

    /// Encloses what starts at a statement: the rest of the block, a part of it, or the statement; else goes into it.
    fn from(&mut self, block: &mut Block, index: usize, last: bool) {
        if let Some(at) = self.binds_guard(&block.stmts[index]) {
            let rest = block.stmts.split_off(index);
            return self.rest(block, rest, at, last);
        }
        let Some((at, needs)) = self.lives_on_borrow(&block.stmts[index..]) else {
            let tail = index + 1 == block.stmts.len();
            return self.statement(&mut block.stmts[index], last && tail);
        };
        let alone = needs == Needs::Statement && self.can_enclose(&block.stmts[index..=index], false);
        if alone {
            enclose_statement(&mut block.stmts[index], at);
        } else if self.can_enclose(&block.stmts[index..], last) {
            let rest = block.stmts.split_off(index);
            self.rest(block, rest, at, last);
        } else if needs == Needs::Rest
            && let Some(end) = self.range(&block.stmts[index..])
        {
            let rest = block.stmts.split_off(index + end + 1);
            let range = block.stmts.split_off(index);
            block.stmts.push(enclose_range(range, at));
            block.stmts.extend(rest);
        } else {
            self.statement(&mut block.stmts[index], false);
        }
    }

    /// Whether the first of the statements borrows a local for as long as something awaits: where, and what needs the borrow.
    fn lives_on_borrow(&self, stmts: &[Stmt]) -> Option<(Span, Needs)> {
        let (first, rest) = stmts.split_first()?;
        if let Some(at) = self.binds_borrow(first, rest).or_else(|| borrow::pins(first, rest)) {
            return Some((at, Needs::Rest));
        }
        let expr = match first {
            Stmt::Expr(expr, _) => expr,
            Stmt::Local(local) => &local.init.as_ref().filter(|init| init.diverge.is_none())?.expr,
            Stmt::Item(_) | Stmt::Macro(_) => return None,
        };
        self.runs_on_borrow(expr).map(|at| (at, Needs::Statement))
    }

    /// Whether the statements may go into a future of their own.
    fn can_enclose(&self, stmts: &[Stmt], last: bool) -> bool {
        let inside = syntax::block_of(stmts.to_vec());
        let yields = std_macros::hidden_yield(inside.to_token_stream()).is_some();
        !yields && (last || !exits(&inside))
    }

    /// Up to where the borrow that the first of the statements makes is mentioned, if that can be enclosed.
    fn range(&self, stmts: &[Stmt]) -> Option<usize> {
        let Stmt::Local(local) = &stmts[0] else { return None };
        let names = pattern::names(&local.pat);
        let last = stmts
            .iter()
            .rposition(|stmt| std_macros::mentions(stmt.to_token_stream(), &names))?;
        let pinned = local
            .init
            .as_ref()
            .is_some_and(|init| syntax::pinned(&init.expr).is_some());
        let ends = last > 0 && !pinned && !self.binds_guard_of(&stmts[0]) && last + 1 < stmts.len();
        (ends && self.can_enclose(&stmts[..=last], false)).then_some(last)
    }

    fn moves(&self, name: &Ident) -> bool {
        self.owned.contains(name) && !self.borrowed.contains(name)
    }

    /// The await, if the statement binds a guard of a local.
    fn binds_guard(&self, stmt: &Stmt) -> Option<Span> {
        let Stmt::Local(local) = stmt else { return None };
        let init = local.init.as_ref()?;
        let named = !pattern::bindings(&local.pat).is_empty();
        self.guard(syntax::peeled(&init.expr)).filter(|_| named)
    }

    /// `local.lock().await`
    fn guard(&self, expr: &Expr) -> Option<Span> {
        let Expr::Await(ExprAwait { base, await_token, .. }) = expr else {
            return None;
        };
        let Expr::MethodCall(call) = syntax::inner(base) else {
            return None;
        };
        let root = syntax::root(&call.receiver)?;
        let known =
            GUARDS.iter().any(|name| call.method == name) && call.args.is_empty() || call.method == "acquire_many";
        (known && self.moves(root)).then_some(await_token.span)
    }

    fn rest(&mut self, block: &mut Block, rest: Vec<Stmt>, at: Span, last: bool) {
        let inside = syntax::block_of(rest.clone());
        if !last && exits(&inside) {
            self.errors.push(leaves(at, &rest[0]));
            block.stmts.extend(rest);
            return;
        }
        block.stmts.push(Stmt::Expr(
            parse_quote_spanned!(ours(at)=> async { #(#rest)* }.await),
            None,
        ));
    }

    fn statement(&mut self, stmt: &mut Stmt, last: bool) {
        match stmt {
            Stmt::Local(local) => self.local(local),
            Stmt::Expr(expr, _) => self.expression(expr, last),
            Stmt::Macro(mac) => {
                let mut expr = Expr::Macro(syn::ExprMacro {
                    attrs: mac.attrs.clone(),
                    mac: mac.mac.clone(),
                });
                self.value(&mut expr);
                if matches!(expr, Expr::Await(_)) {
                    *stmt = Stmt::Expr(expr, Some(Default::default()));
                }
            }
            Stmt::Item(_) => {}
        }
    }

    fn local(&mut self, local: &mut Local) {
        if let Some(init) = &mut local.init {
            if matches!(local.pat, Pat::Wild(_))
                && let Some(at) = self.guard(syntax::peeled(&init.expr))
                && !exits(&init.expr)
            {
                let value = &init.expr;
                *init.expr = parse_quote_spanned!(ours(at)=> async { let _ = #value; }.await);
                return;
            }
            self.expression(&mut init.expr, false);
        }
    }

    /// The variables that a statement brings.
    fn declare(&mut self, stmt: &Stmt) {
        let Stmt::Local(local) = stmt else { return };
        self.note_map(&local.pat, local.init.as_ref().map(|init| &*init.expr));
        if let Some(init) = &local.init {
            let from_outside = match syntax::inner(&init.expr) {
                Expr::Reference(reference) => {
                    syntax::root(&reference.expr).is_none_or(|root| self.borrowed.contains(root))
                }
                _ => false,
            };
            if let (true, Some(pat)) = (from_outside, pattern::single(&local.pat)) {
                self.borrowed.push(pat.ident.clone());
            }
        }
        self.owned.extend(pattern::names(&local.pat));
    }

    /// Blocks within, and guards that end with their statement.
    fn expression(&mut self, expr: &mut Expr, last: bool) {
        match expr {
            Expr::Block(block) => self.block(&mut block.block, last && block.label.is_none()),
            Expr::Unsafe(block) => self.block(&mut block.block, last),
            Expr::If(branches) => {
                self.block(&mut branches.then_branch, last);
                if let Some((_, otherwise)) = &mut branches.else_branch {
                    self.expression(otherwise, last);
                }
            }
            Expr::Match(expr) => {
                for arm in &mut expr.arms {
                    self.with(&arm.pat, |walk| walk.expression(&mut arm.body, last));
                }
            }
            Expr::ForLoop(expr) => self.with(&expr.pat, |walk| walk.block(&mut expr.body, false)),
            Expr::While(expr) => self.block(&mut expr.body, false),
            Expr::Loop(expr) => self.block(&mut expr.body, false),
            other => self.value(other),
        }
    }

    fn with(&mut self, pat: &Pat, walk: impl FnOnce(&mut Self)) {
        let owned = self.owned.len();
        self.owned.extend(pattern::names(pat));
        walk(self);
        self.owned.truncate(owned);
    }

    /// `*mutex.lock().await`: the guard is a temporary, and the value is computed with it.
    fn value(&mut self, expr: &mut Expr) {
        let inner = match expr {
            Expr::Try(tried) => &mut *tried.expr,
            other => other,
        };
        if self.guard(syntax::peeled(inner)).is_some() {
            return;
        }
        let mut find = Find { walk: self, at: None };
        find.visit_expr_mut(&mut inner.clone());
        let Some(at) = find.at else { return };
        if exits(inner) {
            return self.errors.push(in_expression(at));
        }
        let value = inner.clone();
        *inner = parse_quote_spanned!(ours(at)=> async { #value }.await);
    }
}

/// Statements of which the first makes a borrow that the others need: what they declare otherwise goes on.
fn enclose_range(stmts: Vec<Stmt>, at: Span) -> Stmt {
    let declared = stmts[1..].iter().flat_map(|stmt| match stmt {
        Stmt::Local(local) => pattern::bindings(&local.pat),
        _ => Vec::new(),
    });
    let declared: Vec<_> = declared.collect();
    let names: Vec<_> = declared.iter().map(|binding| &binding.ident).collect();
    let names = &names;
    let muts = declared.iter().map(|binding| binding.mutability);
    match names.as_slice() {
        [] => parse_quote_spanned!(ours(at)=> async { #(#stmts)* }.await;),
        [name] => {
            let muts = declared[0].mutability;
            parse_quote_spanned!(ours(at)=> let #muts #name = async { #(#stmts)* #name }.await;)
        }
        _ => parse_quote_spanned!(ours(at)=> let (#(#muts #names),*) = async { #(#stmts)* (#(#names),*) }.await;),
    }
}

/// `for x in list.keys() { .. }` as `async { for x in list.keys() { .. } }.await`
fn enclose_statement(stmt: &mut Stmt, at: Span) {
    let expr = match stmt {
        Stmt::Expr(expr, semi) => {
            // A loop needs no `;`, an await does.
            if semi.is_none() && matches!(expr, Expr::ForLoop(_) | Expr::While(_)) {
                *semi = Some(Default::default());
            }
            expr
        }
        Stmt::Local(local) => match &mut local.init {
            Some(init) => &mut *init.expr,
            None => return,
        },
        Stmt::Item(_) | Stmt::Macro(_) => return,
    };
    let inside = expr.clone();
    *expr = parse_quote_spanned!(ours(at)=> async { #inside }.await);
}

/// Finds a guard of a local somewhere in an expression.
struct Find<'w> {
    walk: &'w Enclose,
    at: Option<Span>,
}

impl VisitMut for Find<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        self.at = self.at.or_else(|| self.walk.guard(expr));
        syn::visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if let Some(known) = std_macros::parse(mac) {
            known.exprs().iter_mut().for_each(|expr| self.visit_expr_mut(expr));
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

const WHY: &str = "borrows a local, which a machine moves from state to state";

fn leaves(at: Span, stmt: &Stmt) -> Error {
    let stmt = crate::source::quote_source(&quote::quote!(#stmt), 60);
    Error::new(
        at,
        format!(
            "what this await gives {WHY}\n\
             help: enclose what uses it, and leave it behind that: `let left = async {{ {stmt} .. }}.await;`\n\
             help: or take the owner as an argument by reference"
        ),
    )
}

fn in_expression(at: Span) -> Error {
    Error::new(
        at,
        format!("what this await gives {WHY}\nhelp: bind it with a `let` of its own: `let guard = ..;`"),
    )
}
