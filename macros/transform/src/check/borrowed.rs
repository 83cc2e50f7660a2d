//! A borrow of a variable that certainly would have to be carried beside it: rustc would say so of the machine, twice.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Error, Expr};

use crate::{
    ir::{LocalId, Machine},
    layout::{Form, Layout, State},
    source::quote_source,
    std_borrows::{self, Gives},
    syntax,
};

/// What a variable certainly borrows.
#[derive(Clone)]
pub(crate) struct Borrow {
    pub of: LocalId,
    /// What it is: an expression in which a method borrows the variable.
    pub value: Expr,
}

/// An error for each such variable that is carried, at the method that borrows: what it borrows moves.
pub(crate) fn check(machine: &Machine, layout: &Layout, is_async: bool) -> Vec<Error> {
    let carried = layout.states.iter().flat_map(State::carried);
    let plain = carried.filter(|field| field.form == Form::Plain);
    let refused: BTreeSet<_> = plain.map(|field| field.local).collect();
    let borrows = refused
        .into_iter()
        .filter_map(|local| machine.local(local).borrow.as_ref());
    let mut errors: BTreeMap<_, _> = BTreeMap::new();
    for borrow in borrows {
        if let Some(error) = refuse(machine, borrow, is_async) {
            errors.insert(borrow.of, error);
        }
    }
    errors.into_values().collect()
}

fn refuse(machine: &Machine, borrow: &Borrow, is_async: bool) -> Option<Error> {
    let (call, owner, gives) = std_borrows::borrower(&borrow.value)?;
    let (method, value) = (&call.method, &borrow.value);
    let value = quote_source(&quote::quote!(#value), 80);
    let by_reference = match machine
        .in_scope(machine.block(machine.order[0]).env)
        .contains(&borrow.of)
    {
        true => format!("take `{owner}` by reference: a borrow of what the caller keeps can be kept"),
        false => format!("take `{owner}` as an argument by reference: a borrow of what the caller keeps can be kept"),
    };
    let changes = method.to_string().ends_with("_mut");
    let other = match gives {
        Gives::Iterator if changes => "go by index, which borrows nothing in between".to_owned(),
        Gives::Iterator if !std_borrows::gives_references(&borrow.value) => {
            format!("collect first: `let values: Vec<_> = {value}.collect();`")
        }
        Gives::Iterator => {
            format!("collect first: `let values: Vec<_> = {value}.map(|value| value.to_owned()).collect();`")
        }
        Gives::Guard => {
            format!("end it before the suspension: `let value = {{ let guard = {value}; guard.clone() }};`")
        }
        Gives::Reference if changes => "look it up again behind the suspension".to_owned(),
        Gives::Reference => format!("clone it: `{value}.{}()`", clones(&borrow.value)),
    };
    let enclose = match is_async {
        true => "\nhelp: or enclose what uses it in an `async` block, and await that: `async { .. }.await`",
        false => "",
    };
    Some(Error::new(
        method.span(),
        format!(
            "what `{method}` gives borrows `{owner}`, and is needed after a suspension, at which `{owner}` moves into the \
             state of the machine\nhelp: {by_reference}\nhelp: or {other}{enclose}"
        ),
    ))
}

/// The method that gives a value of its own.
fn clones(value: &Expr) -> &'static str {
    match syntax::inner(value) {
        Expr::MethodCall(call) if call.method == "as_str" || call.method == "as_slice" => "to_owned",
        Expr::MethodCall(call) if call.method == "unwrap" || call.method == "expect" => "clone",
        _ => "cloned",
    }
}
