//! `#[cfg]` on arguments, `let`s and last expressions -> one function for each case.
//!
//! Which variables exist decides which fields the states have, and a list of fields cannot be configured. So
//! `fn f(#[cfg(a)] x: u8)` becomes `#[cfg(a)] fn f(x: u8)` and `#[cfg(not(a))] fn f()`, expanded one by one. The value of
//! a block that is taken apart is what is left of `#[cfg(a)] { 1 } #[cfg(not(a))] { 2 }`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, FnArg, ItemFn, Meta, Stmt, parse_quote, visit_mut::VisitMut};

use crate::std_macros;

/// The two cases of the first `#[cfg]` that matters; `None`: there is none.
pub(crate) fn split(item: &ItemFn) -> Option<[ItemFn; 2]> {
    let mut with = item.clone();
    let mut find = Configured::new(true);
    find.visit_item_fn_mut(&mut with);
    let predicate = find.found?;
    let mut without = item.clone();
    let mut find = Configured::new(false);
    find.visit_item_fn_mut(&mut without);
    with.attrs.push(parse_quote!(#[cfg(#predicate)]));
    without.attrs.push(parse_quote!(#[cfg(not(#predicate))]));
    Some([with, without])
}

/// Takes the first `#[cfg]` off what it is on, and that away too unless it is to be kept.
struct Configured {
    keep: bool,
    found: Option<TokenStream>,
    /// Whether the next block is a part of the body, not the body itself.
    within: bool,
}

impl Configured {
    fn new(keep: bool) -> Self {
        Self {
            keep,
            found: None,
            within: false,
        }
    }

    /// Whether the bearer of these attributes stays.
    fn stays(&mut self, attrs: &mut Vec<Attribute>) -> bool {
        let Some(index) = attrs.iter().position(|attr| attr.path().is_ident("cfg")) else {
            return true;
        };
        let Meta::List(list) = &attrs[index].meta else {
            return true;
        };
        let own = &list.tokens;
        let predicate = &*self.found.get_or_insert_with(|| own.clone());
        // What the same predicate or its opposite decides is decided with it, and needs no case of its own.
        let stays = if same(own, predicate) {
            self.keep
        } else if same(own, &quote!(not(#predicate))) || same(&quote!(not(#own)), predicate) {
            !self.keep
        } else {
            return true;
        };
        attrs.remove(index);
        stays
    }
}

impl VisitMut for Configured {
    fn visit_signature_mut(&mut self, sig: &mut syn::Signature) {
        let inputs = std::mem::take(&mut sig.inputs);
        for mut input in inputs {
            let stays = match &mut input {
                FnArg::Receiver(receiver) => self.stays(&mut receiver.attrs),
                FnArg::Typed(typed) => self.stays(&mut typed.attrs),
            };
            if stays {
                sig.inputs.push(input);
            }
        }
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        // Asked last: it looks at every token.
        fn suspends(code: &impl ToTokens) -> bool {
            std_macros::hidden_suspension(code.to_token_stream()).is_some()
        }
        let is_body = !std::mem::replace(&mut self.within, true);
        let values = configured_values(block);
        let is_apart = values > 0 && (is_body || suspends(block));
        let first = block.stmts.len() - if is_apart { values } else { 0 };
        let mut index = 0;
        block.stmts.retain_mut(|stmt| {
            let decides = index >= first || matches!(stmt, Stmt::Local(_));
            index += 1;
            let matters = attributes(stmt).is_some_and(|attrs| is_configured(attrs)) && (decides || suspends(stmt));
            !matters || attributes(stmt).is_none_or(|attrs| self.stays(attrs))
        });
        syn::visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_match_mut(&mut self, expr: &mut syn::ExprMatch) {
        expr.arms.retain_mut(|arm| {
            let matters = is_configured(&arm.attrs) && std_macros::hidden_suspension(arm.to_token_stream()).is_some();
            !matters || self.stays(&mut arm.attrs)
        });
        syn::visit_mut::visit_expr_match_mut(self, expr);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
}

fn is_configured(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident("cfg"))
}

/// How many of the last expressions may be the value of the block, as `#[cfg]` decides.
pub(crate) fn configured_values(block: &mut syn::Block) -> usize {
    let is_value = |stmt: &mut Stmt| {
        matches!(stmt, Stmt::Expr(_, None)) && attributes(stmt).is_some_and(|attrs| is_configured(attrs))
    };
    block
        .stmts
        .iter_mut()
        .rev()
        .map(is_value)
        .take_while(|is_value| *is_value)
        .count()
}

fn same(left: &TokenStream, right: &TokenStream) -> bool {
    left.to_string() == right.to_string()
}

/// The attributes of a statement.
fn attributes(stmt: &mut Stmt) -> Option<&mut Vec<Attribute>> {
    match stmt {
        Stmt::Local(local) => Some(&mut local.attrs),
        Stmt::Macro(mac) => Some(&mut mac.attrs),
        Stmt::Expr(expr, _) => attributes_of(expr),
        Stmt::Item(_) => None,
    }
}

/// The attributes of an expression.
pub(crate) fn attributes_of(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    match expr {
        Expr::Array(expr) => Some(&mut expr.attrs),
        Expr::Assign(expr) => Some(&mut expr.attrs),
        Expr::Async(expr) => Some(&mut expr.attrs),
        Expr::Await(expr) => Some(&mut expr.attrs),
        Expr::Binary(expr) => Some(&mut expr.attrs),
        Expr::Block(expr) => Some(&mut expr.attrs),
        Expr::Break(expr) => Some(&mut expr.attrs),
        Expr::Call(expr) => Some(&mut expr.attrs),
        Expr::Cast(expr) => Some(&mut expr.attrs),
        Expr::Closure(expr) => Some(&mut expr.attrs),
        Expr::Const(expr) => Some(&mut expr.attrs),
        Expr::Continue(expr) => Some(&mut expr.attrs),
        Expr::Field(expr) => Some(&mut expr.attrs),
        Expr::ForLoop(expr) => Some(&mut expr.attrs),
        Expr::Group(expr) => Some(&mut expr.attrs),
        Expr::If(expr) => Some(&mut expr.attrs),
        Expr::Index(expr) => Some(&mut expr.attrs),
        Expr::Let(expr) => Some(&mut expr.attrs),
        Expr::Lit(expr) => Some(&mut expr.attrs),
        Expr::Loop(expr) => Some(&mut expr.attrs),
        Expr::Macro(expr) => Some(&mut expr.attrs),
        Expr::Match(expr) => Some(&mut expr.attrs),
        Expr::MethodCall(expr) => Some(&mut expr.attrs),
        Expr::Paren(expr) => Some(&mut expr.attrs),
        Expr::Path(expr) => Some(&mut expr.attrs),
        Expr::Range(expr) => Some(&mut expr.attrs),
        Expr::RawAddr(expr) => Some(&mut expr.attrs),
        Expr::Reference(expr) => Some(&mut expr.attrs),
        Expr::Repeat(expr) => Some(&mut expr.attrs),
        Expr::Return(expr) => Some(&mut expr.attrs),
        Expr::Struct(expr) => Some(&mut expr.attrs),
        Expr::Try(expr) => Some(&mut expr.attrs),
        Expr::TryBlock(expr) => Some(&mut expr.attrs),
        Expr::Tuple(expr) => Some(&mut expr.attrs),
        Expr::Unary(expr) => Some(&mut expr.attrs),
        Expr::Unsafe(expr) => Some(&mut expr.attrs),
        Expr::While(expr) => Some(&mut expr.attrs),
        _ => None,
    }
}
