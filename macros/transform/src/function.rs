//! The parts of the annotated function, as the passes take them.

use proc_macro2::{Ident, Span};
use syn::{
    Block, Expr, FnArg, ItemFn, Pat, Path, Token, Type, TypeParamBound, WherePredicate, parse_quote,
    punctuated::Punctuated, spanned::Spanned, visit::Visit,
};

use crate::{
    desugar,
    edition::Edition,
    expand::Names,
    lower::{Argument, Function, Inputs},
    pattern,
    signature::{self, Kind, Returned, TryShape},
    span::ours,
    std_macros,
    std_values::{self, OfStd},
    syntax::{self, Shape},
};

pub(crate) struct Parsed {
    pub function: Function,
    pub outcome: Outcome,
}

/// What a step returns.
pub(crate) enum Outcome {
    /// `CoroutineState<Y, R>`
    State,
    /// `Result<CoroutineState<Y, T>, E>`: `?` leaves the step as it leaves the function.
    Try(Box<TryShape>),
    /// `CoroutineState<Y, R>`, and `?` is written out: the type does not show what it is made of.
    Alias,
    /// The same for a `Poll<Result<T, E>>` or `Poll<Option<Result<T, E>>>`; a failure is passed through these.
    Poll(Vec<Path>),
}

impl Outcome {
    /// Whether a value of it can be written whose type is clear.
    pub fn is_typed(&self) -> bool {
        matches!(self, Outcome::Try(shape) if shape.typed_success().is_some())
    }
}

pub(crate) fn parse(item: &ItemFn, body: Block, returned: &Returned, first: Option<Ident>, names: &Names) -> Parsed {
    let arguments = item
        .sig
        .inputs
        .iter()
        .enumerate()
        .map(|(index, input)| argument(index, input, item, names))
        .collect();
    let input = match &returned.kind {
        Kind::Coroutine { input, .. } => syntax::of_type(input),
        Kind::Iterator { .. } | Kind::Future { .. } | Kind::Stream { .. } => Shape::Copy,
    };
    let (inputs, outcome) = match &returned.kind {
        Kind::Iterator { .. } => (Inputs::Unit, Outcome::State),
        Kind::Coroutine { input, returned, .. } => (inputs(input), outcome(returned, &body)),
        // What is awaited comes back through `Receive`.
        Kind::Future { output } => (Inputs::Unit, outcome(output, &body)),
        Kind::Stream { .. } => (Inputs::Unit, Outcome::State),
    };
    let yielded = returned.kind.yielded();
    let object = returned.object.clone().or_else(|| object(returned));
    Parsed {
        function: Function {
            name: item.sig.ident.clone(),
            edition: Edition::default(),
            arguments,
            body,
            first,
            inputs,
            input,
            yields_copy: yielded.is_some_and(signature::is_copy),
            yields_number: yielded.is_some_and(|ty| signature::is_copy(ty) && !matches!(ty, Type::Reference(_))),
            object,
            recursive: None,
            end: end(match &returned.kind {
                Kind::Iterator { item } | Kind::Stream { item } => item,
                Kind::Coroutine { returned, .. } => returned,
                Kind::Future { output } => output,
            }),
        },
        outcome,
    }
}

/// Where rustc says that a value is missing at the end: at its type.
fn end(ty: &Type) -> Span {
    match ty {
        // Were it the user's token, rustc would propose to write `Ok(Result)`.
        Type::Path(path) if path.path.segments.last().is_some_and(|last| !last.arguments.is_empty()) => ours(ty.span()),
        _ => ty.span(),
    }
}

fn inputs(ty: &Type) -> Inputs {
    match ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => Inputs::Unit,
        ty if signature::is_plain(ty) => Inputs::Plain,
        _ => Inputs::Owned,
    }
}

/// A macro that we do not know may hide a `return Err(..)`, which a step can make if it returns such a value.
fn outcome(returned: &Type, body: &Block) -> Outcome {
    match (uses_try(body), signature::try_shape(returned)) {
        (false, Some(shape)) if may_return(&body.stmts) && (!shape.is_alias() || makes_result(body)) => {
            Outcome::Try(Box::new(shape))
        }
        (false, _) => Outcome::State,
        (true, Some(shape)) => Outcome::Try(Box::new(shape)),
        (true, None) => signature::poll_shape(returned).map_or(Outcome::Alias, Outcome::Poll),
    }
}

