//! Temporaries that live longer before edition 2024.
//!
//! A machine ends the temporaries of a last expression before the variables of its block, as edition 2024 does. Where the
//! older order can be told from it, which is a matter of their types, that is an error. An `if let` was a `match`, and is lowered as one:
//!
//! ```text
//! // Input:
//! if let Ok(row) = open().next() { .. yield .. } else { .. }
//! // Output:
//! match open().next() { Ok(row) => { .. yield .. }, _ => { .. } }
//! ```

use proc_macro2::Span;
use syn::{Error, Expr, ExprIf, ExprMatch, Pat, parse_quote, parse_quote_spanned, spanned::Spanned};

use super::{Dest, Lower, temporaries, text};
use crate::{
    edition::Edition,
    effects,
    ir::{Effect, EnvId, LocalId},
    pattern,
    span::ours,
    syntax,
};

/// The words of `EndsEarly`, where there is no type to ask.
const LASTS: &str = "before edition 2024, this temporary of a last expression outlives its block; `#[coro]` drops it first, as edition 2024 does\n\
                     help: bind it: `let value = ..;`, and use `value` in the last expression\n\
                     help: or set `edition = \"2024\"` in Cargo.toml";

/// What the block that a last expression stands in is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// The function, a branch, a loop: temporaries ended with it in all editions.
    Alone,
    /// A part of a statement, which goes on.
    WithStatement,
}

impl Lower<'_> {
    /// The `match` that an `if let` means before edition 2024, if the difference matters.
    pub(super) fn older_if_let(&self, branches: &ExprIf) -> Option<ExprMatch> {
        let Expr::Let(condition) = &*branches.cond else {
            return None;
        };
        let (pat, scrutinee) = (&condition.pat, &condition.expr);
        if self.function.edition == Edition::From2024 {
            return None;
        }
        let mut lasting = Vec::new();
        self.lasting(scrutinee, &mut lasting);
        if lasting.is_empty() && !self.leaves_unmatched(scrutinee, pat) {
            return None;
        }
        let otherwise = match &branches.else_branch {
            Some((_, otherwise)) => (**otherwise).clone(),
            None => parse_quote!({}),
        };
        let then = &branches.then_branch;
        Some(parse_quote_spanned! {ours(branches.if_token.span)=>
            match #scrutinee { #pat => #then, _ => #otherwise }
        })
    }

    /// Whether a value that does not match may have a drop. There is nothing in a `None`.
    fn leaves_unmatched(&self, scrutinee: &Expr, pat: &Pat) -> bool {
        let some = match pat {
            Pat::TupleStruct(tuple) => {
                tuple.path.segments.last().is_some_and(|last| last.ident == "Some")
                    && tuple.elems.iter().all(|pat| pattern::single(pat).is_some())
            }
            other => pattern::single(other).is_some(),
        };
        !some && !syntax::is_place(scrutinee) && !self.shape(scrutinee).is_plain()
    }

    /// Lowers the last expression of a block. `outside`: what is in scope where the block begins.
    pub(super) fn tail(&mut self, tail: Expr, dest: &Dest, outside: EnvId, ends: Ends) {
        let mut lasting = Vec::new();
        if self.function.edition == Edition::Before2024 && self.outlives(&tail, outside, ends) {
            self.lasting(&tail, &mut lasting);
        }
        if lasting.is_empty() {
            return self.into(tail, dest);
        }
        self.asked = Some(0);
        match self.takes_apart(&tail) {
            true => self.into(tail, dest),
            false => {
                let tail = self.verbatim(tail);
                let tail = self.name_temporaries(tail);
                self.finish(tail, dest);
            }
        }
        // What has no name cannot be asked.
        if self.asked.take() < Some(lasting.len()) {
            self.errors.push(Error::new(lasting[0], LASTS));
        }
    }

    /// Whether a temporary of the last expression dropped behind something before edition 2024.
    fn outlives(&self, tail: &Expr, outside: EnvId, ends: Ends) -> bool {
        let effect = effects::of_expr(&self.machine, self.env, tail);
        let mut locals = self.machine.ended(self.env, outside).into_iter();
        ends == Ends::WithStatement || locals.any(|local| self.drops_visibly(local, &effect))
    }

    /// Asks of a temporary of a last expression whether it has a drop: only its type tells.
    pub(super) fn ask(&mut self, temporary: &Expr, at: Span) {
        let Some(asked) = &mut self.asked else { return };
        *asked += 1;
        let (ends_early, hold) = (self.names.path_at("ends_early", at), self.names.path_at("hold", at));
        let ask = parse_quote_spanned!(ours(at)=> #ends_early(&#temporary, #hold(&#temporary).drops()););
        self.push_stmt(ask, &[]);
    }

    /// Whether it can be told when the variable drops. `tail`: what the last expression does.
    fn drops_visibly(&self, local: LocalId, tail: &Effect) -> bool {
        let variable = self.machine.local(local);
        let moved = match tail {
            Effect::Move(moved) => *moved == local,
            Effect::Seq(list) => list
                .iter()
                .any(|effect| matches!(effect, Effect::Move(moved) if *moved == local)),
            _ => false,
        };
        !variable.plain && !variable.quiet && variable.derived.is_none() && !variable.ours && !moved
    }

    /// The temporaries of the expression that have a drop, as far as syntax tells: the names that make them.
    fn lasting(&self, expr: &Expr, found: &mut Vec<Span>) {
        match syntax::inner(expr) {
            Expr::Yield(suspension) => suspension.expr.iter().for_each(|operand| self.lasting(operand, found)),
            Expr::Return(exit) => exit.expr.iter().for_each(|value| self.lasting(value, found)),
            Expr::Break(exit) => exit.expr.iter().for_each(|value| self.lasting(value, found)),
            Expr::ForLoop(expr) => self.lasting(&expr.expr, found),
            Expr::If(branches) => {
                if let Expr::Let(condition) = &*branches.cond {
                    self.lasting(&condition.expr, found);
                }
            }
            Expr::Reference(reference) => {
                let value = &reference.expr;
                if !syntax::is_place(value) && !syntax::is_constant(value) && !text::is_text(value) {
                    found.push(name(value));
                }
            }
            other => temporaries::with_operands(&mut other.clone(), |operands| {
                for (operand, borrowed) in operands {
                    self.lasting(operand, found);
                    if self.needs_a_name(operand, borrowed) && !self.has_no_drop(operand) {
                        found.push(name(operand));
                    }
                }
            }),
        }
    }

    /// Text, which nobody sees drop, and what certainly refers to something.
    fn has_no_drop(&self, value: &Expr) -> bool {
        if text::is_text(value) {
            return true;
        }
        match syntax::peeled(value) {
            Expr::MethodCall(call) => {
                let known = syntax::is_view(&call.method) || REFERENCES.iter().any(|name| call.method == name);
                known && (syntax::is_place(&call.receiver) || self.has_no_drop(&call.receiver))
            }
            other => syntax::is_place(other) || self.shape(other).is_plain(),
        }
    }
}

