//! The table of contents: one function, from tokens to tokens, a line for each pass.

mod again;
mod used_names;

pub(crate) use self::used_names::{Names, is_in_prelude};

use std::{collections::BTreeSet, iter};

use proc_macro2::TokenStream;
use syn::{Error, ItemFn};

use crate::{
    apart, arrays, assertions,
    attribute::Arguments,
    boxed_body, capitals, check,
    desugar::{self, Rules},
    edition::Edition,
    emit, enclose, flow,
    function::{self, Parsed},
    hoist,
    ir::{Key, Machine},
    layout, lifetimes,
    lower::{self, Function, Hints},
    signature, simplify, stages, validate,
};

/// How often a function may be lowered again with what was learnt.
const ATTEMPTS: usize = 16;

/// The expansion of an annotated function, or everything that is wrong with it.
pub(crate) fn expand(edition: Edition, arguments: Arguments, item: &ItemFn) -> Result<TokenStream, Vec<Error>> {
    let returned = signature::returned(&item.sig).map_err(|error| {
        // What a suspension may be, only the kind of the function tells.
        let others = check::of_any(&item.block, &item.sig);
        let error = check::not_async(item).unwrap_or(error);
        iter::once(error).chain(others).collect::<Vec<_>>()
    })?;
    let names = Names::new(arguments.krate, &returned.kind, item);
    let mut body = item.block.as_ref().clone();
    let boxed_by = boxed_body::unwrap(&mut body, &item.sig, &returned.kind);
    let not_body = boxed_body::refused(&body, &item.sig, &returned.kind);
    let hoisted = hoist::hoist(&mut body);
    capitals::mark(&mut body);
    assertions::take_apart(&mut body, &mut names.namespace.borrow_mut());
    // Without a receiver it stays `self`, and rustc says that there is none.
    let this = match item.sig.receiver() {
        Some(_) => names.this.to_string(),
        None => "self".to_owned(),
    };
    let rules = Rules {
        this: &this,
        kind: &returned.kind,
        branch: &|number, count| names.branch(number, count),
    };
    let (mut errors, mut stage) = (Vec::from_iter(not_body), None);
    if returned.kind.is_async() {
        errors.extend(enclose::enclose(&mut body, &item.sig, &returned.kind, &names.this));
        if errors.is_empty() && cfg!(debug_assertions) {
            validate::enclosed(&body);
        }
        stage = Some(stages::of_body(&body, &returned.kind));
    }
    let of_two_lifetimes = item.sig.asyncness.is_some() && lifetimes::come_together(&item.sig, &body);
    errors.extend(desugar::desugar(&mut body, &rules));
    errors.extend(check::first(arguments.first.as_ref(), &returned));
    let recursive = arguments.recursive.as_ref();
    errors.extend(check::body(&body, &item.sig, &returned, &names.this, recursive));
    let is_iterator = matches!(returned.kind, signature::Kind::Iterator { .. });
    let recursive = recursive
        .filter(|_| is_iterator)
        .map(|_| check::CalledAs::of(&body, &item.sig));
    let first = arguments.first.map(|first| first.name);
    let Parsed { mut function, outcome } = function::parse(item, body, &returned, first, &names);
    function.edition = edition;
    function.recursive = recursive;
    let parts = emit::Parts {
        item,
        items: &hoisted,
        returned: &returned,
        boxed_by: boxed_by.as_ref(),
        of_two_lifetimes,
        outcome: &outcome,
        function: &function,
        stage: stage.as_deref(),
        arrays: &[],
    };
    // A body that is refused already is looked at to its end, to see what else is wrong with it.
    let sound = errors.is_empty();
    match attempts(&parts, &names, sound) {
        Ok(tokens) if sound => Ok(tokens),
        expansion => {
            errors.extend(expansion.err().into_iter().flatten());
            Err(errors)
        }
    }
}

/// The passes from `lower` on, again and again with what was learnt.
fn attempts(parts: &emit::Parts, names: &Names, sound: bool) -> Result<TokenStream, Vec<Error>> {
    let mut hints = Hints::default();
    let unused = names.namespace.borrow().clone();
    for _ in 0..ATTEMPTS {
        names.start_again(&unused);
        match attempt(parts, names, &hints, sound)? {
            Attempt::Done(tokens) => return Ok(tokens),
            Attempt::Again(better) => hints = better,
            Attempt::Arrays(function, arrays) => {
                let parts = emit::Parts {
                    function: &function,
                    arrays: &arrays,
                    ..*parts
                };
                return attempts(&parts, names, sound);
            }
            Attempt::Apart(function) => {
                let parts = emit::Parts {
                    function: &function,
                    ..*parts
                };
                return attempts(&parts, names, sound);
            }
        }
    }
    Err(vec![unclear(&Machine::new(), &BTreeSet::new(), parts.item)])
}

enum Attempt {
    Done(TokenStream),
    /// Something was learnt.
    Again(Hints),
    /// A reference cannot be carried as a whole.
    Apart(Box<Function>),
    /// Large arrays move, and need not.
    Arrays(Box<Function>, Vec<arrays::Array>),
}

