//! Numbers that a loop leaves alone: an index of what it goes over stays what it was, though its variable is `mut`.
//!
//! ```text
//! // Input, where nothing of the body changes `top`:
//! for cell in &matrix[top] { yield_!(*cell) }
//! // Output:
//! match nth_of(&matrix[top], position) { .. }
//! ```

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    Block, Expr, Macro, PatIdent,
    visit::{self, Visit},
};

use super::Lower;
use crate::{ir::LocalId, names::Namespace, std_borrows, std_macros, syntax};

impl Lower<'_> {
    /// The variables in what is iterated over that are `mut`, certainly `Copy`, and the same as long as the loop goes on.
    pub(super) fn steady_in(&self, iterated: &Expr, body: &Block) -> BTreeSet<LocalId> {
        let mentioned = Namespace::of(iterated.to_token_stream());
        let visible = self.machine.visible(self.env);
        let steady = visible.filter(|local| {
            let variable = self.machine.local(*local);
            variable.mutable
                && variable.copy
                && !variable.proven
                && variable.derived.is_none()
                && mentioned.mentions(&variable.ident.to_string())
                && !changes(body, &variable.ident)
        });
        steady.collect()
    }
}

/// Whether the code may change the variable, or one of its name: `unsafe` code may by a pointer that was there before.
fn changes(body: &Block, name: &Ident) -> bool {
    let mut find = Changes { name, found: false };
    find.visit_block(body);
    find.found
}

struct Changes<'n> {
    name: &'n Ident,
    found: bool,
}

impl Changes<'_> {
    fn place(&mut self, place: &Expr) {
        self.found |= syntax::root(place) == Some(self.name);
    }
}

impl<'e> Visit<'e> for Changes<'_> {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            // A tuple of places too.
            Expr::Assign(assign) => {
                self.found |= Namespace::of(assign.left.to_token_stream()).mentions(&self.name.to_string());
            }
            Expr::Binary(binary) if syntax::is_compound_assignment(&binary.op) => self.place(&binary.left),
            Expr::Reference(reference) if reference.mutability.is_some() => self.place(&reference.expr),
            Expr::RawAddr(address) => self.place(&address.expr),
            Expr::Unsafe(_) => self.found = true,
            Expr::MethodCall(call) if !std_borrows::only_looks(&call.method) => self.place(&call.receiver),
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_pat_ident(&mut self, pat: &'e PatIdent) {
        // It may be what refers to the variable.
        self.found |= pat.by_ref.is_some() && pat.mutability.is_some();
        visit::visit_pat_ident(self, pat);
    }

    fn visit_macro(&mut self, mac: &'e Macro) {
        match std_macros::parse(mac) {
            Some(_) => std_macros::visit_arguments(mac, self),
            None => self.found |= std_macros::mentions(mac.tokens.clone(), std::slice::from_ref(self.name)),
        }
    }
}
