//! Boxes that a pattern takes out of a value, and that are given away as a whole: `Add(a, b) => eval(*a).await + ..`.

use proc_macro2::Ident;
use syn::{
    Expr, ExprCall, Pat, Type, UnOp,
    visit::{self, Visit},
};

use super::Lower;
use crate::{ir::EnvId, pattern, syntax};

/// What an arm may move out of.
pub(super) struct Boxes {
    certain: Vec<Ident>,
    possible: Vec<Ident>,
}

impl Lower<'_> {
    /// What an arm gives to a call behind a `*`: the pattern is matched with a value, not with a reference, so it is a box, a
    /// reference inside, or something that only types tell. Where it is given to the function itself in place of what is
    /// matched, it refers to a value of the same type: a box, or something without drop.
    pub(super) fn boxes(&self, scrutinee: &Expr, pat: &Pat, body: &Expr) -> Option<Boxes> {
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
            boxes: Boxes {
                certain: Vec::new(),
                possible: Vec::new(),
            },
        };
        find.visit_expr(body);
        Some(find.boxes)
    }

    /// Notes what the arm of that environment has.
    pub(super) fn note_boxes(&mut self, boxes: &Boxes, env: EnvId) {
        for name in boxes.certain.iter().chain(&boxes.possible) {
            if let Some(local) = self.machine.lookup(env, name) {
                let certain = boxes.certain.contains(name);
                let variable = &mut self.machine.locals[local.0];
                variable.boxed = certain;
                variable.may_be_boxed = !certain;
            }
        }
    }
}

struct Given<'f> {
    names: Vec<Ident>,
    function: &'f Ident,
    /// Where the function takes what is matched.
    place: Option<usize>,
    boxes: Boxes,
}

impl Visit<'_> for Given<'_> {
    fn visit_expr_call(&mut self, call: &ExprCall) {
        let itself = matches!(syntax::inner(&call.func), Expr::Path(path) if path.path.is_ident(self.function));
        for (index, argument) in call.args.iter().enumerate() {
            let Expr::Unary(unary) = syntax::inner(argument) else {
                continue;
            };
            let name = syntax::variable(&unary.expr).filter(|name| self.names.contains(name));
            if let (UnOp::Deref(_), Some(name)) = (unary.op, name) {
                let certain = itself && self.place == Some(index);
                let found = if certain {
                    &mut self.boxes.certain
                } else {
                    &mut self.boxes.possible
                };
                found.push(name.clone());
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}
