//! A field of a local that something takes: what is left of the local has no name, and lives to the end of its scope.
//!
//! ```text
//! // Input, where `self` is a value:
//! self.response.text().await.unwrap()
//! // Output:
//! async { self.response.text().await.unwrap() }.await
//! ```
//!
//! At the end of a function nothing goes on behind that, so that any name of a method counts there, and any field that a call
//! takes. Elsewhere it is names that say it, as of whole variables (`consumed.rs`).

use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Block, Expr, ExprAwait, ExprCall, ExprMethodCall, Member, Stmt,
    visit::{self, Visit},
};

use super::{Enclose, borrow::awaits, consumed::at_end, known};
use crate::{pattern, std_macros, syntax};

impl Enclose {
    /// Where the end of a function takes a field of a local, with an await there, and of which one. `before`: the statements of
    /// its block. A method may also take a local that is there for nothing else.
    pub(super) fn takes_part(&self, before: &[Stmt], stmt: &Stmt) -> Option<(Span, Ident)> {
        let Stmt::Expr(expr, None) = stmt else { return None };
        let mut fields = Fields {
            walk: self,
            before,
            end: None,
            operand: false,
            found: None,
        };
        fields.tail(expr);
        fields.found
    }

    fn has_parts(&self, owner: &Ident) -> bool {
        let variable = self.variables.get(owner);
        variable.is_some_and(|variable| !variable.stays() && self.ends_with <= variable.depth)
    }
}

/// The first field of a local that an operand of an await may take.
struct Fields<'w, 'e> {
    walk: &'w Enclose,
    /// What stands in front of the end.
    before: &'w [Stmt],
    /// The await that ends the function: what its operand takes is gone then in any case.
    end: Option<&'e ExprAwait>,
    operand: bool,
    found: Option<(Span, Ident)>,
}

impl<'e> Fields<'_, 'e> {
    /// Blocks are looked at when the walk comes there.
    fn tail(&mut self, expr: &'e Expr) {
        match syntax::inner(expr) {
            Expr::Match(expr) => {
                self.visit_expr(&expr.expr);
                expr.arms.iter().for_each(|arm| self.tail(&arm.body));
            }
            Expr::If(_) | Expr::Block(_) | Expr::Unsafe(_) | Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => {}
            value => {
                self.end = at_end(value);
                self.visit_expr(value);
            }
        }
    }

    /// A field that something takes, in an operand.
    fn field(&mut self, taken: &'e Expr, at: Span) {
        if self.operand && field(taken).is_some() {
            self.note(taken, at);
        }
    }

    fn note(&mut self, taken: &'e Expr, at: Span) {
        self.note_owner(owner(taken), at);
    }

    fn note_owner(&mut self, owner: Option<&Ident>, at: Span) {
        let owner = owner.filter(|owner| self.found.is_none() && self.walk.has_parts(owner));
        self.found = owner.map(|owner| (at, owner.clone())).or(self.found.take());
    }

    /// What a block or a closure takes fields of.
    fn captured(&mut self, tokens: &TokenStream, at: Span) {
        let owners = self.walk.captured(tokens, false);
        owners.iter().for_each(|owner| self.note_owner(Some(owner), at));
    }
}

impl<'e> Visit<'e> for Fields<'_, 'e> {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Await(awaited) => {
                let ends = self.end.is_some_and(|end| std::ptr::eq(end, awaited));
                let around = std::mem::replace(&mut self.operand, !ends);
                self.visit_expr(&awaited.base);
                self.operand = around;
            }
            Expr::Async(block)
                if self.operand
                    && let Some(capture) = &block.capture =>
            {
                self.captured(&block.block.to_token_stream(), capture.span);
            }
            Expr::Closure(closure)
                if self.operand
                    && let Some(capture) = &closure.capture =>
            {
                self.captured(&closure.body.to_token_stream(), capture.span);
            }
            Expr::Closure(_) | Expr::Async(_) | Expr::Block(_) | Expr::If(_) | Expr::Match(_) => {}
            Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => {}
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_expr_method_call(&mut self, call: &'e ExprMethodCall) {
        let at = call.method.span();
        if !known::BORROWERS.iter().any(|name| call.method == name) {
            self.field(&call.receiver, at);
            if self.operand && is_made_for_one(&call.receiver, self.before) && !known::borrows(call) {
                self.note(&call.receiver, at);
            }
            if call.args.iter().any(|argument| awaits(argument.to_token_stream())) {
                self.note(&call.receiver, at);
            }
        }
        call.args.iter().for_each(|argument| self.field(argument, at));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'e ExprCall) {
        let at = call.paren_token.span.open();
        call.args.iter().for_each(|argument| self.field(argument, at));
        visit::visit_expr_call(self, call);
    }

    fn visit_block(&mut self, _: &'e Block) {}
}

/// Whether the receiver is a variable, not a `mut` one, that is mentioned there for the first time behind its `let`.
fn is_made_for_one(receiver: &Expr, before: &[Stmt]) -> bool {
    let Some(name) = syntax::variable(receiver) else {
        return false;
    };
    let declared = before.iter().rposition(|stmt| {
        matches!(stmt, Stmt::Local(local) if pattern::single(&local.pat).is_some_and(|pat| {
            pat.ident == *name && pat.mutability.is_none() && local.init.is_some()
        }))
    });
    declared.is_some_and(|at| {
        let between = before[at + 1..].iter();
        !between
            .into_iter()
            .any(|stmt| std_macros::mentions(stmt.to_token_stream(), std::slice::from_ref(name)))
    })
}

/// `inner` of `job.inner.body`
pub(super) fn field(expr: &Expr) -> Option<&Member> {
    match syntax::inner(expr) {
        Expr::Field(field) => match syntax::variable(&field.base) {
            Some(_) => Some(&field.member),
            None => self::field(&field.base),
        },
        _ => None,
    }
}

/// The variable that the expression is, or is a field of.
pub(super) fn owner(expr: &Expr) -> Option<&Ident> {
    syntax::variable(expr).or_else(|| field(expr).and_then(|_| syntax::owner(expr)))
}

/// Whether the tokens mention the variable otherwise than by another field than that.
pub(super) fn mentions(tokens: TokenStream, variable: &Ident, field: &Member) -> bool {
    let tokens: Vec<_> = tokens.into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| match token {
        TokenTree::Group(group) => mentions(group.stream(), variable, field),
        TokenTree::Ident(ident) if ident == variable => !is_of_another(&tokens[index + 1..], field),
        token => std_macros::mentions(token.clone().into(), std::slice::from_ref(variable)),
    })
}

/// `.name` with another name, which is not called, or with that name, which gets a new value.
fn is_of_another(behind: &[TokenTree], field: &Member) -> bool {
    match behind {
        [TokenTree::Punct(dot), member, rest @ ..] if dot.as_char() == '.' => {
            let called =
                matches!(rest.first(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
            let same = member.to_string() == field.to_token_stream().to_string();
            !called && (!same || is_assigned(rest))
        }
        _ => false,
    }
}

/// `= value`
fn is_assigned(behind: &[TokenTree]) -> bool {
    matches!(behind, [TokenTree::Punct(mark), ..] if mark.as_char() == '=' && mark.spacing() == Spacing::Alone)
}
