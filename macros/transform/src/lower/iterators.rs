//! What a loop goes over, by its form; and iterators that it borrows and leaves the rest to: `for x in &mut items`, `for x in items.by_ref()`.
//!
//! The borrow is not carried: each step takes what is next of the variable.
//!
//! ```text
//! match Iterator::next(&mut items) { Some(x) => .., None => .. }
//! ```

use proc_macro2::Ident;
use quote::quote;
use syn::{
    Block, Expr, ExprForLoop, ExprUnary, Pat, Type, TypeParamBound, UnOp, parse_quote, parse_quote_spanned,
    spanned::Spanned,
};

use super::{Lower, loops::Items};
use crate::{
    effects,
    ir::{BlockId, Effect, Role},
    names::Namespace,
    span::ours,
    std_values::{self, OfStd},
    syntax,
};

impl Lower<'_> {
    /// The iterator of which a loop with this body, or a `yield_from!`, takes what comes next: a variable, or what one refers to.
    pub(super) fn lent_iterator(&self, iterated: &Expr, body: Option<&Block>) -> Option<Expr> {
        let (lent, by_ref) = match syntax::inner(iterated) {
            Expr::Reference(reference) if reference.mutability.is_some() => (&*reference.expr, false),
            Expr::MethodCall(call) if call.method == "by_ref" && call.args.is_empty() => (&*call.receiver, true),
            _ => return None,
        };
        let (name, referent) = match lent {
            Expr::Unary(ExprUnary {
                op: UnOp::Deref(_),
                expr,
                ..
            }) => (syntax::variable(expr)?, true),
            _ => (syntax::variable(lent)?, false),
        };
        let variable = self.machine.local(self.machine.lookup(self.env, name)?);
        let untouched = || !body.is_some_and(|body| Namespace::of(quote!(#body)).mentions(&name.to_string()));
        let iterates = match &variable.ty {
            Some(Type::Reference(ty)) => {
                ty.mutability.is_some() && (by_ref || referent && iterates(&ty.elem)) && untouched()
            }
            // What has a `by_ref` that can be iterated is an iterator, or a reference to one, which might get another value.
            _ if referent => false,
            _ if by_ref => variable.of_std.is_some() || variable.mutable && untouched(),
            _ => variable.of_std.is_some_and(OfStd::is_iterator),
        };
        let referred = matches!(variable.ty, Some(Type::Reference(_)));
        (iterates && variable.derived.is_none() && !variable.ours).then(|| match referred {
            true => parse_quote!(*#name),
            false => parse_quote!(#name),
        })
    }

    pub(super) fn for_by_variable(&mut self, expr: ExprForLoop, items: &Expr, text: String, after: BlockId) {
        let span = expr.expr.span();
        let head = self.go_on(Role::For(text), self.env);
        let iterator = self.names.path_at("Iterator", span);
        let next = parse_quote_spanned!(ours(span)=> #iterator::next(&mut #items));
        let target = (expr.label.map(|label| label.name.ident), head);
        self.each_item(next, *expr.pat, &Items::UNKNOWN, expr.body, target, after);
        self.goto(head);
    }
}

/// Whether values of the type certainly are iterators: `dyn Iterator<Item = T>` too.
fn iterates(ty: &Type) -> bool {
    match ty {
        Type::TraitObject(object) => object.bounds.iter().any(|bound| {
            matches!(bound, TypeParamBound::Trait(bound)
                if bound.path.segments.last().is_some_and(|last| last.ident.to_string().ends_with("Iterator")))
        }),
        Type::Paren(inner) => iterates(&inner.elem),
        other => std_values::of_type_of_std(other).is_some_and(OfStd::is_iterator),
    }
}

/// `list.iter()` of `list.iter().copied()`, and what copies.
pub(super) fn without_copies(iterated: &Expr) -> (&Expr, Option<&Ident>) {
    match syntax::inner(iterated) {
        Expr::MethodCall(call) if copies(call) => (&call.receiver, Some(&call.method)),
        _ => (iterated, None),
    }
}

/// `copied()`, `cloned()`
pub(super) fn copies(call: &syn::ExprMethodCall) -> bool {
    call.args.is_empty() && (call.method == "copied" || call.method == "cloned")
}

/// `for (count, pat) in iterated.enumerate()`
pub(super) fn enumerated(expr: &ExprForLoop) -> Option<(Pat, Pat, Expr)> {
    let Expr::MethodCall(call) = syntax::inner(&expr.expr) else {
        return None;
    };
    let Pat::Tuple(tuple) = &*expr.pat else {
        return None;
    };
    let pair = tuple.elems.len() == 2 && !tuple.elems.iter().any(|pat| matches!(pat, Pat::Rest(_)));
    (call.method == "enumerate" && pair)
        .then(|| (tuple.elems[0].clone(), tuple.elems[1].clone(), (*call.receiver).clone()))
}

impl Lower<'_> {
    /// `list.iter().filter(|n| **n > limit)`: the closure is kept beside `limit`, and may as well have a copy of it.
    pub(super) fn copy_captures(&self, iterated: &mut Expr) {
        let Expr::MethodCall(call) = iterated else { return };
        self.copy_captures(&mut call.receiver);
        for argument in &mut call.args {
            if let Expr::Closure(closure) = argument
                && closure.capture.is_none()
                && self.captures_copies(closure)
            {
                closure.capture = Some(Default::default());
            }
        }
    }

    /// Whether the closure captures variables that are `Copy` and never change, and nothing else.
    fn captures_copies(&self, closure: &syn::ExprClosure) -> bool {
        let (mut captures, mut others) = (false, false);
        effects::of_expr(&self.machine, self.env, &Expr::Closure(closure.clone())).each(&mut |effect| match effect {
            Effect::Read(local) => {
                let variable = self.machine.local(*local);
                captures = true;
                others |= !variable.copy || variable.mutable || variable.derived.is_some();
            }
            _ => others = true,
        });
        captures && !others
    }
}
