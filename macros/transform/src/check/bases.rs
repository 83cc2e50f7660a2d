//! Struct updates whose leftovers a machine would have to keep in several ways: a state has one type for each variable.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Error, Expr, spanned::Spanned};

use crate::{
    ir::{Effect, LocalId, Machine},
    layout::{Form, Layout},
    syntax,
};

/// For each variable, the fields of it that each struct update leaves.
type Left = BTreeMap<LocalId, Vec<Vec<Expr>>>;

/// An error for each variable of which two places leave fields, at the second of them.
pub(crate) fn check(machine: &Machine, layout: &Layout) -> Vec<Error> {
    let held = layout.states.iter().flat_map(|state| state.carried());
    let held: BTreeSet<_> = held
        .filter(|field| field.form == Form::Held)
        .map(|field| field.local)
        .collect();
    let left = left(machine).into_iter().filter(|(local, _)| held.contains(local));
    left.filter_map(|(local, places)| refused(machine, local, &places))
        .collect()
}

fn left(machine: &Machine) -> Left {
    let mut left = Left::new();
    for block in &machine.order {
        machine.block(*block).body.each(&mut |body| {
            body.own_effects(&mut |effect| {
                for (local, fields) in of_code(machine, effect) {
                    left.entry(local).or_default().push(fields);
                }
            });
        });
    }
    left
}

/// What one piece of code leaves.
fn of_code(machine: &Machine, effect: &Effect) -> BTreeMap<LocalId, Vec<Expr>> {
    let mut left: BTreeMap<_, Vec<_>> = BTreeMap::new();
    effect.each(&mut |leaf| {
        if let Effect::Part(part) = leaf
            && machine.is_left(*part)
        {
            let part = &machine.parts.borrow()[part.0];
            left.entry(part.local).or_default().push(part.evidence.clone());
        }
    });
    left
}

fn refused(machine: &Machine, local: LocalId, places: &[Vec<Expr>]) -> Option<Error> {
    let names =
        |fields: &[Expr]| -> Vec<_> { fields.iter().map(|field| field.to_token_stream().to_string()).collect() };
    let [first, others @ ..] = places else { return None };
    // One field is kept as it is, wherever it is left.
    let differs = |other: &&Vec<Expr>| first.len() > 1 || other.len() > 1 || names(first) != names(other);
    let second = others.iter().find(differs)?;
    let name = &machine.local(local).ident;
    let at = second
        .first()
        .and_then(|field| syntax::owner(field))
        .map_or(name.span(), Spanned::span);
    Some(Error::new(
        at,
        format!(
            "what `..{name}` leaves is kept to the end of its scope, across a suspension, and another `..{name}` leaves it in \
             another way\nhelp: end its scope here: `let {name} = {name};` in front of it"
        ),
    ))
}
