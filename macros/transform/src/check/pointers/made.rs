//! What a call, a method or a struct makes of a borrow: a pointer perhaps.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::{
    Expr, Stmt,
    visit::{self, Visit},
};

use super::{Kind, Pointer, Walk, points_into, viewed};
use crate::{
    ir::{Effect, LocalId, Machine, Node},
    pattern, syntax,
};

/// The borrows in the value of a variable of these `names` that is not taken again: `let p = address(&x);`.
pub(in crate::check) fn made(
    machine: &Machine,
    node: &Node,
    names: &BTreeSet<String>,
) -> Vec<(Option<LocalId>, Pointer)> {
    let Node::Code(code) = node else { return Vec::new() };
    let Some((name, value)) = holder(&code.syntax).filter(|(name, _)| names.contains(&name.to_string())) else {
        return Vec::new();
    };
    let mut borrows = Borrows(Walk::new(machine, code.env, &[]));
    borrows.visit_expr(value);
    for local in machine.mentioned(&code.effect) {
        borrows.taken_again(local);
    }
    let mut kept = Vec::new();
    code.effect.each(&mut |leaf| {
        if let Effect::Declare(local) | Effect::Assign(local) = leaf
            && machine.local(*local).ident == name
            && machine.local(*local).derived.is_none()
        {
            kept.extend(borrows.0.found.iter().map(|pointer| (Some(*local), pointer.clone())));
        }
    });
    kept
}

/// The variable that a statement gives a value, and the value.
fn holder(stmt: &Stmt) -> Option<(Ident, &Expr)> {
    match stmt {
        Stmt::Local(local) => {
            let pat = pattern::split_type(local.pat.clone()).0;
            let name = pattern::single(&pat)?.ident.clone();
            Some((name, &local.init.as_ref()?.expr))
        }
        Stmt::Expr(Expr::Assign(assign), _) => Some((syntax::variable(&assign.left)?.clone(), &assign.right)),
        _ => None,
    }
}

/// Finds what a call, a method or a struct is given of a variable by reference.
struct Borrows<'m>(Walk<'m>);

impl<'ast> Visit<'ast> for Borrows<'_> {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        call.args.iter().for_each(|argument| self.given(argument));
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if !points_into(&call.method) {
            match self.0.content(&call.receiver) {
                true => self.0.found(viewed(&call.receiver), call, Kind::Made),
                false => self.given(&call.receiver),
            }
        }
        call.args.iter().for_each(|argument| self.given(argument));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        self.given(&field.expr);
        visit::visit_field_value(self, field);
    }

    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
}

impl Borrows<'_> {
    fn given(&mut self, value: &Expr) {
        match syntax::inner(value) {
            Expr::Reference(reference) => self.0.found(&reference.expr, value, Kind::Made),
            Expr::Path(_) => {
                let Some((env, Expr::Reference(reference))) = self.0.derived(value) else {
                    return;
                };
                let mut walk = Walk::new(self.0.machine, env, &[]);
                walk.found(&reference.expr, value, Kind::Made);
                self.0.found.extend(walk.found);
            }
            _ => {}
        }
    }

    /// `View { at: &x }`, as what a variable is that is mentioned.
    fn taken_again(&mut self, local: LocalId) {
        if let Some((env, value)) = self.0.machine.derived_value(local) {
            let mut borrows = Borrows(Walk::new(self.0.machine, env, &[]));
            borrows.visit_expr(value);
            self.0.found.extend(borrows.0.found);
        }
    }
}
