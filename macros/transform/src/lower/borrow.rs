//! Borrows of variables: what is taken again in each arm instead of being carried.
//!
//! `let name = &user.name;` cannot be carried beside `user`, which moves from state to state. But it can be taken again
//! for free wherever it is needed. So can a pattern on `&place`, a closure that captures by reference, and the item at a
//! position.

use std::{collections::BTreeSet, rc::Rc};

use syn::{Attribute, Expr, ExprClosure, Pat, Stmt, Type, parse_quote, parse_quote_spanned, spanned::Spanned};

use super::{Lower, extended::is_reference_of_value};
use crate::{
    effects,
    ir::{Code, Derivation, DerivationId, Effect, EnvId, Key, LocalId, Node},
    pattern,
    span::ours,
    std_borrows, syntax,
};

impl Lower<'_> {
    /// `let` of something that borrows variables; `false` if this is none.
    pub(super) fn derive_let(&mut self, attrs: &[Attribute], pat: &Pat, ty: Option<&Type>, init: &Expr) -> bool {
        if pattern::bindings(pat).is_empty() {
            return self.extend_unnamed(pat, init);
        }
        if ty.is_none() && self.derive_parts(attrs, pat, init) {
            return true;
        }
        let by_ref = pattern::binds_by_ref(pat) && !syntax::is_place(init);
        if self.takes_apart(init) && !is_reference_of_value(init) && !by_ref && !self.suspends_in_indices(init) {
            return false;
        }
        let init = &self.with_quiet_indices(init);
        let init = match self.extended_temporaries(pat, init) {
            Some(init) => init,
            None if self.borrows_again(init) || self.is_borrowing_closure(pat, init) => self.verbatim(init.clone()),
            None if self.is_item_taken_apart(pat, init) => self.verbatim(init.clone()),
            None if pattern::binds_by_ref(pat) && self.is_quiet_place(init) && self.owned_root(init).is_some() => {
                self.verbatim(init.clone())
            }
            None => return false,
        };
        let shape = self.shape(&init);
        let mut binding = self.new_binding(pat.clone(), ty.cloned(), &shape);
        if let Some(binding) = Rc::get_mut(&mut binding) {
            binding.attrs = attrs.to_vec();
        }
        let reassigned = pattern::single(pat).is_some() && !is_fixed(pat) && !matches!(init, Expr::Closure(_));
        if !reassigned && !self.is_reborrowed(pat, &init, &binding.locals) {
            let mut derived = by_reference(pat, &init, &binding.locals, self);
            self.keep_copies(pat, &mut derived);
            self.keep_changing(pat, &mut derived);
            let again = self.again(pat, &derived);
            let stmt: Stmt = match ty {
                Some(ty) => parse_quote!(let #again: #ty = #init;),
                None => parse_quote!(let #again = #init;),
            };
            self.derive(stmt, self.env, derived);
        }
        let closure = matches!(init, Expr::Closure(_));
        self.bind(&binding, init);
        if let Some(Node::Code(code)) = self.machine.blocks[self.at.0].body.nodes.last_mut()
            && closure
        {
            code.effect.each_mut(&mut captured_again);
        }
        true
    }

    /// `let (n, first) = (list.len(), &list[0]);`: only the parts that borrow are taken again.
    fn derive_parts(&mut self, attrs: &[Attribute], pat: &Pat, init: &Expr) -> bool {
        let (Pat::Tuple(pats), Expr::Tuple(parts)) = (pat, syntax::inner(init)) else {
            return false;
        };
        let borrows = |(pat, part): &(&Pat, &Expr)| is_fixed(pat) && self.borrows_place(part);
        let parts: Vec<_> = pats.elems.iter().zip(&parts.elems).collect();
        let borrowing: Vec<_> = parts.iter().copied().filter(borrows).collect();
        let extends = parts.iter().any(|(_, part)| is_reference_of_value(part));
        if borrowing.is_empty() || extends || self.takes_apart(init) || self.borrows_again(init) {
            return false;
        }
        let shape = self.shape(init);
        let mut binding = self.new_binding(pat.clone(), None, &shape);
        if let Some(binding) = Rc::get_mut(&mut binding) {
            binding.attrs = attrs.to_vec();
        }
        for (pat, part) in borrowing {
            let names = pattern::names(pat);
            let named = |local: &&LocalId| names.contains(&self.machine.local(**local).ident);
            let locals: Vec<_> = binding.locals.iter().filter(named).copied().collect();
            if !self.is_reborrowed(pat, part, &locals) {
                self.derive(parse_quote!(let #pat = #part;), self.env, locals);
            }
        }
        let init = self.verbatim(init.clone());
        self.bind(&binding, init);
        true
    }

    fn derive(&mut self, stmt: Stmt, env: EnvId, mut locals: Vec<LocalId>) {
        locals.retain(|local| !self.is_carried(*local));
        if locals.is_empty() {
            return;
        }
        let mut effect = effects::of_stmt(&self.machine, env, &stmt, &[]);
        effect.each_mut(&mut captured_again);
        let id = DerivationId(self.machine.derivations.len());
        for &local in &locals {
            self.machine.locals[local.0].derived = Some(id);
        }
        let code = Code {
            syntax: stmt,
            env,
            effect,
        };
        self.machine.derivations.push(Derivation { code, locals });
    }

    /// `let (name, age) = row;`, where `row` is taken again in each arm itself.
    fn is_item_taken_apart(&self, pat: &Pat, init: &Expr) -> bool {
        let local = syntax::variable(init).and_then(|name| self.machine.lookup(self.env, name));
        let variable = local.map(|local| self.machine.local(local));
        pattern::single(pat).is_none() && variable.is_some_and(|row| row.derived.is_some() && !row.closure)
    }

    /// What is copied out of a reference is none: it is carried.
    fn keep_copies(&mut self, pat: &Pat, locals: &mut Vec<LocalId>) {
        let copied = pattern::copied(pat);
        locals.retain(|local| {
            let variable = &mut self.machine.locals[local.0];
            let copied = copied.contains(&variable.ident);
            (variable.plain, variable.copy) = (variable.plain || copied, variable.copy || copied);
            !copied
        });
    }

    /// What borrows places, and can do so again.
    pub(super) fn borrows_again(&self, expr: &Expr) -> bool {
        let inner = match syntax::inner(expr) {
            Expr::Reference(reference) if reference.mutability.is_none() => &reference.expr,
            other => other,
        };
        self.borrows_place(expr) || self.borrows_places(inner)
    }

    /// `(&place, &mut other)`, `Some(&place)`: rustc refuses what has a drop of its own.
    fn borrows_places(&self, expr: &Expr) -> bool {
        let parts: Vec<&Expr> = match syntax::inner(expr) {
            Expr::Tuple(tuple) => tuple.elems.iter().collect(),
            Expr::Array(array) => array.elems.iter().collect(),
            Expr::Call(call) if syntax::is_constructor(&call.func) => call.args.iter().collect(),
            Expr::Struct(literal) if literal.rest.is_none() => literal.fields.iter().map(|field| &field.expr).collect(),
            _ => Vec::new(),
        };
        let borrows = |part: &&Expr| self.borrows_place(part) || self.is_taken_again(part);
        !std_borrows::makes_guard(expr)
            && parts.iter().any(borrows)
            && parts.iter().all(|part| borrows(part) || syntax::is_constant(part))
    }

    /// `r` with `let r = &place;`, which is taken again itself.
    fn is_taken_again(&self, expr: &Expr) -> bool {
        let local = syntax::variable(expr).and_then(|name| self.machine.lookup(self.env, name));
        let derived = local.and_then(|local| self.machine.local(local).derived);
        let Some(Stmt::Local(taken)) = derived.map(|id| &self.machine.derivations[id.0].code.syntax) else {
            return false;
        };
        let value = taken.init.as_ref().map(|init| syntax::inner(&init.expr));
        let shared = matches!(value, Some(Expr::Reference(reference)) if reference.mutability.is_none());
        shared && pattern::single(&taken.pat).is_some()
    }

    /// `&place`, `&mut place`, `&raw const place`, `place.as_str()`: taken of a variable whose own life it may not outlast.
    pub(super) fn borrows_place(&self, expr: &Expr) -> bool {
        self.borrowed_place(expr)
            .is_some_and(|place| self.is_quiet_place(place) && self.owned_root(place).is_some())
    }

    pub(super) fn borrowed_place<'e>(&self, expr: &'e Expr) -> Option<&'e Expr> {
        match syntax::inner(expr) {
            Expr::Reference(reference) => match syntax::inner(&reference.expr) {
                of_reference @ Expr::Reference(_) => self.borrowed_place(of_reference),
                place => Some(place),
            },
            Expr::RawAddr(address) => Some(&address.expr),
            Expr::Cast(cast) if matches!(*cast.ty, Type::Ptr(_) | Type::Reference(_)) => {
                self.borrowed_place(&cast.expr)
            }
            Expr::MethodCall(call) if call.args.is_empty() && syntax::is_view(&call.method) => Some(&call.receiver),
            Expr::Call(call) if syntax::makes_pointer(call) => {
                call.args.first().and_then(|value| self.borrowed_place(value))
            }
            _ => None,
        }
    }

    /// A closure that captures by reference, as far as its mentions tell. Where one is by value, the closure may own what
    /// it captures: it is made again only if it was found to be needed after a suspension.
    fn is_borrowing_closure(&self, pat: &Pat, expr: &Expr) -> bool {
        match syntax::inner(expr) {
            Expr::Closure(ExprClosure { capture: None, .. }) => {}
            // It is awaited once, and does nothing before.
            Expr::Async(block) if block.capture.is_none() && is_fixed(pat) => {}
            _ => return false,
        }
        let (mut captures, mut moves) = (false, false);
        effects::of_expr(&self.machine, self.env, expr).each(&mut |effect| match effect {
            Effect::Move(_) => moves = true,
            Effect::Read(_) => captures = true,
            _ => {}
        });
        let hinted = |hints: &BTreeSet<Key>| {
            pattern::single(pat).is_some_and(|pat| hints.contains(&self.machine.keys.next(&pat.ident)))
        };
        (captures && !moves || hinted(&self.hints.again)) && !hinted(&self.hints.carried)
    }

    /// A closure that has nothing to drop: all that it captures, it borrows.
    pub(super) fn only_borrows(&self, expr: &Expr) -> bool {
        let Expr::Closure(ExprClosure { capture: None, .. }) = syntax::inner(expr) else {
            return false;
        };
        let mut takes = false;
        effects::of_expr(&self.machine, self.env, expr)
            .each(&mut |effect| takes |= matches!(effect, Effect::Move(_) | Effect::Part(_)));
        !takes
    }

    /// `mut left` of `(mut left, mut right)`: what it refers to may be something else by now. A closure is the same all the time.
    fn keep_changing(&self, pat: &Pat, locals: &mut Vec<LocalId>) {
        if pattern::single(pat).is_none() {
            locals.retain(|local| !self.machine.local(*local).mutable);
        }
    }

    /// The variables of a pattern that refer into a place which is carried.
    pub(super) fn derive_pattern(&mut self, scrutinee: &Expr, pat: &Pat, locals: &[LocalId]) {
        self.note_referred(scrutinee, pat, locals);
        let borrowed = self.borrows_again(scrutinee) || self.refers_to_derived(scrutinee);
        let by_ref = syntax::is_place(scrutinee)
            && self.is_quiet_place(scrutinee)
            && self.owned_root(scrutinee).is_some()
            && pattern::binds_by_ref(pat);
        if (borrowed || by_ref) && !self.is_reborrowed(pat, scrutinee, locals) {
            let derived = match borrowed {
                true => locals.to_vec(),
                false => by_reference(pat, scrutinee, locals, self),
            };
            self.derive_from(scrutinee, pat, derived);
        } else if !borrowed {
            self.derive_elements(scrutinee, pat, locals);
        }
    }

    /// `l` of `(Some(x), l) = (list.pop(), &list)`: the element is taken again, though the tuple cannot be.
    fn derive_elements(&mut self, scrutinee: &Expr, pat: &Pat, locals: &[LocalId]) {
        let (Some(values), Pat::Tuple(pats)) = (self.elements(scrutinee), pattern::unguarded(pat)) else {
            return;
        };
        if values.len() != pats.elems.len() || pats.elems.iter().any(|pat| matches!(pat, Pat::Rest(_))) {
            return;
        }
        for (value, pat) in std::iter::zip(&values, &pats.elems) {
            let names = pattern::names(pat);
            let is_bound = |local: &&LocalId| names.contains(&self.machine.local(**local).ident);
            let bound: Vec<_> = locals.iter().filter(is_bound).copied().collect();
            if !bound.is_empty() && self.borrows_again(value) {
                self.derive_pattern(value, pat, &bound);
            }
        }
    }

    /// The elements of a tuple, be it in a variable of ours.
    fn elements(&self, tuple: &Expr) -> Option<Vec<Expr>> {
        if let Expr::Tuple(tuple) = syntax::inner(tuple) {
            return Some(tuple.elems.iter().cloned().collect());
        }
        let local = self.machine.lookup(self.env, syntax::variable(tuple)?)?;
        Some(self.machine.local(local).elements.clone())
    }

    /// As [`derive_pattern`](Self::derive_pattern), for a scrutinee that is known to be a borrow.
    pub(super) fn derive_matched(&mut self, scrutinee: &Expr, pat: &Pat, locals: &[LocalId]) {
        self.derive_from(scrutinee, pat, locals.to_vec());
    }

    fn derive_from(&mut self, scrutinee: &Expr, pat: &Pat, mut locals: Vec<LocalId>) {
        let pat = match pat {
            Pat::Guard(guard) => &guard.pat,
            other => other,
        };
        self.keep_copies(pat, &mut locals);
        self.keep_changing(pat, &mut locals);
        let again = match self.again(pat, &locals) {
            alternatives @ Pat::Or(_) => parse_quote!((#alternatives)),
            other => other,
        };
        let stmt: Stmt = match is_irrefutable(&again) {
            true => parse_quote!(let #again = #scrutinee;),
            false => {
                let unreachable = self.names.path("unreachable_pattern");
                parse_quote!(let #again = #scrutinee else { #unreachable() };)
            }
        };
        self.derive(stmt, self.env, locals);
    }

    /// The pattern that takes these variables again.
    fn again(&self, pat: &Pat, derived: &[LocalId]) -> Pat {
        let unneeded = |binding: &syn::PatIdent| {
            let is = |local: &LocalId| self.machine.local(*local).ident == binding.ident;
            !derived.iter().any(is)
        };
        pattern::without(pat, &unneeded)
    }

    /// A place in what a derived variable refers to.
    fn refers_to_derived(&self, scrutinee: &Expr) -> bool {
        let root = syntax::root(scrutinee).and_then(|name| self.machine.lookup(self.env, name));
        self.is_quiet_place(scrutinee) && root.is_some_and(|local| self.machine.local(local).derived.is_some())
    }

    /// What a loop iterates over by reference, if that is a variable's place: `&list`, `list.iter()`.
    pub(super) fn borrowed_collection(&self, iterated: &Expr, number: usize) -> Option<Expr> {
        let collection: Expr = match syntax::inner(iterated) {
            Expr::Reference(reference) => Expr::Reference(reference.clone()),
            Expr::MethodCall(call) if call.args.is_empty() => {
                let receiver = &call.receiver;
                let at = ours(receiver.span());
                match call.method.to_string().as_str() {
                    "iter" => parse_quote_spanned!(at=> &#receiver),
                    "iter_mut" => parse_quote_spanned!(at=> &mut #receiver),
                    _ => return None,
                }
            }
            Expr::Path(_) => {
                let local = self.machine.lookup(self.env, syntax::variable(iterated)?)?;
                let derived = self.machine.local(local).derived.is_some();
                return derived.then(|| {
                    let name = &self.machine.local(local).ident;
                    parse_quote!(#name)
                });
            }
            _ => return None,
        };
        let Expr::Reference(reference) = &collection else {
            return None;
        };
        let place = &reference.expr;
        let at = ours(place.span());
        let root = self.owned_root(place)?;
        let local = self.machine.local(root);
        let by_use = reference.mutability.is_some() && self.is_reference_by_use(root, place);
        let borrowed_from_outside = by_use || self.is_mut_reference(root);
        let by_position = (!borrowed_from_outside || self.hints.positional.contains(&number))
            && !self.hints.iterated.contains(&number);
        let refers = borrowed_from_outside || reference.mutability.is_some() && local.derived.is_some();
        let collection = match (refers && syntax::variable(place).is_some(), reference.mutability) {
            (true, Some(_)) => parse_quote_spanned!(at=> &mut *#place),
            (true, None) => parse_quote_spanned!(at=> &*#place),
            (false, _) => collection.clone(),
        };
        (by_position && self.is_quiet_place(place)).then_some(collection)
    }

    /// The variable that an iterator may borrow although the loop carries it.
    pub(super) fn lent_root(&self, iterated: &Expr) -> Option<LocalId> {
        let place = match syntax::inner(iterated) {
            Expr::Reference(reference) => &reference.expr,
            Expr::MethodCall(call) if call.method == "iter" || call.method == "iter_mut" => &call.receiver,
            _ => return None,
        };
        self.owned_root(place)
    }
}

/// A variable that is not `mut`.
fn is_fixed(pat: &Pat) -> bool {
    pattern::single(pat).is_some_and(|pat| pat.mutability.is_none() || pat.by_ref.is_some())
}

/// What is made again does not use up what it is made of.
fn captured_again(effect: &mut Effect) {
    if let Effect::Move(local) = effect {
        *effect = Effect::Read(*local);
    }
}

/// The locals of a pattern that are references into what is matched.
fn by_reference(pat: &Pat, init: &Expr, locals: &[LocalId], lower: &Lower) -> Vec<LocalId> {
    if !pattern::binds_by_ref(pat) || !syntax::is_place(init) {
        return locals.to_vec();
    }
    let refs: Vec<_> = pattern::bindings(pat)
        .into_iter()
        .filter(|b| b.by_ref.is_some())
        .map(|b| b.ident)
        .collect();
    let is_ref = |local: &&LocalId| refs.contains(&lower.machine.local(**local).ident);
    locals.iter().filter(is_ref).copied().collect()
}

fn is_irrefutable(pat: &Pat) -> bool {
    match pat {
        Pat::Wild(_) | Pat::Rest(_) => true,
        Pat::Ident(ident) => match &ident.subpat {
            Some((_, pat)) => is_irrefutable(pat),
            None => pattern::single(pat).is_some() || ident.by_ref.is_some(),
        },
        Pat::Tuple(tuple) => tuple.elems.iter().all(is_irrefutable),
        Pat::Paren(paren) => is_irrefutable(&paren.pat),
        Pat::Reference(reference) => is_irrefutable(&reference.pat),
        Pat::Type(typed) => is_irrefutable(&typed.pat),
        _ => false,
    }
}
