//! Whether borrows of arguments with different lifetimes come together in a variable of an `async fn`.
//!
//! ```text
//! async fn greet(nick: Option<&str>, name: &str) {
//!     let shown = nick.unwrap_or(name);
//!     send(shown).await;
//! }
//! ```
//!
//! `shown` lives for what both lifetimes have in common, which has no name in the signature. So the type of a state that has it
//! cannot stand behind `impl Future` (E0700), but it can in an `async fn`, whose variables show no lifetimes. Such a function stays
//! one, and awaits its machine.
//!
//! A guess, by syntax. A wrong one costs a future around the machine, or is E0700.

mod origins;

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Block, Expr, FnArg, Signature, Stmt, Type,
    visit::{self, Visit},
};

use self::origins::Origins;
use crate::{
    enclose::{awaits, used_around_await},
    pattern,
};

/// Whether some variable that is there at an await may refer to what arguments with different lifetimes do.
pub(crate) fn come_together(sig: &Signature, body: &Block) -> bool {
    let arguments: Vec<_> = sig.inputs.iter().enumerate().filter_map(referring).collect();
    let lifetimes: BTreeSet<_> = arguments.iter().map(|(_, lifetime)| lifetime).collect();
    if lifetimes.len() < 2 {
        return false;
    }
    let origins = Origins::of(&arguments, body);
    // An argument that is assigned is there from the beginning.
    let names: Vec<_> = sig.inputs.iter().flat_map(names).collect();
    let mut find = Find { origins, found: false };
    find.declared(&names, &body.stmts);
    find.visit_block(body);
    find.found
}

fn names(input: &FnArg) -> Vec<Ident> {
    match input {
        FnArg::Receiver(receiver) => vec![Ident::new("self", receiver.self_token.span)],
        FnArg::Typed(typed) => pattern::names(&typed.pat),
    }
}

/// What an argument binds, and for how long what it refers to lives: `'a`, or a lifetime of its own.
fn referring((index, input): (usize, &FnArg)) -> Option<(Vec<Ident>, String)> {
    let mut lifetimes = BTreeSet::new();
    match input {
        FnArg::Receiver(receiver) => written(receiver.to_token_stream(), &mut lifetimes),
        FnArg::Typed(typed) if matches!(*typed.ty, Type::ImplTrait(_)) => return None,
        FnArg::Typed(typed) => written(typed.ty.to_token_stream(), &mut lifetimes),
    }
    lifetimes.remove("static");
    let named = || lifetimes.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let lifetime = match lifetimes.contains("_") {
        true => index.to_string(),
        false => named(),
    };
    (!lifetimes.is_empty()).then(|| (names(input), lifetime))
}

/// The lifetimes in a type; `_` for those without a name.
fn written(tokens: TokenStream, lifetimes: &mut BTreeSet<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => written(group.stream(), lifetimes),
            TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                lifetimes.extend(tokens.next().map(|name| name.to_string()));
            }
            TokenTree::Punct(punct) if punct.as_char() == '&' => {
                let named = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '\'');
                lifetimes.extend((!named).then(|| "_".to_owned()));
            }
            _ => {}
        }
    }
}

/// Finds a variable of two lifetimes, and an await at which it is there or goes into what is awaited.
struct Find {
    origins: Origins,
    found: bool,
}

impl Find {
    /// What is in scope in the statements.
    fn declared(&mut self, names: &[Ident], stmts: &[Stmt]) {
        let merged: Vec<_> = names
            .iter()
            .filter(|name| self.origins.are_several(name))
            .cloned()
            .collect();
        self.found |= used_around_await(&merged, stmts);
    }

    /// What is looked at while the branches run.
    fn runs(&mut self, on: &Expr, code: TokenStream) {
        self.found |= awaits(code) && self.origins.come_together(on);
    }
}

