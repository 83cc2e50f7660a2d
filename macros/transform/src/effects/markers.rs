//! Macros of ours that stand in verbatim code for what the user did not write: a jump, what a resumed await gives.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Expr, Macro, MacroDelimiter, Stmt, StmtMacro, Token, token::Paren};

use crate::ir::JumpId;

/// The marker that stands in verbatim code for a jump to a block of the machine.
pub(crate) const JUMP: &str = "unawait_jump";

/// The marker that stands in verbatim code for what a resumed await gives.
const RECEIVED: &str = "unawait_received";

/// `unawait_received!()`
pub(crate) fn received(at: Span) -> Macro {
    Macro {
        path: Ident::new(RECEIVED, at).into(),
        bang_token: Token![!](at),
        delimiter: MacroDelimiter::Paren(Paren(at)),
        tokens: TokenStream::new(),
    }
}

/// A marker as a statement of its own.
pub(crate) fn statement(mac: Macro) -> Stmt {
    Stmt::Macro(StmtMacro {
        attrs: Vec::new(),
        mac,
        semi_token: Some(<Token![;]>::default()),
    })
}

/// Whether the statement binds, or drops, what a resumed await gives.
pub(crate) fn is_received(stmt: &Stmt) -> bool {
    let value = match stmt {
        Stmt::Local(local) => local.init.as_ref().map(|init| &*init.expr),
        Stmt::Expr(expr, _) => Some(expr),
        Stmt::Macro(mac) => return mac.mac.path.is_ident(RECEIVED),
        Stmt::Item(_) => None,
    };
    matches!(value, Some(Expr::Macro(mac)) if mac.mac.path.is_ident(RECEIVED))
}

/// Whether this is one of the markers.
pub(crate) fn is_marker(mac: &Macro) -> bool {
    mac.path.is_ident(JUMP) || mac.path.is_ident(RECEIVED)
}

pub(crate) fn jump_of(mac: &Macro) -> Option<JumpId> {
    if !mac.path.is_ident(JUMP) {
        return None;
    }
    let number: syn::LitInt = mac.parse_body().ok()?;
    number.base10_parse().ok().map(JumpId)
}
