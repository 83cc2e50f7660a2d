//! Temporaries that a `let` extends: `let x = &make();`, `let x = &make()[i()];`, `let x = &*make();`.
//!
//! ```text
//! // Input:
//! let name = &make()[1..];
//! // Output:
//! let referent = make();
//! let name = &referent[1..];
//! ```

use syn::{Expr, Pat, Stmt, UnOp, parse_quote, spanned::Spanned};

use super::Lower;
use crate::{pattern, syntax};

impl Lower<'_> {
    /// `let _ = &make();`, `let _ = (&make(), suspended);`: what is borrowed lives on.
    pub(super) fn extend_unnamed(&mut self, pat: &Pat, init: &Expr) -> bool {
        let Some(init) = self.extended_temporaries(pat, init) else {
            return false;
        };
        let binding = self.new_binding(pat.clone(), None, &syntax::Shape::Unknown);
        self.bind(&binding, init);
        true
    }

    /// `&value` whose value gets a variable of its own: temporary lifetime extension. In tuples, arrays and structs too.
    pub(super) fn extended_temporaries(&mut self, pat: &Pat, init: &Expr) -> Option<Expr> {
        if is_reference_of_value(init) {
            let Expr::Reference(reference) = syntax::inner(init) else {
                return None;
            };
            if self.only_borrows(&reference.expr) {
                return Some(init.clone());
            }
            let mut reference = reference.clone();
            *reference.expr = self.referent(&reference.expr);
            return Some(Expr::Reference(reference));
        }
        if pattern::binds_by_ref(pat) && !syntax::is_place(init) && !matches!(init, Expr::Reference(_)) {
            return Some(self.referent(init));
        }
        let mut lifted = init.clone();
        let parts: Vec<&mut Expr> = match &mut lifted {
            Expr::Tuple(tuple) => tuple.elems.iter_mut().collect(),
            Expr::Array(array) => array.elems.iter_mut().collect(),
            Expr::Struct(literal) => literal.fields.iter_mut().map(|field| &mut field.expr).collect(),
            Expr::Call(call) if syntax::is_constructor(&call.func) => call.args.iter_mut().collect(),
            _ => return None,
        };
        if !parts.iter().any(|part| is_reference_of_value(part)) {
            return None;
        }
        for part in parts {
            let old = part.clone();
            *part = match &old {
                Expr::Reference(reference) if is_reference_of_value(&old) => {
                    let mut reference = reference.clone();
                    *reference.expr = self.referent(&reference.expr);
                    Expr::Reference(reference)
                }
                Expr::Lit(_) | Expr::Path(_) => old,
                other if syntax::is_constant(other) => other.clone(),
                // What is copied out of a place is what it is now.
                Expr::Unary(_) | Expr::Index(_) => self.kept(&old),
                other => self.referent(other),
            };
        }
        Some(lifted)
    }

    /// `let x = if c { &value } else { .. }`: which of the values lives on depends on the path.
    pub(super) fn refuse_extended_in_branches(&mut self, init: &Expr) {
        let tail = |block: &syn::Block| match block.stmts.last() {
            Some(Stmt::Expr(expr, None)) => Some(expr.clone()),
            _ => None,
        };
        let tails: Vec<Expr> = match syntax::inner(init) {
            Expr::If(branches) => {
                let otherwise = branches
                    .else_branch
                    .as_ref()
                    .map(|(_, otherwise)| (**otherwise).clone());
                tail(&branches.then_branch).into_iter().chain(otherwise).collect()
            }
            Expr::Match(expr) => expr.arms.iter().map(|arm| (*arm.body).clone()).collect(),
            Expr::Block(block) => tail(&block.block).into_iter().collect(),
            _ => return,
        };
        for tail in tails {
            if is_reference_of_value(&tail) {
                self.errors.push(syn::Error::new_spanned(
                    &tail,
                    "this temporary would be dropped at the next suspension, not at the end of the block: it has no \
                     variable that could carry it\nhelp: bind the value first: `let value = ..;`, and borrow the variable",
                ));
            }
            self.refuse_extended_in_branches(&tail);
        }
    }

    /// A variable for a value that lives as long as the variables of its `let`; the whole of it, if a field is borrowed.
    fn referent(&mut self, value: &Expr) -> Expr {
        if let Expr::Reference(reference) = syntax::inner(value) {
            let mut reference = reference.clone();
            if is_reference_of_value(value) {
                *reference.expr = self.referent(&reference.expr);
            }
            return Expr::Reference(reference);
        }
        match syntax::inner(value) {
            Expr::Field(field) if is_value(value) => {
                let mut field = field.clone();
                *field.base = self.referent(&field.base);
                Expr::Field(field)
            }
            Expr::Index(index) if is_value(value) => self.referent_element(index.clone()),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) && is_value(value) => {
                let mut unary = unary.clone();
                *unary.expr = self.referent(&unary.expr);
                Expr::Unary(unary)
            }
            _ => self.kept(value),
        }
    }

    fn kept(&mut self, value: &Expr) -> Expr {
        let span = value.span();
        let value = self.value(value.clone());
        // Not a temporary of the statement.
        let shape = self.shape(&value);
        let binding = self.new_temporary("referent", &shape, span);
        let name = self.machine.local(binding.locals[0]).ident.clone();
        self.names.keep(&name);
        self.bind(&binding, value);
        parse_quote!(#name)
    }

    /// `value[i()]` as `referent[index]`, with what the index is now in a variable: the borrow may be taken again.
    fn referent_element(&mut self, mut index: syn::ExprIndex) -> Expr {
        *index.expr = self.referent(&index.expr);
        *index.index = self.value(*index.index);
        let mut element = Expr::Index(index);
        self.quiet_indices(&mut element, true);
        element
    }
}

/// `&value` (not `&place`, and not a constant).
pub(super) fn is_reference_of_value(expr: &Expr) -> bool {
    match syntax::inner(expr) {
        Expr::Reference(reference) => {
            is_value(&reference.expr) && (!syntax::is_constant(&reference.expr) || reference.mutability.is_some())
        }
        _ => false,
    }
}

/// No place, or one behind a new value: `make().name`, `*make()`, `make()[1].name`.
fn is_value(expr: &Expr) -> bool {
    match syntax::inner(expr) {
        Expr::Field(field) => is_value(&field.base),
        Expr::Index(index) => is_value(&index.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => is_value(&unary.expr),
        other => !syntax::is_place(other),
    }
}
