//! What a step yields to wait for: the future of what is awaited, or a stream in place of one.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Expr, ExprMethodCall, parse_quote_spanned, spanned::Spanned};

use super::{body::Writer, rewrite::is_path};

impl Writer<'_> {
    /// `operand.awaitable()`: a method, because rustc says of a call of one in a word that the operand is no future.
    pub(super) fn future_of(&self, operand: &Expr, at: Span) -> TokenStream {
        if let Expr::Call(call) = operand
            && is_path(&call.func, &self.names.path("consumed"))
        {
            return operand.to_token_stream();
        }
        if self.names.is_imported("Awaitable") {
            return quote_spanned!(at=> #operand.awaitable());
        }
        let awaitable = self.names.path_written_at("Awaitable", at);
        quote_spanned!(at=> #awaitable::awaitable(#operand))
    }

    /// `stream.delegated()`: a method, for the same reason.
    pub(super) fn delegate_of(&self, operand: Expr) -> TokenStream {
        match operand {
            Expr::Call(call) if call.args.len() == 1 && self.names.is_imported("Delegated") => {
                let (stream, at) = (&call.args[0], call.func.span());
                let method: ExprMethodCall = parse_quote_spanned!(at=> stream.delegated());
                let receiver = Box::new(stream.clone());
                ExprMethodCall { receiver, ..method }.to_token_stream()
            }
            other => other.to_token_stream(),
        }
    }
}
