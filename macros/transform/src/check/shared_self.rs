//! `self.count += 1` in a method with `&self`: rustc would say it of another name for `self`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    Error, Expr, ReceiverKind, Signature,
    visit::{self, Visit},
};

use crate::syntax;

/// An error for each assignment to a field.
pub(crate) fn check(block: &syn::Block, sig: &Signature, this: &Ident) -> Vec<Error> {
    let receiver = sig.receiver().map(|receiver| &receiver.kind);
    let mut find = Find {
        this,
        errors: Vec::new(),
    };
    if matches!(receiver, Some(ReceiverKind::Reference(_, _, None))) {
        find.visit_block(block);
    }
    find.errors
}

struct Find<'a> {
    this: &'a Ident,
    errors: Vec<Error>,
}

impl Find<'_> {
    /// Whatever type a field has, what it is in or refers to cannot be changed through `&self`.
    fn assigned(&mut self, place: &Expr) {
        let Some(fields) = self.fields(place) else { return };
        self.errors.extend(syntax::root(place).map(|root| {
            let what = format!("cannot assign to `self{fields}`, since `self` is a `&` reference");
            Error::new(root.span(), format!("{what}\nhelp: write `&mut self` in the signature"))
        }));
    }

    /// `.a.b` of `self.a.b`
    fn fields(&self, place: &Expr) -> Option<String> {
        let Expr::Field(field) = syntax::inner(place) else {
            return None;
        };
        let outer = match syntax::variable(&field.base) {
            Some(name) => (name == self.this).then(String::new),
            None => self.fields(&field.base),
        };
        Some(format!("{}.{}", outer?, field.member.to_token_stream()))
    }
}

impl Visit<'_> for Find<'_> {
    fn visit_expr_assign(&mut self, assign: &syn::ExprAssign) {
        self.assigned(&assign.left);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
        if syntax::is_compound_assignment(&binary.op) {
            self.assigned(&binary.left);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}
