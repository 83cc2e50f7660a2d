//! Guards that `select!` and `join!` give.
//!
//! ```text
//! // Input:
//! select! { guard = mutex.lock() => guard.push(next().await), _ = stop => return }
//! // Output:
//! if async { select! { guard = mutex.lock() => .., _ = stop => return Break(()) } .. }.await.is_break() { return; }
//! ```

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Macro, Stmt, parse::ParseStream, parse::Parser};

use super::{Enclose, awaited_later::future_in, guards::giving};
use crate::{desugar, syntax};

impl Enclose {
    /// `let (one, other) = join!(mutex.lock(), ..);`
    pub(super) fn joins_guard(&self, mac: &Macro) -> Option<Span> {
        let is_join = mac
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "join" || last.ident == "try_join");
        let operands = desugar::awaited_operands(mac).filter(|_| is_join)?;
        operands.iter().find_map(|operand| self.lends_guard(operand))
    }

    /// A branch of `select!` that gets a guard.
    pub(super) fn selects_guard(&self, mac: &Macro) -> Option<Span> {
        if !desugar::is_awaiting(mac) {
            return None;
        }
        let future = |input: ParseStream| {
            let future: Expr = input.parse()?;
            input.parse::<TokenStream>()?;
            Ok(future)
        };
        let branches = desugar::scopes(mac)?.into_iter().filter(|(pat, ..)| pat.is_some());
        let mut futures = branches.filter_map(|(_, tokens, _)| future.parse2(tokens).ok());
        futures.find_map(|future| self.lends_guard(&future))
    }

    fn lends_guard(&self, future: &Expr) -> Option<Span> {
        let call = giving(future_in(future))?;
        let root = syntax::root(&call.receiver)?;
        self.moves(root).then(|| call.method.span())
    }

    /// A `select!` that is enclosed is an expression; without a `;`, only at the end of a block.
    pub(super) fn as_expression(&self, stmt: &mut Stmt, tail: bool) {
        if let Stmt::Macro(mac) = stmt
            && self.selects_guard(&mac.mac).is_some()
        {
            let semi = mac.semi_token.or((!tail).then(Default::default));
            let (attrs, mac) = (mac.attrs.clone(), mac.mac.clone());
            *stmt = Stmt::Expr(Expr::Macro(syn::ExprMacro { attrs, mac }), semi);
        }
    }
}
