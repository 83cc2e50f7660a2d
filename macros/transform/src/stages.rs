//! The second of the three stages: the user's body as a generator, with `yield` for `await`.
//!
//! ```text
//! // Input:
//! let page = fetch(url).await?;
//! // Output, as text:
//! let page = (yield fetch(url))?;
//! ```
//!
//! It stands in a comment above the states. What is compiled is made of the body itself.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Block, Expr, ExprYield, ItemFn, Macro, Stmt, visit_mut::VisitMut};

use crate::{
    boxed_body, desugar, enclose,
    signature::{self, Kind},
    source, std_macros,
};

/// The body of an annotated function as a generator, if it is an async one: stage two of three, between what the user writes
/// and the machine that [`expand`](crate::expand) makes.
///
/// ```
/// let function = "async fn next(n: u32) -> u32 { fetch(n).await + 1 }".parse().unwrap();
/// let stage = unawait_transform::generator(function);
/// assert_eq!(stage.as_deref(), Some("(yield fetch(n)) + 1\n"));
/// ```
#[must_use]
pub fn generator(function: TokenStream) -> Option<String> {
    let function: ItemFn = syn::parse2(function).ok()?;
    let returned = signature::returned(&function.sig).ok()?;
    let mut body = *function.block;
    boxed_body::unwrap(&mut body, &function.sig, &returned.kind);
    let this = Ident::new("this", Span::call_site());
    enclose::enclose(&mut body, &function.sig, &returned.kind, &this);
    let is_async = returned.kind.is_async();
    is_async.then(|| of_body(&body, &returned.kind).join("\n") + "\n")
}

/// The body, with a `yield` where it awaits, on lines.
pub(crate) fn of_body(body: &Block, kind: &Kind) -> Vec<String> {
    let mut body = body.clone();
    let mut walk = ToYield {
        emits: matches!(kind, Kind::Stream { .. }),
    };
    walk.visit_block_mut(&mut body);
    let stmts = &body.stmts;
    source::lines(quote!(#(#stmts)*))
}

struct ToYield {
    /// It is a stream, which yields its items too.
    emits: bool,
}

impl ToYield {
    fn yielded(&self, awaited: &Expr) -> Expr {
        let awaited = match self.emits {
            // It is text, and need not be code.
            true => Expr::Verbatim(quote!(Awaiting(#awaited))),
            false => awaited.clone(),
        };
        Expr::Yield(ExprYield {
            attrs: Vec::new(),
            yield_token: Default::default(),
            expr: Some(Box::new(awaited)),
        })
    }

    /// `yield_!(x)` of a stream: `yield Next(x)`.
    fn item(&self, mac: &Macro) -> Option<Expr> {
        let tokens = &mac.tokens;
        let is_item = self.emits && mac.path.is_ident("yield_");
        is_item.then(|| Expr::Verbatim(quote!(yield Next(#tokens))))
    }

    /// The arguments of a macro that we know.
    fn arguments(&mut self, mac: &mut Macro) {
        if let Some(known) = std_macros::parse(mac) {
            let mut exprs = known.exprs();
            exprs.iter_mut().for_each(|expr| self.visit_expr_mut(expr));
            *mac = known.rebuild(exprs);
        }
    }
}

impl VisitMut for ToYield {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        syn::visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Await(awaited) => *expr = self.yielded(&awaited.base),
            Expr::Macro(mac) if desugar::is_awaiting(&mac.mac) => *expr = self.yielded(&Expr::Macro(mac.clone())),
            Expr::Macro(mac) => {
                if let Some(item) = self.item(&mac.mac) {
                    *expr = item;
                }
            }
            other => operands(other).into_iter().for_each(parenthesized),
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(mac) = stmt
            && let Some(item) = self.item(&mac.mac)
        {
            *stmt = Stmt::Expr(item, mac.semi_token);
        }
        syn::visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, block: &mut syn::ExprAsync) {
        enclose::without_mark(block);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        self.arguments(mac);
    }
}

/// The operands around which a `yield` needs parentheses.
fn operands(expr: &mut Expr) -> Vec<&mut Expr> {
    match expr {
        Expr::Try(tried) => vec![&mut tried.expr],
        Expr::Await(awaited) => vec![&mut awaited.base],
        Expr::MethodCall(call) => vec![&mut call.receiver],
        Expr::Field(field) => vec![&mut field.base],
        Expr::Index(index) => vec![&mut index.expr],
        Expr::Unary(unary) => vec![&mut unary.expr],
        Expr::Reference(reference) => vec![&mut reference.expr],
        Expr::Cast(cast) => vec![&mut cast.expr],
        Expr::Call(call) => vec![&mut call.func],
        Expr::Binary(binary) => vec![&mut binary.left, &mut binary.right],
        Expr::Range(range) => range
            .start
            .iter_mut()
            .chain(&mut range.end)
            .map(|end| &mut **end)
            .collect(),
        _ => Vec::new(),
    }
}

fn parenthesized(operand: &mut Expr) {
    if matches!(operand, Expr::Yield(_)) {
        let inner: TokenStream = operand.to_token_stream();
        *operand = Expr::Verbatim(quote!((#inner)));
    }
}
