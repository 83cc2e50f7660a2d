//! Assertions of which a part that is evaluated only sometimes suspends, or the text of the message -> what std makes of them.
//!
//! ```text
//! // Input:
//! assert!(ready, "{}", reason().await);
//! assert!(ready().await);
//! debug_assert!(check().await);
//! assert_eq!(status, 200, "{}", body().await);
//! dbg!(count, load().await);
//! matches!(n, 1.. if check().await);
//! // Output:
//! if !ready { panic!("{}", reason().await) }
//! if !ready().await { panic!("assertion failed: ready().await") }
//! if cfg!(debug_assertions) { assert!(check().await); }
//! match (&status, &200) {
//!     (left, right) => if !(*left == *right) {
//!         panic!("assertion `left == right` failed: {}\n  left: {:?}\n right: {:?}", format_args!("{}", body().await), left, right)
//!     }
//! }
//! (dbg!(count), dbg!(load().await));
//! match n { 1.. if check().await => true, _ => false }
//! ```
//!
//! Promise: no argument of an assertion is evaluated sometimes, or shown, and suspends. All other assertions stay as they are.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    Attribute, Block, Expr, Item, Macro, Pat, Path, Stmt, parse_quote_spanned,
    spanned::Spanned,
    visit_mut::{self, VisitMut},
};

use crate::{desugar, names::Namespace, source::quote_source, std_macros};

/// Takes such assertions apart in a body that is not desugared yet.
pub(crate) fn take_apart(body: &mut Block, namespace: &mut Namespace) {
    Assertions { namespace }.visit_block_mut(body);
}

struct Assertions<'a> {
    namespace: &'a mut Namespace,
}

impl Assertions<'_> {
    /// What stands for the assertion, if a part of it is evaluated sometimes and suspends.
    fn branch(&mut self, mac: &Macro, attrs: &[Attribute]) -> Option<Expr> {
        let known = std_macros::parse(mac)?;
        let name = mac.path.segments.last()?.ident.to_string();
        if name == "dbg" {
            return one_by_one(mac, &known);
        }
        if let [
            std_macros::Argument {
                expr,
                usage: std_macros::Usage::Scrutinee(Pat::Guard(pat)),
                ..
            },
        ] = &known.arguments[..]
        {
            let at = mac.path.span();
            let matched = desugar::suspends(&pat.guard);
            return matched.then(|| parse_quote_spanned!(at=> match #expr { #pat => true, _ => false }));
        }
        // Without a message it is the source of the condition.
        let shown = name == "assert" && known.arguments.len() == 1 && known.message().is_empty();
        let waits = |argument: &std_macros::Argument| (argument.lazy || shown) && desugar::suspends(&argument.expr);
        if !known.arguments.iter().any(waits) {
            return None;
        }
        let mut branch = match name.strip_prefix("debug_") {
            Some(assertion) => debug_only(mac, assertion),
            None => self.asserted(mac, &known, &name)?,
        };
        if let Expr::If(syn::ExprIf { attrs: of_branch, .. }) | Expr::Match(syn::ExprMatch { attrs: of_branch, .. }) =
            &mut branch
        {
            of_branch.extend_from_slice(attrs);
        }
        Some(branch)
    }

    fn asserted(&mut self, mac: &Macro, known: &std_macros::StdMacro, name: &str) -> Option<Expr> {
        let operands: Vec<_> = known.arguments.iter().filter(|argument| !argument.lazy).collect();
        let (panic, mut message) = (beside(mac, "panic"), known.message());
        let at = mac.path.span();
        if let [condition] = operands[..] {
            let failed = not(&condition.expr);
            if message.is_empty() {
                let source = quote_source(&condition.expr.to_token_stream(), usize::MAX);
                let text = std_macros::failed(&source);
                message = quote_spanned!(at=> #text);
            }
            return Some(parse_quote_spanned!(at=> if #failed { #panic!(#message) }));
        }
        let [one, other] = operands[..] else {
            return None;
        };
        let (one, other) = (operand(&one.expr), operand(&other.expr));
        let mut fresh = |wish: &str| self.namespace.fresh_ident(wish, at);
        let (left, right) = (fresh("left"), fresh("right"));
        let (operator, equality) = match name == "assert_ne" {
            true => ("!=", quote_spanned!(at=> *#left == *#right)),
            false => ("==", quote_spanned!(at=> !(*#left == *#right))),
        };
        let text = format!("assertion `left {operator} right` failed: {{}}\n  left: {{:?}}\n right: {{:?}}");
        let format_args = beside(mac, "format_args");
        Some(parse_quote_spanned! {at=>
            match (&#one, &#other) {
                (#left, #right) => if #equality {
                    #panic!(#text, #format_args!(#message), #left, #right)
                }
            }
        })
    }
}

/// The same assertion where debug assertions are on.
fn debug_only(mac: &Macro, assertion: &str) -> Expr {
    let cfg = beside(mac, "cfg");
    let assertion = Macro {
        path: beside(mac, assertion),
        ..mac.clone()
    };
    parse_quote_spanned!(mac.path.span()=> if #cfg!(debug_assertions) { #assertion; })
}

/// `(dbg!(a), dbg!(b().await))`: each is shown before the next one is evaluated.
fn one_by_one(mac: &Macro, known: &std_macros::StdMacro) -> Option<Expr> {
    let values = known.exprs();
    let waits = values.len() > 1 && values.iter().any(desugar::suspends);
    let shown = values.into_iter().map(|value| Macro {
        tokens: value.into_token_stream(),
        ..mac.clone()
    });
    waits.then(|| parse_quote_spanned!(mac.path.span()=> (#(#shown),*)))
}

/// Another macro of std's, by the path that the user took: `std::assert` -> `std::panic`.
fn beside(mac: &Macro, name: &str) -> Path {
    let mut path = mac.path.clone();
    if let Some(last) = path.segments.last_mut() {
        last.ident = Ident::new(name, last.ident.span());
    }
    path
}

/// `!condition`
fn not(condition: &Expr) -> TokenStream {
    let condition = operand(condition);
    quote!(!#condition)
}

/// As the operand of `!` or `&`: in parentheses where they are needed.
fn operand(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Path(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Field(_)
        | Expr::Index(_)
        | Expr::Macro(_)
        | Expr::Paren(_)
        | Expr::Await(_)
        | Expr::Reference(_)
        | Expr::Tuple(_)
        | Expr::Array(_)
        | Expr::Try(_)
        | Expr::Lit(_) => expr.to_token_stream(),
        _ => quote!((#expr)),
    }
}

impl VisitMut for Assertions<'_> {
    // What is a function of its own, or is evaluated at compile time.
    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(mac) = stmt
            && let Some(branch) = self.branch(&mac.mac, &mac.attrs)
        {
            *stmt = Stmt::Expr(branch, None);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(mac) = expr
            && let Some(branch) = self.branch(&mac.mac, &mac.attrs)
        {
            *expr = branch;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    /// The arguments of std's macros, and of `yield_!`.
    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if !std_macros::names_taken_apart(&mac.tokens) {
            return;
        }
        if let Some(known) = std_macros::parse(mac) {
            let mut arguments = known.exprs();
            arguments.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            *mac = known.rebuild(arguments);
        } else if desugar::is_suspension(mac)
            && let Ok(mut operand) = mac.parse_body::<Expr>()
        {
            self.visit_expr_mut(&mut operand);
            mac.tokens = operand.into_token_stream();
        }
    }
}
