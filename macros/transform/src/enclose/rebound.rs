//! Builders, and states as types: a variable that gives way to what a method makes of it.
//!
//! ```text
//! let request = request.header("id", id);
//! let session = session.login(&key).await?;
//! let made = request.header("id", id).build()?;
//! ```
//!
//! Such a method takes what it is called on, if its name is not one of std's that borrow, or one of numbers.

use proc_macro2::Ident;
use syn::{Expr, ExprMethodCall, Local, Stmt};

use super::{Enclose, consumed::is_taking};
use crate::{pattern, std_borrows, std_values, syntax};

impl Enclose {
    /// The call in the statement that most likely takes a local.
    pub(super) fn gives_way<'s>(&self, stmt: &'s Stmt) -> Option<&'s ExprMethodCall> {
        let Stmt::Local(Local {
            pat, init: Some(init), ..
        }) = stmt
        else {
            return None;
        };
        let mut chain = Vec::new();
        calls(&init.expr, &mut chain);
        let call = *chain.last()?;
        let name = syntax::variable(&call.receiver)?;
        let variable = self.variables.get(name)?;
        let rebound = pattern::names(pat).contains(name);
        let built = chain[..chain.len() - 1]
            .iter()
            .any(|call| is_taking(&call.method.to_string()));
        let consumes = syntax::consumes_receiver(call) && (variable.of_std || !std_values::is_doubtful(&call.method));
        let known = consumes || std_borrows::borrows(&call.method) || is_of_std(&call.method);
        ((rebound && !variable.of_std || built) && !known && !variable.stays()).then_some(call)
    }
}

/// The method calls of a chain, the outermost first.
fn calls<'e>(expr: &'e Expr, chain: &mut Vec<&'e ExprMethodCall>) {
    match expr {
        Expr::Paren(paren) => calls(&paren.expr, chain),
        Expr::Try(tried) => calls(&tried.expr, chain),
        Expr::Await(awaited) => calls(&awaited.base, chain),
        Expr::Match(matched) => calls(&matched.expr, chain),
        Expr::MethodCall(call) => {
            chain.push(call);
            calls(&call.receiver, chain);
        }
        _ => {}
    }
}

/// `n.min(limit)`, `n.saturating_sub(1)`, `text.trim()`
fn is_of_std(method: &Ident) -> bool {
    const NAMES: [&str; 8] = ["abs", "ceil", "clamp", "floor", "max", "min", "round", "sqrt"];
    const PREFIXES: [&str; 11] = [
        "abs_",
        "checked_",
        "parse",
        "pow",
        "rem_",
        "rotate_",
        "saturating_",
        "split",
        "strip_",
        "trim",
        "wrapping_",
    ];
    let name = method.to_string();
    NAMES.contains(&name.as_str()) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}
