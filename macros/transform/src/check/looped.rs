//! A list that is changed by a method while a loop over a borrow of it goes on: rustc would see no borrow, as the loop carries a
//! position.

use syn::Error;

use crate::{flow::Flow, ir::Machine};

/// An error for each such list, at the method.
pub(crate) fn check(machine: &Machine, flow: &Flow) -> Vec<Error> {
    let refused = flow.changed_in_loops.iter().map(|(list, method)| {
        let list = &machine.local(*list).ident;
        Error::new(
            method.span(),
            format!(
                "`{method}` cannot borrow `{list}` as mutable, because the loop around it borrows `{list}` too\n\
                 help: go by index, which borrows nothing in between: `let mut index = 0; while index < {list}.len() {{ .. }}`"
            ),
        )
    });
    refused.collect()
}