fn attempt(parts: &emit::Parts, names: &Names, hints: &Hints, sound: bool) -> Result<Attempt, Vec<Error>> {
    let validates = sound && cfg!(debug_assertions);
    let lower::Lowered {
        mut machine,
        mut items,
        borrowing,
    } = lower::lower(parts.function, names, hints)?;
    items.extend(parts.items.iter().cloned());
    if validates {
        validate::lowered(&machine);
    }
    for local in layout::primitives(&machine) {
        machine.locals[local.0].plain = true;
    }
    let flow = flow::analyze(&mut machine);
    let apart = apart::apart(parts.function, &parts.returned.kind, &machine, &flow, &names.namespace);
    if let Some(function) = apart {
        return Ok(Attempt::Apart(Box::new(function)));
    }
    if let Some(better) = learnt(&machine, &flow, &borrowing, hints) {
        return Ok(Attempt::Again(better));
    }
    let suspensions = validates.then(|| validate::suspensions(&machine));
    simplify::simplify(&mut machine, &flow, &hints.pinned);
    let layout = layout::layout(&machine, &flow, names, parts.outcome.is_typed());
    if let Some(suspensions) = suspensions {
        validate::simplified(&machine, &suspensions);
        validate::laid_out(&machine, &flow, &layout);
    }
    // No pointer is dereferenced elsewhere, and few functions have any.
    let pointers = match names.namespace.borrow().mentions("unsafe") {
        true => check::used_as_pointers(parts.item),
        false => check::Pointers::default(),
    };
    let mut errors = check::assignments(&machine, &flow, &layout);
    errors.extend(check::pins(&machine, &layout));
    errors.extend(check::bases(&machine, &layout));
    errors.extend(check::captures(&machine, &layout));
    errors.extend(check::pointers(&machine, &flow, &layout, &pointers.dereferenced));
    errors.extend(check::changed_in_loops(&machine, &flow));
    errors.extend(check::borrows(&machine, &layout, parts.returned.kind.is_async()));
    if !errors.is_empty() {
        return Err(errors);
    }
    let parts = emit::Parts {
        items: &items,
        ..*parts
    };
    if parts.arrays.is_empty()
        && let Some((function, arrays)) = arrays::stay(parts.function, &parts.returned.kind, &machine, &layout)
    {
        if validates {
            validate::rewritten(&function.body, &arrays);
        }
        return Ok(Attempt::Arrays(Box::new(function), arrays));
    }
    check::ask_of_pointers(&mut machine, &flow, &layout, &pointers.mentioned, names);
    match emit::emit(&parts, &machine, &flow, &layout, names) {
        Ok(emit::Emitted { function, arms }) => {
            if validates {
                validate::emitted(&function, &arms);
            }
            Ok(Attempt::Done(function))
        }
        Err(emit::Again(conditional)) if !conditional.is_subset(&hints.conditional) => {
            let mut better = hints.clone();
            better.conditional.extend(conditional);
            Ok(Attempt::Again(better))
        }
        Err(emit::Again(conditional)) => Err(vec![unclear(&machine, &conditional, parts.item)]),
    }
}

/// What `flow` found that `lower` has to know; one thing at a time, since the next may follow from it.
fn learnt(machine: &Machine, flow: &flow::Flow, borrowing: &[lower::Reborrow], hints: &Hints) -> Option<Hints> {
    let mut better = hints.clone();
    let copies = flow::copies(machine);
    let kept = kept(machine, &copies);
    let again = flow::closures_used_later(machine, flow);
    if !kept.is_subset(&hints.kept) {
        better.kept.extend(kept);
    } else if !copies.is_subset(&hints.copies) {
        better.copies.extend(copies);
    } else if outdated(machine, flow, &mut better) {
        return Some(better);
    } else if !again.is_subset(&hints.again) {
        better.again.extend(again);
    } else {
        return again::taken_again(flow, machine, borrowing, hints);
    }
    Some(better)
}

/// Whether something would be taken again of what has changed in the meantime: it is carried instead.
fn outdated(machine: &Machine, flow: &flow::Flow, better: &mut Hints) -> bool {
    for local in &flow.outdated {
        let variable = machine.local(*local);
        match machine.positions.get(local) {
            Some(position) => drop(better.iterated.insert(position.number)),
            None => drop(better.carried.insert(variable.key.clone())),
        }
    }
    !flow.outdated.is_empty()
}

/// What a method was thought to take, and is used again: the method borrows it.
fn kept(machine: &Machine, copies: &BTreeSet<Key>) -> BTreeSet<Key> {
    let sources = machine.sources.borrow();
    let consumed = machine.consumed.iter().chain(sources.iter());
    let keys = consumed.map(|local| machine.local(*local).key.clone());
    keys.filter(|key| copies.contains(key)).collect()
}

/// What cannot be followed, at the variable.
fn unclear(machine: &Machine, conditional: &BTreeSet<String>, item: &ItemFn) -> Error {
    let variable = machine
        .locals
        .iter()
        .find(|local| conditional.contains(&local.ident.to_string()));
    let ident = variable.map_or(&item.sig.ident, |local| &local.ident);
    Error::new(
        ident.span(),
        format!(
            "whether `{ident}` still has a value at a later suspension depends on the path, in a way that `#[coro]` cannot \
             follow\nhelp: give it up on the other paths too, with `drop({ident})`, or keep it in an `Option`"
        ),
    )
}
