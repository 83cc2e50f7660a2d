//! The start of a function: its arguments, its first input, variables that are used part by part.

use super::*;
use crate::{
    desugar,
    ir::{Effect, LocalId, Node, Role},
    signature,
    span::Place,
    split,
    syntax::Shape,
};
use syn::{Stmt, parse_quote};

impl Lower<'_> {
    pub(super) fn function(&mut self) {
        let function = self.function;
        let mut locals = Vec::new();
        for argument in &function.arguments {
            let local = self.new_local(&argument.ident, argument.mutable, &argument.shape);
            self.machine.locals[local.0].quiet = argument.ty.as_ref().is_some_and(signature::is_memory);
            self.machine.locals[local.0].ty = argument.ty.clone();
            self.machine.locals[local.0].once = argument.once;
            locals.push(local);
        }
        for local in locals {
            self.env = self.machine.extend(self.env, local);
        }
        let start = self.new_block(Role::Start, self.env);
        self.enter(start);
        self.delegates = desugar::block_delegates(&function.body);
        self.first_input();
        for (index, argument) in function.arguments.iter().enumerate() {
            if let Some(pattern) = &argument.pattern {
                let name = &argument.ident;
                let binding = self.new_binding(pattern.clone(), None, &Shape::Unknown);
                self.bind(&binding, parse_quote!(#name));
                self.rebind_after(index);
            }
        }
        let mut stmts = function.body.stmts.clone();
        for local in self.machine.in_scope(self.env) {
            self.split(local, &mut stmts);
        }
        self.statements(stmts, &Dest::Return);
    }

    /// If the variable was found to be used part by part, makes variables of its fields.
    pub(super) fn split(&mut self, whole: LocalId, stmts: &mut [Stmt]) {
        let variable = self.machine.local(whole);
        if !self.hints.split.contains(&(variable.ident.to_string(), variable.nth)) {
            return;
        }
        let (name, mutable) = (variable.ident.clone(), variable.mutable);
        let Some(fields) = split::split(stmts, &name, self.names) else {
            return;
        };
        for field in fields {
            let (variable, member) = (&field.variable, &field.member);
            let pat = match mutable {
                true => parse_quote!(mut #variable),
                false => parse_quote!(#variable),
            };
            let binding = self.new_binding(pat, None, &Shape::Unknown);
            self.bind(&binding, parse_quote!(#name.#member));
        }
        // The rest stays behind.
        if let Some(Node::Code(code)) = self.machine.blocks[self.at.0].body.nodes.last_mut() {
            let effect = std::mem::replace(&mut code.effect, Effect::none());
            code.effect = Effect::Seq(vec![effect, Effect::Move(whole)]);
        }
    }

    /// The arguments behind one with a pattern are dropped before what it binds.
    pub(super) fn rebind_after(&mut self, index: usize) {
        let function = self.function;
        for argument in &function.arguments[index + 1..] {
            if argument.pattern.is_some() || argument.shape.is_plain() {
                continue;
            }
            let name = &argument.ident;
            let pat = match argument.mutable {
                true => parse_quote!(mut #name),
                false => parse_quote!(#name),
            };
            let binding = self.new_binding(pat, None, &argument.shape);
            self.machine.locals[binding.locals[0].0].ty = argument.ty.clone();
            self.machine.locals[binding.locals[0].0].once = argument.once;
            self.bind(&binding, parse_quote!(#name));
        }
    }

    pub(super) fn first_input(&mut self) {
        if let Some(first) = &self.function.first {
            let received = self.received(Place::at(first.span()));
            let binding = self.new_binding(parse_quote!(#first), None, &Shape::Unknown);
            self.bind(&binding, received);
        } else if self.must_take() {
            let (drop, input) = (self.names.path("drop"), &self.names.input);
            self.push_stmt(parse_quote!(#drop(#input.take());), &[]);
        }
    }
}
