//! A recursive generator: its step yields an item, or a run of the function to be ended first.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, spanned::Spanned};

use super::body::Writer;
use crate::{
    ir::{Code, Suspension},
    signature::Kind,
    span::ours,
    syntax,
};

impl Writer<'_> {
    /// `State::Start { tree }` of the call `walk(tree)`.
    pub(super) fn restart(&mut self, call: &Code<Expr>) -> Expr {
        let given = match self.expr(call) {
            Expr::Call(call) => call.args,
            _ => unreachable!("`lower` writes a call"),
        };
        let (enumeration, fields) = (&self.names.enumeration, &self.layout.states[0].fields);
        let at = ours(call.syntax.span());
        let fields = fields.iter().zip(given).map(|(field, value)| {
            let name = &field.name;
            match syntax::variable(&value).is_some_and(|value| value == name) {
                true => quote_spanned!(at=> #name),
                false => quote_spanned!(at=> #name: #value),
            }
        });
        let fields: Vec<_> = fields.collect();
        Expr::Verbatim(match fields.is_empty() {
            true => quote_spanned!(at=> #enumeration::Start),
            false => quote_spanned!(at=> #enumeration::Start { #(#fields),* }),
        })
    }

    /// What goes out: an item, in a stream and in a recursive generator as one of two things that may go out.
    pub(super) fn item(&self, suspension: &Suspension, value: &TokenStream) -> TokenStream {
        let (at, state) = (suspension.place.name, self.layout.state(suspension.resume));
        let wrapper = match &self.parts.returned.kind {
            // `take` has left `Done`, and there is nothing behind the call.
            _ if suspension.calls && state.is_some_and(|state| state.is_done) => "Become",
            _ if suspension.calls => "Call",
            _ if self.parts.function.recursive.is_some() => "Emit",
            Kind::Stream { .. } => "Next",
            _ => return value.clone(),
        };
        let wrapper = self.names.path_written_at(wrapper, at);
        quote_spanned!(at=> #wrapper(#value))
    }
}

/// The type of what goes out, if that is not the item alone.
pub(super) fn emitted(parts: &super::Parts, names: &crate::expand::Names, item: TokenStream) -> TokenStream {
    if parts.function.recursive.is_none() {
        return item;
    }
    let recursion = names.path_at("Recursion", parts.function.name.span());
    quote!(#recursion<_, #item>)
}
