//! Whether code borrows a field of a reference in what may live on: `&mut name.field`, `for item in name.field.iter_mut()`.
//!
//! A reference whose fields are only read and changed is carried as a whole, of whatever type it is. It may be to a pointer that
//! has no such fields itself, or to a union.

use proc_macro2::Ident;
use syn::{
    Block, Expr, ExprReference, Stmt,
    visit::{self, Visit},
};

use super::fields;
use crate::{std_borrows, syntax};

pub(super) fn of_field(body: &Block, name: &Ident) -> bool {
    let mut lends = Lends { name, found: false };
    lends.visit_block(body);
    lends.found
}

struct Lends<'n> {
    name: &'n Ident,
    found: bool,
}

impl Lends<'_> {
    fn is_of_field(&self, place: &Expr) -> bool {
        match syntax::inner(place) {
            Expr::Field(part) => fields::field_of(place, self.name).is_some() || self.is_of_field(&part.base),
            Expr::Index(part) => self.is_of_field(&part.expr),
            Expr::MethodCall(call) => self.is_of_field(&call.receiver),
            Expr::Try(fallible) => self.is_of_field(&fallible.expr),
            _ => false,
        }
    }
}

impl Visit<'_> for Lends<'_> {
    fn visit_expr(&mut self, expr: &Expr) {
        self.found |= match expr {
            Expr::Reference(ExprReference { mutability, expr, .. }) => mutability.is_some() && self.is_of_field(expr),
            Expr::MethodCall(call) => !std_borrows::only_looks(&call.method) && self.is_of_field(&call.receiver),
            _ => false,
        };
        visit::visit_expr(self, expr);
    }

    fn visit_stmt(&mut self, stmt: &Stmt) {
        match stmt {
            // What it gives is gone.
            Stmt::Expr(Expr::MethodCall(call), Some(_)) => {
                call.args.iter().for_each(|argument| self.visit_expr(argument));
            }
            other => visit::visit_stmt(self, other),
        }
    }
}
