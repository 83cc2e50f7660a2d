//! `yield_from!` of the function itself, which is `#[coro(recursive)]`: it is suspended until another run of it has ended.
//!
//! ```text
//! // Input:
//! yield_from walk(&node.left); rest();
//! // Output, where `Call` starts another run on top of this one:
//! let tree: &Tree = &node.left; put(state, State::From0 { .. }); Yielded(Call(State::Start { tree }))
//! // and when it has ended:
//! State::From0 { .. } => { rest(); .. }
//! ```

use proc_macro2::{Delimiter, Ident, TokenTree};
use quote::{ToTokens, quote};
use syn::{Error, Expr, Type, parse_quote, spanned::Spanned};

use super::{Argument, Function, Lower};
use crate::{check, desugar::Source, ir::Role, names::Namespace, signature, syntax};

impl Lower<'_> {
    /// Whether the function is recursive, and this is a call of itself.
    pub(super) fn recurs(&self, operand: &Expr) -> bool {
        !self.is_hidden(&self.function.name) && arguments(operand, self.function).is_some()
    }

    /// Whether a variable of that name stands in front of the function.
    pub(super) fn is_hidden(&self, function: &Ident) -> bool {
        self.machine.lookup(self.env, function).is_some()
    }

    /// Suspends for the run that is called, and goes on behind its end.
    pub(super) fn recur(&mut self, call: &Expr, source: &Source) -> Expr {
        let function = self.function;
        let before = self.env;
        let values = arguments(call, function).unwrap_or_default();
        let convert = function.arguments.iter().any(converts);
        let still = values.iter().all(is_still);
        let given: Vec<Expr> = function
            .arguments
            .iter()
            .zip(values)
            .map(
                |(argument, value)| match convert && !(is_simple(&value) && still && !converts(argument)) {
                    true => self.give(argument, value),
                    false => value,
                },
            )
            .collect();
        self.here = source.place.name;
        let resume = self.new_block(Role::From, before);
        let name = &function.name;
        self.end_suspended_for(parse_quote!(#name(#(#given),*)), resume, source);
        self.enter(resume);
        super::value::unit_at(call.span())
    }

    /// Converts the value to the argument's type, as a call does.
    fn give(&mut self, argument: &Argument, value: Expr) -> Expr {
        if let Some((owner, at)) = self.borrowed_own(&value) {
            let name = &self.function.name;
            self.errors.push(Error::new(
                at,
                format!(
                    "the run of `{name}` that is called would borrow `{owner}` of its caller's, which moves to a stack\n\
                     help: give it the value, `{owner}` or a clone\n\
                     help: or take `{owner}` as an argument by reference"
                ),
            ));
        }
        let binding = self.new_temporary(&argument.ident.to_string(), &argument.shape, value.span());
        let name = self.machine.local(binding.locals[0]).ident.clone();
        let ty = argument.ty.as_ref().filter(|ty| can_be_written(ty));
        let ty = ty.map(|ty| quote!(: #ty));
        self.push_stmt(parse_quote!(let #name #ty = #value;), &binding.locals);
        parse_quote!(#name)
    }
}

/// What a call of the function gives it. A receiver that is a place is borrowed, as `&self` borrows it.
fn arguments(call: &Expr, function: &Function) -> Option<Vec<Expr>> {
    let mut given = check::given_to_itself(call, &function.name, function.arguments.len(), function.recursive?)?;
    let first = function.arguments.first().and_then(|first| first.ty.as_ref());
    if let Some(receiver) = given.first_mut()
        && matches!(syntax::inner(call), Expr::MethodCall(_))
        && first.is_some_and(signature::is_shared_ref)
        && syntax::is_place(receiver)
        && syntax::variable(receiver).is_none()
    {
        *receiver = parse_quote!(&#receiver);
    }
    Some(given)
}

/// Whether a call may convert what it is given to the type of the argument: a reference to a box to one to what is in it.
fn converts(argument: &Argument) -> bool {
    let converted = |ty: &Type| ty.to_token_stream().into_iter().any(may_be_converted);
    argument.ty.as_ref().is_none_or(converted)
}

fn may_be_converted(token: TokenTree) -> bool {
    match token {
        TokenTree::Punct(punct) => punct.as_char() == '&',
        TokenTree::Ident(word) => word == "dyn" || word == "fn",
        TokenTree::Group(group) => {
            group.delimiter() == Delimiter::Bracket || group.stream().into_iter().any(may_be_converted)
        }
        TokenTree::Literal(_) => false,
    }
}

/// A variable or a literal.
fn is_simple(value: &Expr) -> bool {
    syntax::variable(value).is_some() || matches!(syntax::inner(value), Expr::Lit(_))
}

/// Whether the evaluation changes no variable.
fn is_still(value: &Expr) -> bool {
    match syntax::inner(value) {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Reference(borrow) => borrow.mutability.is_none() && is_still(&borrow.expr),
        Expr::Field(field) => is_still(&field.base),
        Expr::Unary(unary) => is_still(&unary.expr),
        Expr::Cast(cast) => is_still(&cast.expr),
        Expr::Index(index) => is_still(&index.expr) && is_still(&index.index),
        Expr::Binary(binary) => is_still(&binary.left) && is_still(&binary.right),
        Expr::Call(call) => call.args.iter().all(is_still),
        _ => false,
    }
}

/// Whether the type can stand at a `let`.
fn can_be_written(ty: &Type) -> bool {
    !Namespace::of(ty.to_token_stream()).mentions("impl")
}
