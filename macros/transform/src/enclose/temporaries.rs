//! A temporary that a method may take by value, with an await between there and the end of its statement -> an `async` block
//! around the statement's value.
//!
//! ```text
//! // Input:
//! let user: User = client.get(url).send().await?.json().await?;
//! // Output:
//! let user: User = async { Ok::<_, Error>(client.get(url).send().await?.json().await?) }.await?;
//! ```
//!
//! What `get` gives lives to the end of the statement, if `send` does not take it. As with locals (`consumed.rs`), names say
//! where that is in doubt, and rustc decides it.

use proc_macro2::Span;
use quote::{ToTokens, quote};
use syn::{
    Block, Expr, ExprAwait, ExprMethodCall, Stmt,
    visit::{self, Visit},
    visit_mut::VisitMut,
};

use super::{
    Enclose,
    block::{awaited, enclose_statement},
    borrow::awaits,
    consumed,
    exits::MacrosAsExpressions,
    leave::After,
};
use crate::{std_macros, syntax};

/// Methods of builders that give the builder back.
const BUILDING: [&str; 18] = [
    "header",
    "headers",
    "bearer_auth",
    "basic_auth",
    "query",
    "json",
    "form",
    "body",
    "multipart",
    "part",
    "text",
    "timeout",
    "bind",
    "param",
    "user_agent",
    "cookie",
    "content_type",
    "error_for_status",
];

/// Methods that do what was built, with one argument or none.
const DOING: [&str; 8] = [
    "send",
    "build",
    "execute",
    "fetch",
    "fetch_one",
    "fetch_all",
    "fetch_optional",
    "call",
];

impl Enclose {
    /// Encloses the value of the statement, if a method may take a temporary there.
    pub(super) fn takes_temporary(&self, block: &mut Block, index: usize, after: &After) -> bool {
        let Some(at) = self.gives_temporary(&block.stmts[index]) else {
            return false;
        };
        let tail = index + 1 == block.stmts.len();
        MacrosAsExpressions.visit_stmt_mut(&mut block.stmts[index]);
        let stmt = &block.stmts[index..=index];
        if self.can_enclose(stmt, &After::Code) {
            enclose_statement(&mut block.stmts[index], at);
            return true;
        }
        let enclosed = match tail && self.can_enclose(stmt, after) {
            true => Some(Stmt::Expr(awaited(&quote!(#(#stmt)*), at), None)),
            false => self.leaving_statement(&stmt[0], at, if tail { after } else { &After::Code }),
        };
        let Some(enclosed) = enclosed else { return false };
        block.stmts[index] = enclosed;
        true
    }

    /// Where the value of a statement gives a temporary to a method, and goes on behind an await.
    pub(super) fn gives_temporary(&self, stmt: &Stmt) -> Option<Span> {
        let value = match stmt {
            Stmt::Expr(expr, _) => expr,
            Stmt::Local(local) => &local.init.as_ref().filter(|init| init.diverge.is_none())?.expr,
            Stmt::Macro(mac) if mac.semi_token.is_some() => {
                let mut find = Find { end: None, at: None };
                find.visit_macro(&mac.mac);
                return find.at;
            }
            Stmt::Item(_) | Stmt::Macro(_) => return None,
        };
        let (inspected, end) = match syntax::inner(value) {
            Expr::If(branches) => (&*branches.cond, None),
            Expr::Match(expr) => (&*expr.expr, None),
            Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) | Expr::Block(_) | Expr::Unsafe(_) => return None,
            value => (value, at_end(value)),
        };
        let mut find = Find { end, at: None };
        find.visit_expr(inspected);
        find.at
    }
}

/// The await behind which nothing of the statement can be observed.
fn at_end(expr: &Expr) -> Option<&ExprAwait> {
    match syntax::inner(expr) {
        Expr::Await(awaited) => Some(awaited),
        Expr::Try(tried) => at_end(&tried.expr),
        Expr::Return(jump) => at_end(jump.expr.as_ref()?),
        Expr::Call(call) if call.args.len() == 1 && syntax::is_constructor(&call.func) => at_end(&call.args[0]),
        Expr::MethodCall(call) if call.args.is_empty() => {
            let quiet = ["unwrap", "ok", "err", "is_ok", "is_err", "is_some", "is_none"];
            quiet
                .iter()
                .any(|name| call.method == name)
                .then(|| at_end(&call.receiver))
                .flatten()
        }
        _ => None,
    }
}

struct Find<'e> {
    end: Option<&'e ExprAwait>,
    at: Option<Span>,
}

impl Visit<'_> for Find<'_> {
    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Await(awaited) => {
                let ends = self.end.is_some_and(|end| std::ptr::eq(end, awaited));
                if let Expr::MethodCall(call) = syntax::inner(&awaited.base) {
                    self.at = self.at.or_else(|| given(call, ends));
                }
                visit::visit_expr_await(self, awaited);
            }
            Expr::MethodCall(call) => {
                if call.args.iter().any(|argument| awaits(argument.to_token_stream())) {
                    self.at = self.at.or_else(|| given_by_block(&call.receiver));
                }
                visit::visit_expr_method_call(self, call);
            }
            Expr::Closure(_) | Expr::Async(_) | Expr::Block(_) | Expr::If(_) | Expr::Match(_) => {}
            Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => {}
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        std_macros::visit_arguments(mac, self);
    }
}

/// Where a chain of calls gives a temporary to a method; `ends`: only in front of an await in the chain itself.
fn given(call: &ExprMethodCall, ends: bool) -> Option<Span> {
    let Expr::MethodCall(inner) = syntax::peeled(&call.receiver) else {
        return made(&call.receiver).then(|| taken(call, ends)).flatten();
    };
    // What leaves the function there is in front of the await.
    let leaves = matches!(syntax::inner(&call.receiver), Expr::Try(_));
    taken(call, ends).or_else(|| given(inner, ends && !leaves))
}

/// `{ job() }.with(1).see(load().await)`: braces are how one says that a method takes it.
fn given_by_block(receiver: &Expr) -> Option<Span> {
    let Expr::MethodCall(call) = syntax::peeled(receiver) else {
        return None;
    };
    match syntax::peeled(&call.receiver) {
        Expr::Block(_) => Some(call.method.span()),
        inner => given_by_block(inner),
    }
}

/// `request()`
fn made(receiver: &Expr) -> bool {
    matches!(syntax::peeled(receiver), Expr::Call(_))
}

fn taken(call: &ExprMethodCall, ends: bool) -> Option<Span> {
    let name = call.method.to_string();
    let doing = DOING.contains(&name.as_str()) && call.args.len() <= 1 && !(name == "send" && call.args.len() == 1);
    let building = BUILDING.contains(&name.as_str()) || name.starts_with("with_");
    let counts = doing || building || consumed::is_taking(&name);
    let awaited = !ends || call.args.iter().any(|argument| awaits(argument.to_token_stream()));
    (counts && awaited).then(|| call.method.span())
}
