//! Which variables certainly are boxes, out of which `*boxed` moves: by their types and values, by what a pattern takes them out of
//! (`Some(next)` of an `Option<Box<Node>>`), and by what they are given to as a whole (`Add(a, b) => eval(*a).await + ..`).

use proc_macro2::Ident;
use syn::{
    Expr, ExprCall, Pat, PathSegment, Type, UnOp,
    visit::{self, Visit},
};

use super::Lower;
use crate::{
    ir::{EnvId, Local, LocalId},
    pattern, std_macros, syntax,
};

impl Lower<'_> {
    /// Whether the value certainly is a box.
    pub(super) fn is_box(&self, value: &Expr) -> bool {
        match syntax::inner(value) {
            Expr::Path(_) => self.variable(value).is_some_and(|variable| {
                let ty = variable.ty.as_ref();
                variable.boxed || ty.and_then(last_segment).is_some_and(|last| last.ident == "Box")
            }),
            Expr::Try(tried) => self.holds_boxes(&tried.expr),
            Expr::MethodCall(call) => match call.method.to_string().as_str() {
                "unwrap" | "expect" | "swap_remove" | "remove" => self.holds_boxes(&call.receiver),
                _ => false,
            },
            other => syntax::is_box(other),
        }
    }

    /// Whether what is found in the value certainly are boxes: an `Option`, a list or an iterator of them.
    pub(super) fn holds_boxes(&self, value: &Expr) -> bool {
        if let Some(element) = self.element_type(value).and_then(last_segment) {
            return element.ident == "Box";
        }
        match syntax::inner(value) {
            Expr::Path(_) => self.variable(value).is_some_and(|variable| variable.holds_boxes),
            Expr::MethodCall(call) => match call.method.to_string().as_str() {
                "take" | "pop" | "pop_front" | "pop_back" | "next" | "into_iter" | "rev" => {
                    self.holds_boxes(&call.receiver)
                }
                _ => false,
            },
            Expr::Call(call) => match syntax::variable(&call.func) {
                Some(name) if name == "Some" => call.args.first().is_some_and(|value| self.is_box(value)),
                _ => false,
            },
            Expr::Macro(mac) if mac.mac.path.is_ident("vec") => std_macros::parse(&mac.mac).is_some_and(|known| {
                let first = known.arguments.first();
                first.is_some_and(|first| self.is_box(&first.expr))
            }),
            _ => false,
        }
    }

    pub(super) fn variable(&self, value: &Expr) -> Option<&Local> {
        let local = self.machine.lookup(self.env, syntax::variable(value)?)?;
        Some(self.machine.local(local))
    }

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

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
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
