//! Borrows through references: what is carried instead of being taken again.
//!
//! `let cells = &mut row.cells;` of a `&mut Row` borrows nothing that moves from state to state with the machine: it can be
//! carried, and outlive `row`, as what is yielded does. That is how it starts. Where `row` itself turns out to be needed
//! beside it, it is taken again, as a borrow of a variable is.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    Expr, Pat, Stmt, UnOp,
    visit::{self, Visit},
};

use super::{Lower, positions::owner_of};
use crate::{
    ir::{Effect, LocalId},
    pattern, signature, syntax,
};

/// A borrow that is carried, and could be taken again.
pub(crate) struct Reborrow {
    pub local: LocalId,
    pub of: LocalId,
    /// The loop that it is the iterator of.
    pub number: Option<usize>,
    /// The place as text, if it is no loop.
    pub place: Option<String>,
    pub mutable: bool,
}

impl Lower<'_> {
    /// Whether the references that a pattern takes of `value` are carried: `&mut reference.field`, `ref mut x = reference.field`.
    pub(super) fn is_reborrowed(&mut self, pat: &Pat, value: &Expr, locals: &[LocalId]) -> bool {
        let (place, mutable) = match syntax::inner(value) {
            Expr::Reference(reference) => (&*reference.expr, reference.mutability.is_some()),
            place if syntax::is_place(place) && pattern::binds_by_ref(pat) && !pattern::binds_by_value(pat) => {
                (place, pattern::binds_by_ref_mut(pat))
            }
            _ => return false,
        };
        let Some(root) = self.owned_root(place) else {
            return false;
        };
        let by_use = mutable && self.is_reference_by_use(root, place);
        if syntax::variable(place).is_some() || !by_use && !self.is_mut_reference(root) {
            return false;
        }
        let again = locals
            .iter()
            .any(|local| self.hints.again.contains(&self.machine.local(*local).key));
        if again {
            return false;
        }
        self.machine.locals[root.0].plain |= by_use;
        // What is bound below a pattern is a reference too, unless it is copied out of one.
        let below = mutable && !pattern::binds_by_ref(pat) && pattern::copied(pat).is_empty();
        for &local in locals {
            let variable = &mut self.machine.locals[local.0];
            variable.plain = true;
            if below && pattern::single(pat).is_none() && variable.ty.is_none() {
                variable.ty = Some(syn::parse_quote!(&mut _));
            }
            self.borrowing.push(Reborrow {
                local,
                of: root,
                number: None,
                place: Some(syntax::inner(place).to_token_stream().to_string()),
                mutable,
            });
        }
        true
    }

    /// Notes what a value that may outlive its statement borrows by `&mut`.
    pub(super) fn lent_by(&mut self, value: &Expr, effect: &Effect) {
        if !borrows_mutably(value) {
            return;
        }
        effect.each(&mut |leaf| {
            if let Effect::Read(local) = leaf {
                self.note_lent(*local);
            }
        });
    }

    /// The same of what a statement that stays whole gives to something else: `stack.extend(&mut node.children)`,
    /// `if let Some(left) = left.as_deref_mut() { stack.push(left); }`.
    pub(super) fn lent_within(&mut self, stmt: &Stmt) {
        let mut given = Given(Vec::new());
        given.visit_stmt(stmt);
        for root in given.0 {
            if let Some(local) = self.machine.lookup(self.env, root) {
                self.note_lent(local);
            }
        }
    }

    /// The same of what the method is called on that gives an inner iterator: `yield_from!(child.items())`.
    pub(super) fn lent_to_inner(&mut self, inner: &Expr) {
        let root = syntax::root(owner_of(inner)).and_then(|root| self.machine.lookup(self.env, root));
        if let Some(local) = root.filter(|_| matches!(syntax::inner(inner), Expr::MethodCall(_))) {
            self.note_lent(local);
        }
    }

    fn note_lent(&mut self, local: LocalId) {
        let variable = &mut self.machine.locals[local.0];
        variable.lends |= variable.found;
    }

    pub(super) fn is_mut_reference(&self, local: LocalId) -> bool {
        let ty = self.machine.local(local).ty.as_ref();
        ty.is_some_and(signature::is_mut_ref)
    }

    /// What is borrowed by `&mut` although it is not `mut` is a reference. What a place dereferences on its way may be a raw
    /// pointer.
    pub(super) fn is_reference_by_use(&self, root: LocalId, place: &Expr) -> bool {
        let local = self.machine.local(root);
        !local.mutable && !local.ours && local.derived.is_none() && !dereferences_field(place)
    }
}

fn dereferences_field(place: &Expr) -> bool {
    match syntax::inner(place) {
        Expr::Field(field) => dereferences_field(&field.base),
        Expr::Index(index) => dereferences_field(&index.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)) && syntax::variable(&unary.expr).is_none(),
        _ => false,
    }
}

/// Whether the value may borrow something by `&mut`, going by names: `&mut place`, `place.values_mut()`.
pub(super) fn borrows_mutably(expr: &Expr) -> bool {
    match syntax::inner(expr) {
        Expr::Reference(reference) => reference.mutability.is_some(),
        Expr::MethodCall(call) => call.method.to_string().ends_with("_mut") || borrows_mutably(&call.receiver),
        Expr::Call(call) => call.args.iter().any(borrows_mutably),
        Expr::Try(fallible) => borrows_mutably(&fallible.expr),
        _ => false,
    }
}

/// The variables that are borrowed by `&mut` in what is matched, and in arguments.
struct Given<'s>(Vec<&'s Ident>);

impl<'s> Given<'s> {
    fn given(&mut self, value: &'s Expr) {
        if borrows_mutably(value) {
            let place = match syntax::inner(value) {
                Expr::Reference(reference) => &reference.expr,
                other => owner_of(other),
            };
            self.0.extend(syntax::root(place));
        }
    }
}

impl<'s> Visit<'s> for Given<'s> {
    fn visit_expr(&mut self, expr: &'s Expr) {
        match expr {
            Expr::Let(condition) => self.given(&condition.expr),
            Expr::Match(matched) => self.given(&matched.expr),
            Expr::Call(call) => call.args.iter().for_each(|argument| self.given(argument)),
            Expr::MethodCall(call) => call.args.iter().for_each(|argument| self.given(argument)),
            _ => {}
        }
        visit::visit_expr(self, expr);
    }
}
