//! Variables that certainly are references, though no type says so.
//!
//! ```text
//! let mut stack = vec![self];                     // a `Vec<&_>`
//! while let Some(json) = stack.pop() {            // `json` is a `&_`
//!     match json { Json::Map(map) => .. }         // and so is `map`
//! }
//! ```
//!
//! They have no drop. And what they refer to is no local of the function's, so that a loop over it keeps its iterator.

use proc_macro2::Ident;
use syn::{Expr, ExprCall, Macro, Pat, Token, Type, parse::Parser, parse_quote, punctuated::Punctuated};

use super::{Lower, binding::type_of};
use crate::{ir::LocalId, pattern, signature, syntax};

impl Lower<'_> {
    /// What a pattern finds in a reference are references, but for what it takes out of one by `&`.
    pub(super) fn note_referred(&mut self, value: &Expr, pat: &Pat, locals: &[LocalId]) {
        let Some(ty) = self.reference_type(value) else {
            return;
        };
        let copied = pattern::copied(pat);
        for local in locals {
            if copied.contains(&self.machine.local(*local).ident) {
                continue;
            }
            match signature::is_shared_ref(&ty) {
                true => self.note_reference(*local, &ty),
                // It may be a shared one, of what is behind one.
                false => self.machine.locals[local.0].plain = true,
            }
        }
    }

    /// `node` of `Some((node, depth)) = stack.pop()`, of a stack of pairs with a reference.
    pub(super) fn note_found_references(&mut self, value: &Expr, found: &Pat, locals: &[LocalId]) {
        let Some(list) = self.element_type(value).cloned() else {
            return;
        };
        for local in locals {
            if let Some(ty @ Type::Reference(_)) = type_of(found, &list, &self.machine.local(*local).ident) {
                self.note_reference(*local, &ty);
            }
        }
    }

    /// The type of a list that is made of references, as far as that is known: `vec![(root, 0)]` is a `Vec<(&_, _)>`.
    pub(super) fn list_of_references(&self, value: &Expr) -> Option<Type> {
        let (list, first) = match syntax::inner(value) {
            Expr::Macro(mac) if mac.mac.path.is_ident("vec") => (parse_quote!(Vec), first_element(&mac.mac)?),
            Expr::Call(call) => made_from_array(call)?,
            _ => return None,
        };
        let item: Type = match syntax::inner(&first) {
            Expr::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(|part| self.reference_type(part));
                let known = parts.clone().any(|part| part.is_some());
                let parts = parts.map(|part| part.unwrap_or_else(|| parse_quote!(_)));
                known.then(|| parse_quote!((#(#parts,)*)))?
            }
            first => self.reference_type(first)?,
        };
        Some(parse_quote!(#list<#item>))
    }

    /// The type of a value that certainly is a reference to what lives longer than the function: a variable that is one, a borrow
    /// of a part of what a shared one refers to.
    fn reference_type(&self, value: &Expr) -> Option<Type> {
        let (name, part) = match syntax::inner(value) {
            Expr::Reference(reference) if reference.mutability.is_none() => match syntax::inner(&reference.expr) {
                Expr::Path(_) => return None,
                place => (syntax::root(place)?, true),
            },
            value => (syntax::variable(value)?, false),
        };
        let variable = self.machine.local(self.machine.lookup(self.env, name)?);
        match variable.ty.as_ref()? {
            _ if !variable.is_carried() => None,
            ty if signature::is_shared_ref(ty) => Some(parse_quote!(&_)),
            ty if signature::is_mut_ref(ty) && !part => Some(parse_quote!(&mut _)),
            _ => None,
        }
    }

    fn note_reference(&mut self, local: LocalId, ty: &Type) {
        let variable = &mut self.machine.locals[local.0];
        if variable.ty.is_none() {
            variable.ty = Some(ty.clone());
            variable.plain = true;
            let shared = signature::is_shared_ref(ty);
            variable.copy |= shared;
            variable.proven &= !shared;
        }
    }
}

/// `VecDeque`, `root` of `VecDeque::from([root])`
fn made_from_array(call: &ExprCall) -> Option<(Ident, Expr)> {
    let (Expr::Path(function), 1) = (&*call.func, call.args.len()) else {
        return None;
    };
    let mut names = function.path.segments.iter().map(|segment| &segment.ident).rev();
    let (from, list, Expr::Array(array)) = (names.next()?, names.next()?, syntax::inner(&call.args[0])) else {
        return None;
    };
    let of_std = from == "from" && (list == "Vec" || list == "VecDeque");
    let first = array.elems.first().filter(|_| of_std)?;
    Some((list.clone(), first.clone()))
}

fn first_element(vec: &Macro) -> Option<Expr> {
    let elements = Punctuated::<Expr, Token![,]>::parse_terminated
        .parse2(vec.tokens.clone())
        .ok()?;
    elements.first().cloned()
}