impl Visit<'_> for Find {
    fn visit_block(&mut self, block: &Block) {
        for (index, stmt) in block.stmts.iter().enumerate() {
            if let Stmt::Local(local) = stmt {
                let awaits_else = local.init.as_ref().is_some_and(|init| init.diverge.is_some());
                let first = if awaits_else { index } else { index + 1 };
                self.declared(&pattern::names(&local.pat), &block.stmts[first..]);
            }
        }
        visit::visit_block(self, block);
    }

    fn visit_expr_for_loop(&mut self, expr: &syn::ExprForLoop) {
        self.runs(&expr.expr, expr.body.to_token_stream());
        self.declared(&pattern::names(&expr.pat), &expr.body.stmts);
        visit::visit_expr_for_loop(self, expr);
    }

    fn visit_expr_match(&mut self, expr: &syn::ExprMatch) {
        for arm in &expr.arms {
            let body = Stmt::Expr((*arm.body).clone(), None);
            self.declared(&pattern::names(&arm.pat), std::slice::from_ref(&body));
        }
        visit::visit_expr_match(self, expr);
    }

    fn visit_expr_if(&mut self, expr: &syn::ExprIf) {
        self.condition(&expr.cond, &expr.then_branch);
        visit::visit_expr_if(self, expr);
    }

    fn visit_expr_while(&mut self, expr: &syn::ExprWhile) {
        self.condition(&expr.cond, &expr.body);
        visit::visit_expr_while(self, expr);
    }

    // Their variables are no variables of the machine.
    fn visit_expr_async(&mut self, _: &syn::ExprAsync) {}
    fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
    fn visit_item(&mut self, _: &syn::Item) {}
}

impl Find {
    fn condition(&mut self, condition: &Expr, then: &Block) {
        for condition in crate::syntax::lets(condition) {
            self.declared(&pattern::names(&condition.pat), &then.stmts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &str, body: &str, expected: bool) {
        let text = format!("async fn f({arguments}) -> usize {{ {body} }}");
        let function: syn::ItemFn = syn::parse_str(&text).expect("a function");
        assert_eq!(come_together(&function.sig, &function.block), expected, "{text}");
    }

    #[test]
    fn together() {
        let bodies = [
            "let t = if c() { a } else { b }; send(t).await",
            "for t in [a, b] { send(t).await; } 0",
            "let t = first(a).map_or(b, trim); send(t).await; 0",
            "let t = a.get(..1).unwrap_or(b); send(t).await",
            "let mut t = a; if next().await { t = b; } send(t).await",
            "let mut all = vec![a]; all.push(b.trim()); next().await; all.len()",
            "let mut all = HashMap::new(); all.insert(a, 1); all.insert(b, 2); next().await; all.len()",
            "let view = View { a, b: &b[1..] }; next().await; view.len()",
            "let futures = vec![send(a).boxed(), send(b).boxed()]; select_all(futures).await.0",
            "match a.strip_prefix('/').or(Some(b)) { Some(rest) => send(rest).await, None => 0 }",
            "let (short, long) = if c() { (a, b) } else { (b, a) }; next().await; short.len() + long.len()",
            "for c in a.chars().chain(b.chars()) { next().await; } 0",
        ];
        for body in bodies {
            check("a: &str, b: &str", body, body != bodies[2]);
            check("a: &'a str, b: &'b str", body, body != bodies[2]);
            check("a: &'a str, b: &'a str", body, false);
            check("a: String, b: &str", body, false);
        }
        check(
            "&self, name: Option<&str>",
            "let t = name.unwrap_or(&self.name); send(t).await",
            true,
        );
    }

    #[test]
    fn apart() {
        let bodies = [
            "let n = a.len() + b.len(); next().await; n",
            "let row = a.load(b).await; next().await; row.len()",
            "let url = a.join(b); send(&url).await",
            "let text = format!(\"{a} {b}\"); send(&text).await",
            "let pair = (a.len(), b.len()); next().await; pair.0",
            "let limit = a.limit.unwrap_or(b.limit); next().await; limit",
            "let t = if c() { a } else { b }; t.len()",
            "let t = if c() { a } else { b }; let n = t.len(); next().await; n",
            "let mut map = HashMap::new(); map.insert(a, b); next().await; map.len()",
            "for (x, y) in a.iter().zip(b) { next().await; } 0",
            "let t: String = a.get(..1).unwrap_or(b).to_owned(); send(&t).await",
            "let n = parse(a, b); next().await; n",
        ];
        for body in bodies {
            check("a: &A, b: &B", body, false);
        }
    }
}
