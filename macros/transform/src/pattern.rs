//! Facts about patterns: what they bind, how, and what they leave where it is.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::{
    Expr, Pat, PatIdent, parse_quote,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use crate::{desugar, std_macros, syntax};

/// Whether an identifier in a pattern names a constant or a unit variant. Without name resolution the convention
/// decides: `MAX` and `None` are paths, `x` and `_x` are bindings.
fn is_path(pat: &PatIdent) -> bool {
    pat.by_ref.is_none()
        && pat.mutability.is_none()
        && pat.subpat.is_none()
        && pat
            .ident
            .to_string()
            .trim_start_matches("r#")
            .starts_with(char::is_uppercase)
}

/// The bindings in order of appearance; the alternatives of an or-pattern bind the same names once.
pub(crate) fn bindings(pat: &Pat) -> Vec<PatIdent> {
    struct Find(Vec<PatIdent>);
    impl Visit<'_> for Find {
        fn visit_pat_ident(&mut self, pat: &PatIdent) {
            if !is_path(pat) && !self.0.iter().any(|found| found.ident == pat.ident) {
                self.0.push(PatIdent {
                    subpat: None,
                    ..pat.clone()
                });
            }
            visit::visit_pat_ident(self, pat);
        }
        fn visit_expr(&mut self, _: &syn::Expr) {}
    }
    let mut find = Find(Vec::new());
    find.visit_pat(pat);
    find.0
}

/// The names that an expression binds somewhere within.
pub(crate) fn bound_within(expr: &Expr) -> Vec<Ident> {
    struct Find(Vec<Ident>);
    impl Visit<'_> for Find {
        fn visit_pat_ident(&mut self, pat: &PatIdent) {
            self.0.push(pat.ident.clone());
            visit::visit_pat_ident(self, pat);
        }
        fn visit_macro(&mut self, mac: &syn::Macro) {
            std_macros::visit_arguments(mac, self);
        }
    }
    let mut find = Find(Vec::new());
    find.visit_expr(expr);
    find.0
}

/// The names of the bindings.
pub(crate) fn names(pat: &Pat) -> Vec<Ident> {
    bindings(pat).into_iter().map(|binding| binding.ident).collect()
}

/// Whether something of the matched value is bound by value (or copied).
pub(crate) fn binds_by_value(pat: &Pat) -> bool {
    bindings(pat).iter().any(|binding| binding.by_ref.is_none())
}

/// What is copied out of a reference: `n` of `&(n, ref name)`.
pub(crate) fn copied(pat: &Pat) -> Vec<Ident> {
    struct Find(Vec<Ident>);
    impl Visit<'_> for Find {
        fn visit_pat_reference(&mut self, reference: &syn::PatReference) {
            let bound = bindings(&reference.pat).into_iter();
            let copied = bound.filter(|binding| binding.by_ref.is_none());
            self.0.extend(copied.map(|binding| binding.ident));
        }
        fn visit_expr(&mut self, _: &Expr) {}
    }
    let mut find = Find(Vec::new());
    find.visit_pat(pat);
    find.0
}

/// Whether something of the matched value is bound by `ref`.
pub(crate) fn binds_by_ref(pat: &Pat) -> bool {
    bindings(pat).iter().any(|binding| binding.by_ref.is_some())
}

/// Whether something of the matched value is bound by `ref mut`.
pub(crate) fn binds_by_ref_mut(pat: &Pat) -> bool {
    let by_ref_mut = |binding: &PatIdent| binding.by_ref.is_some() && binding.mutability.is_some();
    bindings(pat).iter().any(by_ref_mut)
}

