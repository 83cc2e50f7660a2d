//! `yield_from!` of an iterator that stays in the state while it runs: it may be large, and is only ever asked for the next item.
//!
//! ```text
//! // Input: at the state
//! State::From0 { mut inner } => match Iterator::next(&mut inner) { Some(value) => .., None => after }
//! // Output: in front of all states, and at the state
//! let value = match state { State::From0 { inner } => Iterator::next(inner), _ => None };
//! if let Some(value) = value { return Yielded(value); }
//! State::From0 { inner } => after
//! ```
//!
//! What is in the state while a panic passes is dropped with it by `delegating`, which makes the machine.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{
    Expr, Type,
    visit::{self, Visit},
};

use super::{Parts, body::Writer};
use crate::{
    ir::{Arm, BlockId, Code, End, Machine, Role, Suspension},
    layout::{Form, Layout, State},
    signature::{Kind, bare},
    span::{ours, shown_at},
    syntax,
};

/// The arms of a step of the inner iterator.
pub(super) struct Delegate<'a> {
    /// `Iterator::next`
    next: &'a Expr,
    /// The variable of the inner iterator, as the state and as the step calls it.
    inner: (Ident, Ident),
    /// Whether the state has other fields.
    has_more: bool,
    /// `Iterator::next(&mut inner)`
    pub(super) asked: &'a Code<Expr>,
    /// `Some(value) => ..`
    item: (&'a Arm, &'a Suspension),
    /// `None => ..`
    pub(super) end: &'a Arm,
}

/// The delegates that stay in their states.
pub(super) fn staying<'a>(parts: &Parts, machine: &'a Machine, layout: &'a Layout) -> BTreeMap<BlockId, Delegate<'a>> {
    match &parts.returned.kind {
        Kind::Iterator { item } if parts.function.recursive.is_none() && !coerces(item) => {
            let found = layout
                .written()
                .filter_map(|state| Some((state.block, delegate(machine, state)?)));
            found.collect()
        }
        _ => BTreeMap::new(),
    }
}

fn delegate<'a>(machine: &'a Machine, state: &'a State) -> Option<Delegate<'a>> {
    let block = machine.block(state.block);
    let End::Match { scrutinee, arms } = &block.body.end else {
        return None;
    };
    let (Expr::Call(call), [item, end]) = (&scrutinee.syntax, &arms[..]) else {
        return None;
    };
    let Some(Expr::Reference(lent)) = call.args.first() else {
        return None;
    };
    let inner = syntax::variable(&lent.expr)?;
    let local = machine.lookup(scrutinee.env, inner)?;
    let field = state.fields.iter().find(|field| field.local == local)?;
    let End::Suspend(suspension) = &item.body.end else {
        return None;
    };
    let comes_back = suspension.resume == state.block && item.body.nodes.is_empty();
    let is_delegate = block.role == Role::From && block.body.nodes.is_empty() && machine.local(local).ours;
    (comes_back && is_delegate && field.form == Form::Plain).then(|| Delegate {
        next: &call.func,
        inner: (field.name.clone(), Ident::new(&field.name.to_string(), inner.span())),
        has_more: state.fields.len() > 1,
        asked: scrutinee,
        item: (item, suspension),
        end,
    })
}

impl Writer<'_> {
    /// A step of the inner iterator that runs, if one does.
    pub(super) fn steps_of_delegates(&mut self) -> TokenStream {
        let Some(Delegate { item, .. }) = self.delegates.values().next() else {
            return TokenStream::new();
        };
        let (arm, suspension) = *item;
        let at = ours(suspension.place.name);
        let state = shown_at(&self.names.state, at);
        let none = self.names.path_written_at("None", at);
        let (found, value) = (&arm.pattern.syntax, self.expr(&suspension.value));
        let yielded = self.yielded(&quote!(#value), suspension.place);
        let enumeration = &self.names.enumeration;
        let steps = self.layout.written().filter_map(|written| {
            let delegate = self.delegates.get(&written.block)?;
            let (name, next, (field, inner)) = (&written.name, delegate.next, &delegate.inner);
            let rest = delegate.has_more.then(|| quote!(, ..));
            let asked = quote_spanned!(inner.span()=> #next(#inner));
            Some(quote!(#enumeration::#name { #field #rest } => #asked,))
        });
        quote_spanned!(at=>
            let #value = match #state { #(#steps)* _ => #none };
            if let #found = #value { return #yielded; }
        )
    }
}

/// Whether a value of another type may be yielded as one of this: `Box<u8>` as `Box<dyn Display>`, `&String` as `&str`. rustc
/// has to know the type of the inner iterator then, where its items are, and the state is made further below.
fn coerces(item: &Type) -> bool {
    let mut found = Unsized(false);
    found.visit_type(item);
    let item = bare(item);
    found.0 || matches!(item, Type::Reference(_) | Type::Ptr(_) | Type::FnPtr(_))
}

/// Finds types without a size.
struct Unsized(bool);

impl Visit<'_> for Unsized {
    fn visit_type(&mut self, ty: &Type) {
        self.0 |= matches!(ty, Type::TraitObject(_) | Type::Slice(_));
        visit::visit_type(self, ty);
    }
}
