//! Boxes that a pattern takes out of a value, and that are given away as a whole: `Add(a, b) => eval(*a).await + ..`.

use proc_macro2::Ident;
use syn::{
    Expr, ExprCall, Pat, Type, UnOp,
    visit::{self, Visit},
};

use super::Lower;
use crate::{
    ir::{EnvId, LocalId},
    pattern, syntax,
};

impl Lower<'_> {
    /// What an arm gives to the function itself behind a `*`, in place of what is matched: it refers to a value of the same
    /// type. The pattern is matched with a value, so it is a box, or something without drop.
    pub(super) fn boxes(&self, scrutinee: &Expr, pat: &Pat, body: &Expr) -> Option<Vec<Ident>> {
        let matched = syntax::variable(scrutinee)?;
        let local = self.machine.lookup(self.env, matched)?;
        if !matches!(self.machine.local(local).ty, Some(Type::Path(_))) {
            return None;
        }
        let arguments = &self.function.arguments;
        let mut find = Given {
            names: pattern::names(pattern::unguarded(pat)),
            function: &self.function.name,
            place: arguments.iter().position(|argument| argument.ident == *matched),
            boxes: Vec::new(),
        };
        find.visit_expr(body);
        Some(find.boxes)
    }

    /// What a type of the user's has may be in a box, out of which `*left` moves.
    pub(super) fn note_boxes(&mut self, pat: &Pat, locals: &[LocalId]) {
        let mut bound = Vec::new();
        pattern::bound_in_types(pat, &mut bound);
        for local in locals {
            let variable = &mut self.machine.locals[local.0];
            variable.in_type = bound.contains(&variable.ident);
        }
    }

    /// Notes what the arm of that environment has.
    pub(super) fn note_given_boxes(&mut self, boxes: &[Ident], env: EnvId) {
        for name in boxes {
            if let Some(local) = self.machine.lookup(env, name) {
                self.machine.locals[local.0].boxed = true;
            }
        }
    }
}

struct Given<'f> {
    names: Vec<Ident>,
    function: &'f Ident,
    /// Where the function takes what is matched.
    place: Option<usize>,
    boxes: Vec<Ident>,
}

impl Visit<'_> for Given<'_> {
    fn visit_expr_call(&mut self, call: &ExprCall) {
        let itself = matches!(syntax::inner(&call.func), Expr::Path(path) if path.path.is_ident(self.function));
        for (index, argument) in call.args.iter().enumerate() {
            let Expr::Unary(unary) = syntax::inner(argument) else {
                continue;
            };
            let name = syntax::variable(&unary.expr).filter(|name| self.names.contains(name));
            if let (UnOp::Deref(_), Some(name)) = (unary.op, name)
                && itself
                && self.place == Some(index)
            {
                self.boxes.push(name.clone());
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}
