//! The start of a function: its arguments, its first input.

use super::*;
use crate::{arrays::Stays, desugar, ir::Role, signature, span::Place, std_values, syntax::Shape};
use syn::parse_quote;

impl Lower<'_> {
    pub(super) fn function(&mut self) {
        let function = self.function;
        let mut locals = Vec::new();
        for argument in &function.arguments {
            let local = self.new_local(&argument.ident, argument.mutable, &argument.shape);
            self.machine.locals[local.0].quiet = argument.ty.as_ref().is_some_and(signature::is_memory);
            self.machine.locals[local.0].of_std = argument.of_std;
            self.machine.locals[local.0].sends_once = argument.ty.as_ref().is_some_and(std_values::is_once_sender);
            self.machine.locals[local.0].ty = argument.ty.clone();
            self.machine.locals[local.0].once = argument.once;
            self.machine.locals[local.0].reads = argument.reads;
            self.machine.locals[local.0].beside = argument.stays == Some(Stays::Beside);
            self.machine.locals[local.0].ours |= argument.pattern.is_some();
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
                self.take_apart(&argument.ident, pattern);
                if pattern::binds_by_value(pattern) {
                    self.rebind_after(index);
                }
            }
        }
        self.statements(function.body.stmts.clone(), &Dest::Return, Ends::Alone);
    }

    /// `let PATTERN = argument;`
    fn take_apart(&mut self, argument: &Ident, pattern: &Pat) {
        let argument: Expr = parse_quote!(#argument);
        let (pattern, again) = self.name_rests(&argument, pattern.clone());
        if !pattern::binds_by_ref(&pattern) || !self.derive_let(&[], &pattern, None, &argument) {
            let binding = self.new_binding(pattern, None, &Shape::Unknown);
            self.bind(&binding, argument);
        }
        self.bind_again(again);
    }

    /// The arguments behind one with a pattern are dropped before what it binds. So is what their own patterns leave.
    pub(super) fn rebind_after(&mut self, index: usize) {
        let function = self.function;
        for argument in &function.arguments[index + 1..] {
            let taken = argument
                .pattern
                .as_ref()
                .is_some_and(|pat| !pattern::leaves_something(pat));
            if taken || argument.shape.is_plain() {
                continue;
            }
            let name = &argument.ident;
            let pat = match argument.mutable {
                true => parse_quote!(mut #name),
                false => parse_quote!(#name),
            };
            let binding = self.new_binding(pat, None, &argument.shape);
            self.machine.locals[binding.locals[0].0].of_std = argument.of_std;
            self.machine.locals[binding.locals[0].0].ty = argument.ty.clone();
            self.machine.locals[binding.locals[0].0].once = argument.once;
            self.machine.locals[binding.locals[0].0].ours |= argument.pattern.is_some();
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
