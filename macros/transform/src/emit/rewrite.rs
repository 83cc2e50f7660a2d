//! Verbatim code as it goes into an arm: renamed variables, `return`s that complete the machine, jumps to its states.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Expr, ExprBlock, Pat, Path, Stmt, parse_quote_spanned, visit_mut::VisitMut};

use super::{
    body::Writer,
    tidy::Tidy,
    unwrapped::{gives_no_result, is_unwrapped},
};
use crate::{
    edition::Edition,
    effects,
    function::Outcome,
    ir::{Code, Effect, EnvId, LocalId},
    lower::without_mark,
    names::Namespace,
    pattern,
    scoped::{Context, Scoped, Visitor},
    signature::{Kind, TryKind},
    span::{Place, ours, path_written_at},
    syntax,
};

struct Rewrite<'w, 'a> {
    writer: &'w mut Writer<'a>,
    env: EnvId,
}

impl Visitor for Rewrite<'_, '_> {
    fn variable(&mut self, name: &Ident) -> Option<Ident> {
        let local = self.writer.machine.lookup(self.env, name)?;
        let mut new = self.writer.layout.renamed.get(&local)?.clone();
        new.set_span(new.span().located_at(name.span()));
        Some(new)
    }

    fn expression(&mut self, expr: &mut Expr, context: &Context) -> bool {
        match expr {
            Expr::Return(returned) => {
                let at = returned.return_token.span;
                let unit = || parse_quote_spanned!(at=> ());
                let mut value = returned.expr.take().map_or_else(unit, |value| *value);
                self.nested(&mut value, context);
                let complete = self.writer.completed(&value, at);
                *expr = Expr::Verbatim(quote_spanned!(self.writer.last(at)=> return #complete));
                true
            }
            Expr::Macro(mac) => match effects::jump_of(&mac.mac) {
                Some(jump) => {
                    *expr = Expr::Verbatim(self.writer.jump(jump, !context.labels.is_empty()));
                    true
                }
                None => false,
            },
            Expr::Try(tried) if matches!(self.writer.parts.outcome, Outcome::Alias | Outcome::Poll(_)) => {
                let mut value = (*tried.expr).clone();
                self.nested(&mut value, context);
                *expr = Expr::Verbatim(self.writer.tried(&value, tried.question_token.span));
                true
            }
            Expr::Block(block) => match self.writer.leaves_block_with_value(block) {
                Some(leaves) => {
                    let mut value = given(block);
                    if let Some(value) = &mut value {
                        self.nested(value, context);
                    }
                    *expr = Expr::Verbatim(quote!(#leaves #value));
                    true
                }
                None => {
                    without_mark(block);
                    false
                }
            },
            _ => false,
        }
    }
}

/// The value of `{ let found = value; .. }`.
fn given(block: &ExprBlock) -> Option<Expr> {
    match block.block.stmts.first() {
        Some(Stmt::Local(local)) => local.init.as_ref().map(|init| (*init.expr).clone()),
        _ => None,
    }
}

impl Rewrite<'_, '_> {
    fn nested(&mut self, expr: &mut Expr, context: &Context) {
        Scoped::within(self, context).visit_expr_mut(expr);
    }
}

impl Writer<'_> {
    pub(super) fn expr(&mut self, code: &Code<Expr>) -> Expr {
        let mut expr = code.syntax.clone();
        let mut rewrite = Rewrite {
            env: code.env,
            writer: self,
        };
        Scoped::new(&mut rewrite).visit_expr_mut(&mut expr);
        Tidy.visit_expr_mut(&mut expr);
        expr
    }

    /// A condition: what its `let`s bind may be renamed, one after the other.
    pub(super) fn condition(&mut self, code: &Code<Expr>) -> Expr {
        let mut expr = self.expr(code);
        let declared = code.effect.declared();
        let used = Namespace::of(without_patterns(&expr));
        let mut bound = Bound(Vec::new());
        self.rename_bound(&mut expr, &mut declared.into_iter(), &used, &mut bound);
        expr
    }

    fn rename_bound(
        &self,
        expr: &mut Expr,
        declared: &mut impl Iterator<Item = LocalId>,
        used: &Namespace,
        bound: &mut Bound,
    ) {
        match expr {
            Expr::Binary(binary) => {
                self.rename_bound(&mut binary.left, declared, used, bound);
                self.rename_bound(&mut binary.right, declared, used, bound);
            }
            Expr::Let(condition) => {
                Scoped::new(bound).visit_expr_mut(&mut condition.expr);
                let count = pattern::bindings(&condition.pat).len();
                let locals: Vec<_> = declared.take(count).collect();
                let effect = Effect::Seq(locals.iter().map(|&local| Effect::Declare(local)).collect());
                self.rename_declared_in(&effect, used, |renames| renames.visit_pat_mut(&mut condition.pat));
                for local in locals {
                    let ident = self.machine.local(local).ident.clone();
                    let display = self.layout.display(self.machine, local);
                    bound.0.push((ident, display));
                }
            }
            other => Scoped::new(bound).visit_expr_mut(other),
        }
    }

    pub(super) fn stmt(&mut self, code: &Code<Stmt>) -> Stmt {
        let mut stmt = code.syntax.clone();
        let mut rewrite = Rewrite {
            env: code.env,
            writer: self,
        };
        Scoped::new(&mut rewrite).visit_stmt_mut(&mut stmt);
        Tidy.visit_stmt_mut(&mut stmt);
        if let Stmt::Local(local) = &mut stmt {
            let used = Namespace::of(TokenStream::new());
            self.rename_declared_in(&code.effect, &used, |renames| renames.visit_pat_mut(&mut local.pat));
        }
        stmt
    }

    pub(super) fn pat(&mut self, code: &Code<Pat>) -> Pat {
        let mut pat = code.syntax.clone();
        let mut used = Namespace::of(TokenStream::new());
        if let Pat::Guard(guard) = &mut pat {
            used = Namespace::of(guard.guard.to_token_stream());
            // What the pattern binds hides the variables outside, and may have got another name.
            let names = pattern::names(&guard.pat);
            let mut rewrite = Rewrite {
                env: code.env,
                writer: self,
            };
            Scoped::with_bound(&mut rewrite, names).visit_expr_mut(&mut guard.guard);
            let mut bound = Bound(self.declared_by(&code.effect));
            Scoped::new(&mut bound).visit_expr_mut(&mut guard.guard);
        }
        self.rename_declared_in(&code.effect, &used, |renames| renames.visit_pat_mut(&mut pat));
        pat
    }

    /// The variables that the code declares, with the names that they get.
    fn declared_by(&self, effect: &Effect) -> Vec<(Ident, Ident)> {
        let named = |local| {
            let display = self.layout.display(self.machine, local);
            (self.machine.local(local).ident.clone(), display)
        };
        effect.declared().into_iter().map(named).collect()
    }

    /// Renames the variables that the code itself declares, in its patterns. `used`: what it mentions besides.
    fn rename_declared_in(&self, effect: &Effect, used: &Namespace, apply: impl FnOnce(&mut pattern::Renamed)) {
        let mut renames = Vec::new();
        effect.each(&mut |leaf| {
            let Effect::Declare(local) = leaf else {
                return;
            };
            let ident = &self.machine.local(*local).ident;
            let display = self.layout.display(self.machine, *local);
            if self.is_left_to_others(*local) && !used.mentions(&ident.to_string()) {
                renames.push((ident.clone(), format_ident!("_{}", display, span = ident.span())));
            } else if display != *ident {
                renames.push((ident.clone(), display));
            }
        });
        if !renames.is_empty() {
            apply(&mut pattern::Renamed(renames));
        }
    }

    /// What a step returns when the function completes with `value`, at the user's `return` or where the value begins.
    pub(super) fn completed(&self, value: &Expr, at: Span) -> TokenStream {
        let at = self.last(at);
        let complete = self.names.path_written_at("Complete", at);
        let Outcome::Try(shape) = self.parts.outcome else {
            return quote_spanned!(at=> #complete(#value));
        };
        let success = path_written_at(shape.success(), at);
        let map = Ident::new(shape.kind.map(), at);
        match syntax::inner(value) {
            Expr::Call(call) if call.args.len() == 1 && is_path(&call.func, &success) => {
                let value = &call.args[0];
                quote_spanned!(at=> #success(#complete(#value)))
            }
            Expr::Call(call) if call.args.len() == 1 && is_written_out(&call.func, &success) => {
                let (success, value) = (&call.func, &call.args[0]);
                quote_spanned!(at=> #success(#complete(#value)))
            }
            Expr::Call(call) if is_failure(&call.func, shape.kind) => value.to_token_stream(),
            other if is_failure(other, shape.kind) => value.to_token_stream(),
            Expr::Path(_) if is_unwrapped(value, self.parts.item) => self.typed(value, &map, &complete, at),
            Expr::Path(_) | Expr::Call(_) => quote_spanned!(at=> #value.#map(#complete)),
            Expr::MethodCall(call) if !returns_what_is_wanted(&call.method) && !gives_no_result(&call.method) => {
                quote_spanned!(at=> #value.#map(#complete))
            }
            _ => self.typed(value, &map, &complete, at),
        }
    }

    /// [`completed`](Self::completed) by a function of the type that the value is inferred from: what is no `Result` is a wrong
    /// type there, and not a type without a method.
    fn typed(&self, value: &Expr, map: &Ident, complete: &Path, at: Span) -> TokenStream {
        let ty = match &self.parts.returned.kind {
            Kind::Coroutine { returned, .. } | Kind::Future { output: returned } => returned.to_token_stream(),
            Kind::Iterator { .. } | Kind::Stream { .. } => quote!(_),
        };
        quote_spanned!(at=> <#ty>::#map(#value, #complete))
    }

    /// The place of a last expression: the edition of its token decides when its temporaries drop, and that has to be ours.
    pub(super) fn last(&self, at: Span) -> Span {
        match self.parts.function.edition {
            Edition::Before2024 => ours(at),
            Edition::From2024 => at,
        }
    }

    /// What a step returns when it yields `value`.
    pub(super) fn yielded(&self, value: &TokenStream, at: Place) -> TokenStream {
        let at = Place {
            name: self.last(at.name),
            parens: self.last(at.parens),
        };
        let yielded = at.call(&self.names.path("Yielded"), value.clone());
        match self.parts.outcome {
            Outcome::Try(shape) => at.call(&shape.success(), yielded),
            Outcome::State | Outcome::Alias | Outcome::Poll(_) => yielded,
        }
    }

    /// `value?` in a function whose return type does not show whether it is a `Result`.
    fn tried(&self, value: &Expr, at: Span) -> TokenStream {
        let path = |name| self.names.path_at(name, at);
        let (ok, err, complete, from) = (path("Ok"), path("Err"), path("Complete"), path("From"));
        let mut failure = quote_spanned!(ours(at)=> #err(#from::from(error)));
        if let Outcome::Poll(around) = self.parts.outcome {
            failure = around
                .iter()
                .rfold(failure, |inner, path| quote_spanned!(ours(at)=> #path(#inner)));
        }
        quote_spanned!(ours(at)=> match #value { #ok(value) => value, #err(error) => return #complete(#failure), })
    }
}

pub(super) fn is_path(expr: &Expr, path: &Path) -> bool {
    let path = path.to_token_stream().to_string();
    matches!(syntax::inner(expr), Expr::Path(found) if found.to_token_stream().to_string() == path)
}

/// `Option::Some`, `::core::result::Result::Ok` for `Some`, `Ok`.
fn is_written_out(expr: &Expr, success: &Path) -> bool {
    let Expr::Path(found) = syntax::inner(expr) else {
        return false;
    };
    let of_std = found
        .path
        .segments
        .iter()
        .rev()
        .nth(1)
        .is_some_and(|ty| ty.ident == "Option" || ty.ident == "Result");
    let same = found.path.segments.last().map(|last| &last.ident) == success.segments.last().map(|last| &last.ident);
    found.qself.is_none() && of_std && same
}

/// `Err`, `None`, `ControlFlow::Break`
fn is_failure(expr: &Expr, kind: TryKind) -> bool {
    let qualified = kind == TryKind::ControlFlow;
    match syntax::inner(expr) {
        Expr::Path(path) if qualified || path.path.get_ident().is_some() => {
            let last = path.path.segments.last();
            path.qself.is_none() && last.is_some_and(|last| last.ident == kind.failure())
        }
        _ => false,
    }
}

/// Methods of std whose result has the type that is expected of it.
fn returns_what_is_wanted(method: &Ident) -> bool {
    let name = method.to_string();
    matches!(
        name.as_str(),
        "collect" | "parse" | "into" | "try_into" | "sum" | "product" | "unwrap_or_default" | "transpose"
    )
}

/// The expressions of a condition.
fn without_patterns(condition: &Expr) -> TokenStream {
    match condition {
        Expr::Binary(binary) => {
            let (left, right) = (without_patterns(&binary.left), without_patterns(&binary.right));
            quote!(#left #right)
        }
        Expr::Let(condition) => condition.expr.to_token_stream(),
        other => other.to_token_stream(),
    }
}

/// What the earlier `let`s of a condition bind, under the names that it got.
struct Bound(Vec<(Ident, Ident)>);

impl Visitor for Bound {
    fn variable(&mut self, name: &Ident) -> Option<Ident> {
        let (_, new) = self.0.iter().rev().find(|(old, _)| old == name)?;
        (new != name).then(|| Ident::new(&new.to_string(), new.span().located_at(name.span())))
    }
}