/// Methods of std's whose results are references, or iterators and `Option`s of them.
const REFERENCES: [&str; 16] = [
    "iter",
    "iter_mut",
    "lines",
    "keys",
    "values",
    "values_mut",
    "windows",
    "chunks",
    "first",
    "last",
    "next",
    "max",
    "min",
    "trim_start",
    "trim_end",
    "trim",
];

/// The smallest token that stands for a value: the name of what makes it.
pub(super) fn name(value: &Expr) -> Span {
    match syntax::inner(value) {
        Expr::MethodCall(call) => call.method.span(),
        Expr::Call(call) => call.func.span(),
        Expr::Macro(mac) => mac.mac.path.span(),
        Expr::Struct(literal) => literal.path.span(),
        Expr::Try(tried) => name(&tried.expr),
        Expr::Yield(suspension) => suspension
            .expr
            .as_ref()
            .map_or_else(|| value.span(), |operand| name(operand)),
        other => other.span(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Edition, expand_for};

    fn expansion(edition: Edition, body: &str) -> String {
        let function = format!("async fn f(list: &List) -> usize {{ {body} }}");
        let tokens = expand_for(edition, Default::default(), function.parse().unwrap());
        tokens.to_string()
    }

    #[test]
    fn an_if_let_was_a_match() {
        let body = "if let Ok(n) = list.take() { n.await } else { list.other().await }";
        let keeps = |edition| expansion(edition, body).contains("if let Ok (n)");
        assert!(!keeps(Edition::Before2024));
        assert!(keeps(Edition::From2024));
    }

    #[test]
    fn an_if_let_without_temporaries_stays() {
        let body = "if let Some(n) = list.next() { n.await } else { 2 }";
        assert_eq!(expansion(Edition::Before2024, body), expansion(Edition::From2024, body));
    }

    #[test]
    fn only_beside_variables_is_a_last_expression_asked_for_temporaries() {
        let asks = |edition, body: &str| expansion(edition, body).contains("ends_early");
        let tail = "list.row(1).width()";
        let beside = format!("let first = list.first_row(); wait().await; {tail}");
        assert!(asks(Edition::Before2024, &beside));
        assert!(!asks(Edition::From2024, &beside));
        assert!(!asks(Edition::Before2024, &format!("wait().await; {tail}")));
        assert!(!asks(Edition::Before2024, &format!("let n = 1; wait(n).await; {tail}")));
        assert!(!asks(
            Edition::Before2024,
            "let row = list.row(1); wait().await; row.width"
        ));
        assert!(!asks(
            Edition::Before2024,
            "let row = list.row(1); wait().await; row.trim().len()"
        ));
    }

    #[test]
    fn a_temporary_of_what_is_awaited_has_no_name_to_ask() {
        let body = "let first = list.first_row(); list.row(1).load().await";
        let refused = expansion(Edition::Before2024, body);
        assert!(refused.contains("before edition 2024, this temporary"), "{refused}");
        assert!(!expansion(Edition::From2024, body).contains("compile_error"));
    }
}
