//! The errors of this pass.

use proc_macro2::Span;
use quote::quote;
use syn::{Error, Stmt};

const WHY: &str = "borrows a local, which a machine moves from state to state";

pub(super) fn leaves(at: Span, stmt: &Stmt) -> Error {
    let stmt = crate::source::quote_source(&quote!(#stmt), 60);
    Error::new(
        at,
        format!(
            "what this await gives {WHY}\n\
             help: enclose what uses it, and leave it behind that: `let left = async {{ {stmt} .. }}.await;`\n\
             help: or take the owner as an argument by reference"
        ),
    )
}

pub(super) fn in_expression(at: Span) -> Error {
    Error::new(
        at,
        format!("what this await gives {WHY}\nhelp: bind it with a `let` of its own: `let guard = ..;`"),
    )
}