/// Whether the statements call a macro that we do not know, and that is none of those that log.
pub(crate) fn may_return(stmts: &[syn::Stmt]) -> bool {
    struct Find(bool);
    impl Find {
        fn called(&mut self, mac: &syn::Macro) {
            let name = mac.path.segments.last().map(|last| &last.ident);
            let logs = desugar::is_logging(mac) || name.is_some_and(|name| name == "log" || name == "event");
            self.0 |= !logs && std_macros::parse(mac).is_none() && !desugar::is_awaiting(mac);
        }
    }
    impl Visit<'_> for Find {
        fn visit_stmt(&mut self, stmt: &syn::Stmt) {
            match stmt {
                syn::Stmt::Macro(mac) => self.called(&mac.mac),
                syn::Stmt::Expr(syn::Expr::Macro(mac), _) => self.called(&mac.mac),
                other => syn::visit::visit_stmt(self, other),
            }
        }
        fn visit_arm(&mut self, arm: &syn::Arm) {
            match &*arm.body {
                syn::Expr::Macro(mac) => self.called(&mac.mac),
                other => self.visit_expr(other),
            }
        }
        /// As a value: that of a known macro is no way to return.
        fn visit_expr_macro(&mut self, expr: &syn::ExprMacro) {
            self.0 |= desugar::is_unknown(&expr.mac);
            std_macros::visit_arguments(&expr.mac, self);
        }
        fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &syn::ExprAsync) {}
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let mut find = Find(false);
    stmts.iter().for_each(|stmt| find.visit_stmt(stmt));
    find.0
}

/// Whether the body calls `Ok` or `Err`.
fn makes_result(body: &Block) -> bool {
    struct Find(bool);
    impl Visit<'_> for Find {
        fn visit_expr_call(&mut self, call: &syn::ExprCall) {
            let name = syntax::variable(&call.func);
            self.0 |= name.is_some_and(|name| name == "Ok" || name == "Err");
            syn::visit::visit_expr_call(self, call);
        }
    }
    let mut find = Find(false);
    find.visit_block(body);
    find.0
}

/// Whether the body uses `?` itself, not in a closure.
fn uses_try(body: &Block) -> bool {
    struct Find(bool);
    impl Visit<'_> for Find {
        fn visit_expr_try(&mut self, _: &syn::ExprTry) {
            self.0 = true;
        }
        fn visit_macro(&mut self, mac: &syn::Macro) {
            std_macros::visit_arguments(mac, self);
        }
        fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &syn::ExprAsync) {}
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let mut find = Find(false);
    find.visit_block(body);
    find.0
}