/// Whether a part of the matched value that may need to be dropped stays where it is: `_`, `..`, `ref x`.
pub(crate) fn leaves_something(pat: &Pat) -> bool {
    match pat {
        Pat::Wild(_) | Pat::Rest(_) | Pat::Macro(_) | Pat::Verbatim(_) => true,
        Pat::Ident(ident) => match &ident.subpat {
            _ if ident.by_ref.is_some() => true,
            // `x @ ..` binds everything; what is below can only be copied out of it.
            _ => false,
        },
        Pat::Or(or) => or.cases.iter().any(leaves_something),
        Pat::Paren(paren) => leaves_something(&paren.pat),
        Pat::Guard(guard) => leaves_something(&guard.pat),
        Pat::Reference(_) | Pat::Lit(_) | Pat::Path(_) | Pat::Range(_) | Pat::Const(_) => false,
        Pat::Slice(slice) => slice.elems.iter().any(leaves_something),
        Pat::Struct(fields) => fields.rest.is_some() || fields.fields.iter().any(|f| leaves_something(&f.pat)),
        Pat::Tuple(tuple) => tuple.elems.iter().any(leaves_something),
        Pat::TupleStruct(tuple) => tuple.elems.iter().any(leaves_something),
        Pat::Type(typed) => leaves_something(&typed.pat),
        _ => true,
    }
}

/// `Ok(true)`, `Err(Kind::Closed)`: it looks into the value, and takes nothing of it.
pub(crate) fn only_looks(pat: &Pat) -> bool {
    match pat {
        Pat::Or(or) => or.cases.iter().any(only_looks),
        Pat::Paren(paren) => only_looks(&paren.pat),
        Pat::Guard(guard) => only_looks(&guard.pat),
        Pat::TupleStruct(_) | Pat::Struct(_) | Pat::Tuple(_) => bindings(pat).is_empty(),
        _ => false,
    }
}

/// The same of a tuple of these elements: what a pattern leaves of a reference needs no drop.
pub(crate) fn leaves_something_of(pat: &Pat, elements: &[Expr]) -> bool {
    let mut owned = pat.clone();
    swap_borrowed(&mut owned, elements, Vec::new());
    leaves_something(&owned)
}

/// Puts other patterns, or `()`, where a tuple has a reference among its `elements`, and gives those that were there.
pub(crate) fn swap_borrowed(pat: &mut Pat, elements: &[Expr], with: Vec<Pat>) -> Vec<Pat> {
    let tuple = match pat {
        Pat::Guard(guard) => return swap_borrowed(&mut guard.pat, elements, with),
        Pat::Tuple(tuple) if tuple.elems.len() == elements.len() => tuple,
        _ => return Vec::new(),
    };
    if tuple.elems.iter().any(|pat| matches!(pat, Pat::Rest(_))) {
        return Vec::new();
    }
    let is_borrowed = |element: &Expr| matches!(syntax::inner(element), Expr::Reference(_));
    let borrowed = std::iter::zip(&mut tuple.elems, elements).filter(|(_, element)| is_borrowed(element));
    let mut with = with.into_iter();
    borrowed
        .map(|(pat, _)| std::mem::replace(pat, with.next().unwrap_or_else(|| parse_quote!(()))))
        .collect()
}

/// The pattern without its guard.
pub(crate) fn unguarded(pat: &Pat) -> &Pat {
    match pat {
        Pat::Guard(guard) => &guard.pat,
        other => other,
    }
}

/// A plain variable: `x`, `mut x`, `x: T`.
pub(crate) fn single(pat: &Pat) -> Option<&PatIdent> {
    match pat {
        Pat::Ident(ident) if !is_path(ident) && ident.subpat.is_none() => Some(ident),
        Pat::Paren(paren) => single(&paren.pat),
        Pat::Type(typed) => single(&typed.pat),
        _ => None,
    }
}

/// Splits `x: T` and an arm's guard off a pattern.
pub(crate) fn split_type(pat: Pat) -> (Pat, Option<syn::Type>) {
    match pat {
        Pat::Type(typed) => (*typed.pat, Some(*typed.ty)),
        other => (other, None),
    }
}

/// `pat` with `_` for the bindings that are `unneeded`. What stands behind their `@` stays.
pub(crate) fn without(pat: &Pat, unneeded: &dyn Fn(&PatIdent) -> bool) -> Pat {
    struct Blank<'f>(&'f dyn Fn(&PatIdent) -> bool);
    impl VisitMut for Blank<'_> {
        fn visit_pat_mut(&mut self, pat: &mut Pat) {
            if let Pat::Ident(ident) = pat
                && !is_path(ident)
                && (self.0)(ident)
            {
                *pat = match ident.subpat.take() {
                    Some((_, inner)) => *inner,
                    None => syn::parse_quote!(_),
                };
            }
            visit_mut::visit_pat_mut(self, pat);
        }

        fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
            visit_mut::visit_field_pat_mut(self, field);
            // `x` of `Point { x, ref y }` is `x: _` now.
            if !matches!(*field.pat, Pat::Ident(_)) {
                field.colon_token.get_or_insert_default();
            }
        }
    }
    let mut pat = pat.clone();
    Blank(unneeded).visit_pat_mut(&mut pat);
    pat
}

