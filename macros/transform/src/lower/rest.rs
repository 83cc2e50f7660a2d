//! What a pattern leaves by `_` of a value of ours gets a variable, since it drops only after what the pattern binds.
//!
//! ```text
//! // Input:
//! for (name, _) in pairs { yield_!(name) }
//! // Output:
//! let (name, _rest) = item;
//! let name = name;
//! ```
//!
//! Variables drop in reverse order, so what has to drop before the rest is bound again after it. Rests drop in order of
//! the fields. Where syntax does not know that order, or cannot name what is left (`..` of a tuple or a struct), the pattern stays as it is: if it
//! moves something, rustc refuses to keep the value without it.

use proc_macro2::Ident;
use syn::{Expr, Pat, PatIdent, parse_quote, parse_quote_spanned, spanned::Spanned};

use super::Lower;
use crate::{pattern, span, syntax};

impl Lower<'_> {
    /// The pattern with names for what it leaves, and the variables that have to be bound again.
    pub(super) fn name_rests(&mut self, scrutinee: &Expr, pat: Pat) -> (Pat, Vec<PatIdent>) {
        match self.named_rests(scrutinee, &pat) {
            Some((named, _, again)) => (named, again),
            None => (pat, Vec::new()),
        }
    }

    /// The same where what is left outlives the arm: it goes on in variables that are declared here. Their names, each with
    /// that of the arm's own.
    pub(super) fn keep_rests(&mut self, scrutinee: &Expr, pat: &mut Pat) -> Vec<(Ident, Ident)> {
        let Some((named, rests, _)) = self.named_rests(scrutinee, pat) else {
            return Vec::new();
        };
        *pat = named;
        let kept = rests
            .into_iter()
            .rev()
            .map(|rest| (self.declare_rest(rest.span()), rest));
        kept.collect()
    }

    /// Whether an arm takes a part of a variable of ours and leaves another one, which can have a name.
    pub(super) fn names_rests(&self, expr: &syn::ExprMatch) -> bool {
        expr.arms
            .iter()
            .any(|arm| self.named_rests(&expr.expr, &arm.pat).is_some())
    }

    /// `let rest;`, a variable of ours.
    fn declare_rest(&mut self, span: proc_macro2::Span) -> Ident {
        let name = self.temporary_name("rest", &[], span);
        if let syn::Stmt::Local(declaration) = parse_quote_spanned!(span::ours(span)=> let #name;) {
            let pat = declaration.pat.clone();
            self.deferred(declaration, pat, None);
        }
        name
    }

    /// The pattern with names for what it leaves, these names, and the variables that have to be bound again.
    fn named_rests(&self, scrutinee: &Expr, pat: &Pat) -> Option<(Pat, Vec<Ident>, Vec<PatIdent>)> {
        let local = self.machine.lookup(self.env, syntax::variable(scrutinee)?)?;
        let owner = self.machine.local(local);
        let bindings = pattern::unguarded(pat);
        if !owner.ours || owner.plain || !pattern::binds_by_value(bindings) || pattern::binds_by_ref(bindings) {
            return None;
        }
        let mut named = pat.clone();
        // What is found in a borrow is taken again.
        let borrowed = pattern::swap_borrowed(&mut named, &owner.elements, Vec::new());
        // Of an element that a call gives only types tell whether it is an array or borrows.
        let mut wildcards = Wildcards {
            arrays: owner.elements.is_empty(),
            ..Wildcards::default()
        };
        wildcards.find(&mut named);
        let (count, known) = (wildcards.found.len(), !wildcards.unknown_order);
        if count == 0 || count > 1 && !known {
            return None;
        }
        let mut rests = Vec::new();
        for wildcard in wildcards.found {
            let rest = self.new_rest(&rests, wildcard.span());
            *wildcard = match wildcard {
                // The elements of an array between others: they drop in order, as the fields do.
                Pat::Rest(_) => parse_quote!(#rest @ ..),
                _ => parse_quote!(#rest),
            };
            rests.push(rest);
        }
        if pattern::leaves_something(&named) {
            return None;
        }
        let again = bound_again(pattern::unguarded(&named), &rests);
        pattern::swap_borrowed(&mut named, &owner.elements, borrowed);
        Some((named, rests, again))
    }

    fn new_rest(&self, others: &[Ident], span: proc_macro2::Span) -> Ident {
        self.temporary_name("_rest", others, span)
    }

    /// `let x = x;` of each.
    pub(super) fn bind_again(&mut self, variables: Vec<PatIdent>) {
        for variable in variables {
            let name = &variable.ident;
            let shape = self.shape(&parse_quote!(#name));
            let mention: Expr = parse_quote!(#name);
            let binding = self.new_binding(Pat::Ident(variable), None, &shape);
            self.bind(&binding, mention);
        }
    }
}

/// The `_`s of a pattern, and the `..`s of arrays, whose parts all have places of their own.
#[derive(Default)]
struct Wildcards<'p> {
    found: Vec<&'p mut Pat>,
    /// Whether those of arrays count.
    arrays: bool,
    /// Whether there are fields with names, or elements of an array that do not stand side by side.
    unknown_order: bool,
}

impl<'p> Wildcards<'p> {
    fn find(&mut self, pat: &'p mut Pat) {
        match pat {
            Pat::Wild(_) => self.found.push(pat),
            Pat::Paren(paren) => self.find(&mut paren.pat),
            Pat::Guard(guard) => self.find(&mut guard.pat),
            Pat::Slice(slice) if self.arrays => self.find_elements(slice.elems.iter_mut()),
            Pat::Tuple(tuple) => tuple.elems.iter_mut().for_each(|pat| self.find(pat)),
            Pat::TupleStruct(tuple) => tuple.elems.iter_mut().for_each(|pat| self.find(pat)),
            Pat::Struct(fields) => {
                self.unknown_order = true;
                fields.fields.iter_mut().for_each(|field| self.find(&mut field.pat));
            }
            _ => {}
        }
    }

    /// Elements side by side drop in order.
    fn find_elements(&mut self, elements: impl Iterator<Item = &'p mut Pat>) {
        let (mut runs, mut in_run) = (0, false);
        for pat in elements {
            let found = self.found.len();
            let beside = matches!(pat, Pat::Wild(_) | Pat::Rest(_));
            match pat {
                Pat::Rest(_) => self.found.push(pat),
                pat => self.find(pat),
            }
            let leaves = self.found.len() > found;
            runs += usize::from(leaves && !(beside && in_run));
            in_run = beside;
        }
        self.unknown_order |= runs > 1;
    }
}

/// Which variables have to be bound again: those that the pattern binds before something that has to drop after them.
fn bound_again(pat: &Pat, rests: &[Ident]) -> Vec<PatIdent> {
    let bound = pattern::bindings(pat);
    let (last, first): (Vec<_>, Vec<_>) = bound.iter().partition(|binding| !rests.contains(&binding.ident));
    let place = |binding: &PatIdent| bound.iter().position(|other| other.ident == binding.ident);
    let mut again: Vec<PatIdent> = Vec::new();
    let mut before: Option<usize> = None;
    for binding in first.into_iter().rev().chain(last) {
        match again.is_empty() && before <= place(binding) {
            true => before = place(binding),
            false => again.push(binding.clone()),
        }
    }
    again
}

/// Whether the value of a branch goes to a variable of ours: more of its statement follows, after which the rest drops.
pub(super) fn goes_on(dest: &super::Dest, lower: &Lower) -> bool {
    match dest {
        super::Dest::Bind(binding) => binding.locals.iter().any(|local| lower.machine.local(*local).ours),
        super::Dest::Discard | super::Dest::Return => false,
    }
}
