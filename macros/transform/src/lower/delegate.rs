//! `yield_from!`: each step is a step of the inner iterator or coroutine.

use super::{Inputs, Lower};
use crate::{
    check, desugar,
    ir::{Arm, BlockId, Body, Code, Effect, End, LocalId, Role},
    signature::Kind,
    span::{ours, shown_at},
    syntax::{self, Shape},
};
use quote::quote;
use syn::{Expr, Pat, parse_quote, parse_quote_spanned, spanned::Spanned};

impl Lower<'_> {
    /// `yield_from!(inner)`; its value.
    pub(super) fn delegate(&mut self, suspension: &syn::ExprYield) -> Expr {
        if matches!(self.names.kind, Kind::Stream { .. }) {
            return self.delegate_to_stream(suspension);
        }
        let source = desugar::source(suspension);
        let operand = suspension.expr.as_ref().map(|operand| (**operand).clone());
        let Some(operand) = operand else {
            return super::value::unit_at(source.place.parens);
        };
        let span = operand.span();
        let is_iterator = !self.names.is_coroutine;
        let recurs = self.recurs(&operand);
        let lent = self.lent_iterator(&operand, None).filter(|_| is_iterator);
        let recursive = self.boxes_itself(&operand);
        let operand = match self.takes_apart(&operand) {
            true => self.value(operand),
            false => self.verbatim(operand),
        };
        let operand = self.name_temporaries(operand);
        self.lent_to_inner(&operand);
        // How deep it is, no type tells.
        if recurs {
            return self.recur(&operand, &source);
        }
        let into_iter = self.names.path_written_at("IntoIterator", span);
        let before = self.env;
        let inner: Expr = match &self.function.object {
            Some(object) if recursive => {
                let binding = self.new_temporary("inner", &Shape::Unknown, span);
                let name = self.machine.local(binding.locals[0]).ident.clone();
                self.push_stmt(parse_quote!(let mut #name: #object = #operand;), &binding.locals);
                parse_quote!(#name)
            }
            _ if let Some(lent) = lent => lent,
            _ if is_iterator => {
                let inner = parse_quote_spanned!(span=> #into_iter::into_iter(#operand));
                let (local, name) = self.bind_stepped("inner", inner, span, source.place.name);
                self.note_borrow(local, &operand);
                parse_quote!(#name)
            }
            _ => {
                let (_, name) = self.bind_hidden("inner", operand, span);
                parse_quote!(#name)
            }
        };
        let result = (!is_iterator).then(|| self.new_temporary("returned", &Shape::Unknown, span));
        // Where the state of each step is said to be impossible.
        self.here = source.place.name;
        let after_locals = result.as_ref().map_or_else(Vec::new, |binding| binding.locals.clone());
        let after_env = self.extended(before, &after_locals);
        let after = self.new_block(Role::After("yield_from"), after_env);
        let head = self.go_on(Role::From, self.env);
        self.step_inner(&inner, head, after, &after_locals, source);
        self.enter(after);
        match after_locals.first() {
            Some(&local) => {
                let name = &self.machine.local(local).ident;
                parse_quote!(#name)
            }
            None => super::value::unit_at(span),
        }
    }

    /// One step of the inner iterator or coroutine: what it yields is yielded, and the next step comes back here.
    pub(super) fn step_inner(
        &mut self,
        inner: &Expr,
        head: BlockId,
        after: BlockId,
        result: &[LocalId],
        source: desugar::Source,
    ) {
        let (before, at) = (self.env, ours(inner.span()));
        let (text, place) = (source.text(), source.place);
        let value = self.new_temporary("value", &Shape::Unknown, place.name);
        let value_name = self.machine.local(value.locals[0]).ident.clone();
        let next: Expr;
        let (yielded, complete): (Pat, Pat);
        if self.names.is_coroutine {
            let (delegate, input) = (self.names.path_at("delegate", at), shown_at(&self.names.input, at));
            next = match self.function.inputs {
                Inputs::Unit => {
                    let some = self.names.path_written_at("Some", at);
                    parse_quote_spanned!(ours(at)=> #delegate(#some(()), &mut #inner))
                }
                _ => parse_quote_spanned!(ours(at)=> #delegate(#input.take(), &mut #inner)),
            };
            let (is_yielded, is_complete) = (
                self.names.path_written_at("Yielded", at),
                self.names.path_written_at("Complete", at),
            );
            let result = &self.machine.local(result[0]).ident;
            (yielded, complete) = (
                parse_quote_spanned!(at=> #is_yielded(#value_name)),
                parse_quote_spanned!(at=> #is_complete(#result)),
            );
        } else {
            let (iterator, some, none) = (
                self.names.path_written_at("Iterator", inner.span()),
                self.names.path_written_at("Some", at),
                self.names.path_written_at("None", at),
            );
            next = parse_quote_spanned!(inner.span()=> #iterator::next(&mut #inner));
            (yielded, complete) = (
                parse_quote_spanned!(at=> #some(#value_name)),
                parse_quote_spanned!(at=> #none),
            );
        }
        let value_env = self.extended(before, &value.locals);
        let block = self.new_block(Role::Part("Arm"), value_env);
        let done_env = self.extended(before, result);
        let arm = |syntax: Pat, locals: &[LocalId], body: Body| Arm {
            attrs: Vec::new(),
            pattern: Code {
                syntax,
                env: before,
                effect: Effect::Seq(locals.iter().map(|&local| Effect::Declare(local)).collect()),
            },
            body,
            end: at,
        };
        let arms = vec![
            arm(yielded, &value.locals, Body::goto(block, value_env)),
            arm(complete, result, Body::goto(after, done_env)),
        ];
        let scrutinee = self.expr_code(next);
        self.end(End::Match { scrutinee, arms });
        self.enter(block);
        self.end_suspended(parse_quote!(#value_name), head, text, place);
    }

    /// Whether the operand is a box of this function's own machine: a call of itself, or `Box::new(..)` around one.
    pub(super) fn boxes_itself(&self, operand: &Expr) -> bool {
        let name = &self.function.name;
        if self.is_hidden(name) {
            return false;
        }
        let is_method = self
            .function
            .arguments
            .iter()
            .any(|argument| argument.ident == self.names.this);
        let this = is_method.then_some(&self.names.this);
        if check::call_of_itself(operand, name, this).is_some() {
            return true;
        }
        match syntax::inner(operand) {
            call if syntax::is_box(call) => crate::names::Namespace::of(quote!(#call)).mentions(&name.to_string()),
            _ => false,
        }
    }
}
