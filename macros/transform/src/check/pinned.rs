//! A `pin!` that is needed after a suspension: what it pins lives in the stack frame of one step.

use std::collections::BTreeSet;

use syn::Error;

use crate::{
    ir::Machine,
    layout::{Layout, State},
};

/// An error for each such variable, at the macro.
pub(crate) fn check(machine: &Machine, layout: &Layout) -> Vec<Error> {
    let carried = layout.states.iter().flat_map(State::kept);
    let pinned: BTreeSet<_> = carried.map(|field| field.local).collect();
    let errors = pinned.into_iter().filter_map(|local| {
        let variable = machine.local(local);
        variable.pinned.map(|at| {
            let name = &variable.ident;
            Error::new(
                at,
                format!(
                    "`pin!` cannot be kept across a suspension: it pins to the stack frame, and `{name}` would outlive it\n\
                     help: pin it to the heap: `let mut {name} = Box::pin(..);`"
                ),
            )
        })
    });
    errors.collect()
}