/// The trait object that an inner machine of the same function is boxed as.
fn object(returned: &Returned) -> Option<Type> {
    let boxed = parse_quote!(Box);
    let boxed = returned.boxed.as_ref().unwrap_or(&boxed);
    match &returned.kind {
        Kind::Iterator { item } => Some(parse_quote!(#boxed<dyn Iterator<Item = #item> + '_>)),
        Kind::Coroutine { .. } | Kind::Future { .. } | Kind::Stream { .. } => None,
    }
}

fn argument(index: usize, input: &FnArg, item: &ItemFn, names: &Names) -> Argument {
    match input {
        FnArg::Receiver(receiver) => {
            let ty = receiver_type(receiver);
            Argument {
                ident: Ident::new(&names.this.to_string(), receiver.self_token.span),
                mutable: receiver.mutability.is_some(),
                shape: ty.as_ref().map_or(Shape::Unknown, syntax::of_type),
                ty,
                pattern: None,
                once: false,
                reads: false,
                of_std: None,
                stays: None,
            }
        }
        FnArg::Typed(typed) => match pattern::single(&typed.pat) {
            Some(single) if single.by_ref.is_none() => Argument {
                ident: single.ident.clone(),
                mutable: single.mutability.is_some(),
                ty: Some((*typed.ty).clone()),
                pattern: None,
                shape: syntax::of_type(&typed.ty),
                once: is_once(&typed.ty, item),
                reads: reads(&typed.ty, item),
                of_std: of_std(&typed.ty, item),
                stays: None,
            },
            _ => Argument {
                ident: names.another(&Ident::new(&format!("argument{index}"), Span::call_site())),
                mutable: pattern::binds_by_ref_mut(&typed.pat),
                ty: Some((*typed.ty).clone()),
                pattern: Some((*typed.pat).clone()),
                shape: syntax::of_type(&typed.ty),
                once: false,
                reads: false,
                of_std: None,
                stays: None,
            },
        },
    }
}

/// An iterator, an `Option` or a `Result`, or a type parameter that is an iterator.
fn of_std(ty: &Type, item: &ItemFn) -> Option<OfStd> {
    let bounded = |by: &dyn Fn(&Ident) -> bool| is_bounded(ty, item, by);
    std_values::of_type_of_std(ty).or_else(|| match () {
        () if bounded(&|name| name == "IntoIterator") => Some(OfStd::Other),
        () if bounded(&|name| name.to_string().ends_with("Iterator")) => Some(OfStd::Iterator),
        () => None,
    })
}

/// `impl FnOnce(..)`, `Box<dyn FnOnce(..)>`, or a type parameter with that bound.
fn is_once(ty: &Type, item: &ItemFn) -> bool {
    let once = |name: &Ident| name == "FnOnce" || name == "AsyncFnOnce";
    match ty {
        Type::Path(path) if let Some((_, bounds, _)) = signature::boxed_bounds(path) => named_by(bounds, &once),
        _ => is_bounded(ty, item, &once),
    }
}

/// Whether values of the type certainly are readers.
fn reads(ty: &Type, item: &ItemFn) -> bool {
    let read = |name: &Ident| name == "Read" || name == "BufRead";
    match ty {
        Type::Path(path) if let Some((_, bounds, _)) = signature::boxed_bounds(path) => named_by(bounds, &read),
        Type::Path(path)
            if path
                .path
                .segments
                .last()
                .is_some_and(|last| std_values::is_reader_type(&last.ident)) =>
        {
            true
        }
        _ => is_bounded(ty, item, &read),
    }
}

/// Whether the type is known by a trait.
fn is_bounded(ty: &Type, item: &ItemFn, by: &dyn Fn(&Ident) -> bool) -> bool {
    let once = |bounds: &Punctuated<TypeParamBound, Token![+]>| named_by(bounds, by);
    match ty {
        Type::ImplTrait(written) => once(&written.bounds),
        Type::Path(path) => {
            let generics = &item.sig.generics;
            let parameter = generics
                .type_params()
                .any(|parameter| path.path.is_ident(&parameter.ident) && once(&parameter.bounds));
            let clauses = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
            parameter
                || clauses.into_iter().any(|predicate| match predicate {
                    WherePredicate::Type(predicate) => {
                        quote::quote!(#predicate)
                            .to_string()
                            .starts_with(&quote::quote!(#ty :).to_string())
                            && once(&predicate.bounds)
                    }
                    _ => false,
                })
        }
        _ => false,
    }
}

fn named_by(bounds: &Punctuated<TypeParamBound, Token![+]>, by: &dyn Fn(&Ident) -> bool) -> bool {
    bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|segment| by(&segment.ident)),
        _ => false,
    })
}

/// `&Self` for `&self`, and so on.
fn receiver_type(receiver: &syn::Receiver) -> Option<Type> {
    use syn::ReceiverKind;
    match &receiver.kind {
        ReceiverKind::Value => Some(parse_quote!(Self)),
        ReceiverKind::Reference(_, _, None) => Some(parse_quote!(&Self)),
        ReceiverKind::Typed(_, ty) => Some((**ty).clone()),
        _ => Some(parse_quote!(&mut Self)),
    }
}

/// How an argument goes into the first state: `self`, or its name.
pub(crate) fn initial(argument: &Argument, names: &Names) -> Expr {
    let ident = &argument.ident;
    match *ident == names.this {
        true => {
            let this = Ident::new("self", ident.span());
            syntax::mention(&this)
        }
        false if argument.stays.is_some() => match &argument.ty {
            Some(ty) if signature::is_shared_ref(ty) => parse_quote!(&#ident),
            _ => parse_quote!(&mut #ident),
        },
        false => syntax::mention(ident),
    }
}

/// The argument's pattern in the signature, if ours differs from the user's.
pub(crate) fn parameter(argument: &Argument) -> Option<Pat> {
    let ident = &argument.ident;
    argument.pattern.is_some().then(|| parse_quote!(#ident))
}