/// New names for bindings in patterns.
pub(crate) struct Renamed(pub Vec<(Ident, Ident)>);

impl VisitMut for Renamed {
    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        if let Some((_, new)) = self.0.iter().find(|(old, _)| *old == pat.ident) {
            pat.ident = new.clone();
        }
        visit_mut::visit_pat_ident_mut(self, pat);
    }

    fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
        if let Pat::Ident(ident) = &*field.pat
            && self.0.iter().any(|(old, _)| *old == ident.ident)
        {
            field.colon_token.get_or_insert_default();
        }
        visit_mut::visit_field_pat_mut(self, field);
    }
}

/// `None`
pub(crate) fn is_none(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(ident) => ident.ident == "None",
        Pat::Path(path) => path.path.segments.last().is_some_and(|segment| segment.ident == "None"),
        Pat::Paren(paren) => is_none(&paren.pat),
        _ => false,
    }
}

/// The places that a pattern binds by value, as far as syntax can name them: tuples, structs and boxes, not variants.
pub(crate) fn taken_places(place: &Expr, pat: &Pat, taken: &mut Vec<Expr>) {
    match pat {
        Pat::Ident(ident) if ident.by_ref.is_none() && !is_path(ident) => taken.push(place.clone()),
        Pat::Paren(paren) => taken_places(place, &paren.pat, taken),
        Pat::Guard(guard) => taken_places(place, &guard.pat, taken),
        Pat::Type(typed) => taken_places(place, &typed.pat, taken),
        Pat::Tuple(tuple) => elements(&operand(place), &tuple.elems, taken),
        Pat::Struct(fields) if !is_variant(&fields.path) => {
            let place = &operand(place);
            for field in &fields.fields {
                let member = &field.member;
                taken_places(&syn::parse_quote!(#place.#member), &field.pat, taken);
            }
        }
        _ => {}
    }
}

/// `Message::Quit`; a variant that is in scope by its own name looks like a struct.
fn is_variant(path: &syn::Path) -> bool {
    let type_of = path.segments.iter().rev().nth(1);
    type_of.is_some_and(|name| name.ident.to_string().starts_with(char::is_uppercase))
}

/// Whether all that the pattern binds is in a variant, or in a struct that is written like one.
pub(crate) fn is_of_variant(pat: &Pat) -> bool {
    match unguarded(pat) {
        Pat::Paren(paren) => is_of_variant(&paren.pat),
        Pat::Or(or) => or.cases.iter().all(is_of_variant),
        Pat::Struct(fields) => is_variant(&fields.path),
        Pat::TupleStruct(_) | Pat::Path(_) => true,
        _ => false,
    }
}

/// `(*boxed)` of `*boxed`.
fn operand(place: &Expr) -> Expr {
    match place {
        Expr::Unary(_) => syn::parse_quote!((#place)),
        other => other.clone(),
    }
}

/// The elements of a tuple before `..`.
fn elements(place: &Expr, pats: &syn::punctuated::Punctuated<Pat, syn::Token![,]>, taken: &mut Vec<Expr>) {
    let before = pats.iter().take_while(|pat| !matches!(pat, Pat::Rest(_)));
    for (index, pat) in before.enumerate() {
        let index = syn::Index::from(index);
        taken_places(&syn::parse_quote!(#place.#index), pat, taken);
    }
}

/// `pat` with its by-value bindings by reference.
pub(crate) fn by_reference(pat: &Pat) -> Pat {
    struct ByRef;
    impl VisitMut for ByRef {
        fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
            if !is_path(pat) {
                pat.by_ref.get_or_insert_default();
                pat.mutability = None;
            }
            visit_mut::visit_pat_ident_mut(self, pat);
        }
        fn visit_expr_mut(&mut self, _: &mut Expr) {}
    }
    let mut pat = pat.clone();
    ByRef.visit_pat_mut(&mut pat);
    pat
}

/// In `expr`, the by-value bindings of `pat` are references now: `x` becomes `(*x)`.
pub(crate) fn dereference(pat: &Pat, expr: &mut Expr) {
    struct Deref(Vec<Ident>);
    impl crate::scoped::Visitor for Deref {
        const WITHIN_CLOSURES: bool = true;

        fn expression(&mut self, expr: &mut Expr, context: &crate::scoped::Context) -> bool {
            if let Expr::Macro(mac) = expr
                && desugar::is_awaiting(&mac.mac)
            {
                let names = self.0.iter().filter(|name| !context.bound.contains(name));
                mac.mac.tokens = dereferenced(mac.mac.tokens.clone(), &names.collect::<Vec<_>>());
                return true;
            }
            let Some(name) = crate::syntax::variable(expr).cloned() else {
                return false;
            };
            let ours = self.0.contains(&name) && !context.bound.contains(&name);
            if ours {
                *expr = syn::parse_quote!((*#name));
            }
            ours
        }
    }
    let values = bindings(pat).into_iter().filter(|binding| binding.by_ref.is_none());
    let mut deref = Deref(values.map(|binding| binding.ident).collect());
    crate::scoped::Scoped::new(&mut deref).visit_expr_mut(expr);
}

/// The bindings by value in variants and structs of the user's.
pub(crate) fn bound_in_types(pat: &Pat, bound: &mut Vec<Ident>) {
    let is_of_std = |path: &syn::Path| {
        let last = path.segments.last();
        last.is_some_and(|last| ["Some", "Ok", "Err"].iter().any(|name| last.ident == name))
    };
    match pat {
        Pat::TupleStruct(variant) if is_of_std(&variant.path) => {
            variant.elems.iter().for_each(|pat| bound_in_types(pat, bound));
        }
        Pat::TupleStruct(_) | Pat::Struct(_) => {
            let values = bindings(pat).into_iter().filter(|binding| binding.by_ref.is_none());
            bound.extend(values.map(|binding| binding.ident));
        }
        Pat::Paren(paren) => bound_in_types(&paren.pat, bound),
        Pat::Guard(guard) => bound_in_types(&guard.pat, bound),
        Pat::Tuple(tuple) => tuple.elems.iter().for_each(|pat| bound_in_types(pat, bound)),
        Pat::Or(alternatives) => alternatives.cases.iter().for_each(|pat| bound_in_types(pat, bound)),
        _ => {}
    }
}

/// The same in the tokens of a macro that awaits, where an identifier is a variable if it is no field and no path.
fn dereferenced(tokens: TokenStream, names: &[&Ident]) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_mark = |token: Option<&TokenTree>, marks: &str| matches!(token, Some(TokenTree::Punct(mark)) if marks.contains(mark.as_char()));
    let each = tokens.iter().enumerate().map(|(index, token)| match token {
        TokenTree::Group(group) => {
            let mut inside = Group::new(group.delimiter(), dereferenced(group.stream(), names));
            inside.set_span(group.span());
            inside.into_token_stream()
        }
        TokenTree::Ident(name) if names.contains(&name) => {
            let before = index.checked_sub(1).and_then(|before| tokens.get(before));
            match is_mark(before, ".:") || is_mark(tokens.get(index + 1), ":!") {
                true => name.to_token_stream(),
                false => quote_spanned!(name.span()=> (*#name)),
            }
        }
        other => other.to_token_stream(),
    });
    each.collect()
}

/// The bindings by value in variants, whose places have no names.
pub(crate) fn bound_in_variants(pat: &Pat, bound: &mut Vec<Ident>) {
    match pat {
        Pat::TupleStruct(_) => {
            let values = bindings(pat).into_iter().filter(|binding| binding.by_ref.is_none());
            bound.extend(values.map(|binding| binding.ident));
        }
        Pat::Paren(paren) => bound_in_variants(&paren.pat, bound),
        Pat::Guard(guard) => bound_in_variants(&guard.pat, bound),
        Pat::Tuple(tuple) => tuple.elems.iter().for_each(|pat| bound_in_variants(pat, bound)),
        Pat::Struct(fields) => fields
            .fields
            .iter()
            .for_each(|field| bound_in_variants(&field.pat, bound)),
        _ => {}
    }
}
