//! The `async` blocks that this pass makes. They are marked, since one that ends at its end only may be a part of the block that
//! its await becomes: then what it moves drops in turn with the other variables, as where there is no block.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, ExprAsync, ExprAwait, Stmt, parse_quote_spanned};

use super::exits::Exits;
use crate::{pattern, span::ours, tokens::Token};

/// The attribute of a block that this pass made: it may be a part of the block that its await becomes.
const MARK: &str = "enclosed";

/// `async { inside }.await`
pub(super) fn awaited(inside: &TokenStream, at: Span) -> Expr {
    let mut expr: Expr = parse_quote_spanned!(ours(at)=> async { #inside }.await);
    if let Expr::Await(ExprAwait { base, .. }) = &mut expr
        && let Expr::Async(block) = &mut **base
    {
        let mark = Ident::new(MARK, ours(at));
        block.attrs.push(parse_quote_spanned!(ours(at)=> #[#mark]));
    }
    expr
}

/// Whether this pass made the block.
pub(crate) fn is_enclosed(block: &ExprAsync) -> bool {
    block.attrs.iter().any(|attr| attr.path().is_ident(MARK))
}

/// Whether it is what stands in the brackets behind the `#` of such a block.
pub(crate) fn is_mark(inside: &[Token]) -> bool {
    matches!(inside, [word] if word.is_word(MARK))
}

/// The block as it is written.
pub(crate) fn without_mark(block: &mut ExprAsync) {
    block.attrs.retain(|attr| !attr.path().is_ident(MARK));
}

/// Whether nothing leaves the block early, so that it may as well be a plain one.
pub(crate) fn ends_at_its_end(block: &ExprAsync) -> bool {
    Exits::of(&block.block.stmts).is_none()
}

/// Lets the value of the block drop within it, where it drops before the temporaries.
pub(super) fn discard_within(expr: &mut Expr) {
    if let Expr::Await(ExprAwait { base, .. }) = expr
        && let Expr::Async(block) = &mut **base
        && is_enclosed(block)
        && let [Stmt::Expr(_, semi @ None)] = block.block.stmts.as_mut_slice()
    {
        *semi = Some(Default::default());
    }
}

/// Statements of which the first makes a borrow that the others need: what they declare otherwise goes on.
pub(super) fn enclose_range(stmts: Vec<Stmt>, at: Span) -> Stmt {
    let declared = stmts[1..].iter().flat_map(|stmt| match stmt {
        Stmt::Local(local) => pattern::bindings(&local.pat),
        _ => Vec::new(),
    });
    let declared: Vec<_> = declared.collect();
    let names: Vec<_> = declared.iter().map(|binding| &binding.ident).collect();
    let names = &names;
    let muts = declared.iter().map(|binding| binding.mutability);
    match names.as_slice() {
        [] => Stmt::Expr(awaited(&quote!(#(#stmts)*), at), Some(Default::default())),
        [name] => {
            let (muts, block) = (declared[0].mutability, awaited(&quote!(#(#stmts)* #name), at));
            with_value(parse_quote_spanned!(ours(at)=> let #muts #name = ();), block)
        }
        _ => {
            let block = awaited(&quote!(#(#stmts)* (#(#names),*)), at);
            with_value(parse_quote_spanned!(ours(at)=> let (#(#muts #names),*) = ();), block)
        }
    }
}

/// `for x in list.keys() { .. }` as `async { for x in list.keys() { .. } }.await`
pub(super) fn enclose_statement(stmt: &mut Stmt, at: Span) {
    let discards = matches!(stmt, Stmt::Expr(_, Some(_)));
    if drops_value(stmt) {
        *stmt = Stmt::Expr(awaited(&stmt.to_token_stream(), at), Some(Default::default()));
        return;
    }
    let expr = match stmt {
        Stmt::Expr(expr, semi) => {
            // A loop needs no `;`, an await does.
            if semi.is_none() && matches!(expr, Expr::ForLoop(_) | Expr::While(_)) {
                *semi = Some(Default::default());
            }
            expr
        }
        Stmt::Local(local) => match &mut local.init {
            Some(init) => &mut *init.expr,
            None => return,
        },
        Stmt::Item(_) | Stmt::Macro(_) => return,
    };
    let inside = expr.clone();
    *expr = awaited(&inside.to_token_stream(), at);
    if discards {
        discard_within(expr);
    }
}

/// `let _ = value;`
pub(super) fn drops_value(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Local(syn::Local { pat: syn::Pat::Wild(_), init: Some(init), .. }) if init.diverge.is_none())
}

/// The `let` with that value.
fn with_value(mut stmt: Stmt, value: Expr) -> Stmt {
    if let Stmt::Local(local) = &mut stmt
        && let Some(init) = &mut local.init
    {
        *init.expr = value;
    }
    stmt
}
