//! Guards: what an await gives and that borrows what it was called on. A variable is enclosed with the rest of its scope, a
//! temporary with its expression.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::{
    BinOp, Block, Error, Expr, ExprAwait, ExprMethodCall, ExprReturn, Macro, Pat, Stmt,
    visit::{self, Visit},
};

use super::{Enclose, block::awaited, known::PASSING, leave::After};
use crate::{desugar, lower::exits, pattern, std_macros, syntax};

/// Methods whose future gives what borrows their receiver: locks, pools, buffered readers, services of tower.
const GUARDS: [&str; 9] = [
    "lock",
    "read",
    "write",
    "acquire",
    "reserve",
    "peek",
    "fill_buf",
    "transaction",
    "ready",
];

impl Enclose {
    /// The await, if the first statement binds a guard of a local, or of a `&mut` that the others use.
    pub(super) fn binds_guard(&self, stmts: &[Stmt]) -> Option<Span> {
        let (Stmt::Local(local), rest) = stmts.split_first()? else {
            return None;
        };
        let init = local.init.as_ref()?;
        let named = !pattern::bindings(&local.pat).is_empty();
        let value = passed(&init.expr);
        if let Expr::Macro(mac) = value {
            let joined = self.joins_guard(&mac.mac);
            return joined.or_else(|| self.guard_in_macro(&mac.mac)).filter(|_| named);
        }
        if let Some(at) = self.guard_in_branch(value).filter(|_| named) {
            return Some(at);
        }
        let (root, at) = guarded(extended(value)).filter(|_| named)?;
        let exclusive = self.variables.get(root).is_some_and(|variable| variable.exclusive);
        let used = |stmt: &Stmt| std_macros::mentions(stmt.to_token_stream(), std::slice::from_ref(root));
        (self.moves(root) || exclusive && rest.iter().any(used)).then_some(at)
    }

    /// `if let Some(lock) = &local { Some(lock.lock().await) } else { None }`
    fn guard_in_branch(&self, value: &Expr) -> Option<Span> {
        let Expr::If(branches) = value else {
            return None;
        };
        let (Expr::Let(condition), Some(Stmt::Expr(tail, None))) = (&*branches.cond, branches.then_branch.stmts.last())
        else {
            return None;
        };
        let (root, at) = guarded(wrapped(tail))?;
        let found = self.goes_through_local(&condition.expr) && pattern::names(&condition.pat).contains(root);
        found.then_some(at)
    }

    /// `assert_ok!(local.lock().await)`: a macro that we do not know may give on what it is given.
    fn guard_in_macro(&self, mac: &Macro) -> Option<Span> {
        let arguments = desugar::awaiting_arguments(mac)?;
        arguments.iter().find_map(|argument| self.guard(passed(argument)))
    }

    /// `local.lock().await`
    pub(super) fn guard(&self, expr: &Expr) -> Option<Span> {
        if let Expr::Macro(mac) = expr {
            return self.guard_in_macro(&mac.mac);
        }
        let (root, at) = guarded(expr)?;
        let exclusive = || self.exclusive.is_named(root);
        (self.moves(root) || exclusive()).then_some(at)
    }

    /// `let mut guard = socket.readable().await?;`: what it is called says what it is. That of `lock_owned` borrows nothing.
    pub(super) fn gives_named_guard(&self, pat: &Pat, value: &Expr) -> Option<Span> {
        let name = pattern::single(pat)?.ident.to_string();
        let is_named = ["guard", "permit"].iter().any(|kind| name.ends_with(kind));
        let Expr::Await(ExprAwait { base, .. }) = passed(value) else {
            return None;
        };
        let owns = matches!(syntax::inner(base), Expr::MethodCall(call) if call.method.to_string().ends_with("_owned"));
        self.called_with(base).filter(|_| is_named && !owns).map(Ident::span)
    }

    /// `service.ready().await?;` in a block of its own, where the guard drops.
    pub(super) fn tried_guard(&self, stmt: &Stmt, after: &After) -> Option<Stmt> {
        let Stmt::Expr(Expr::Try(tried), Some(_)) = stmt else {
            return None;
        };
        let at = self.guard(passed(&tried.expr))?;
        self.leaving_statement(stmt, at, after)
    }

    /// Whether something within the statement binds a guard, and so is enclosed there.
    pub(super) fn hides_guard(&self, stmt: &Stmt) -> Option<Span> {
        let mut find = Find::new(self);
        find.visit_stmt(stmt);
        find.at
    }

    /// Encloses the rest of the block from the statement on, which binds a guard.
    pub(super) fn rest(&mut self, block: &mut Block, index: usize, at: Span, after: &After) {
        if !self.whole_rest(block, index, at, after, None) {
            self.errors.push(leaves(at, &block.stmts[index]));
        }
    }

    /// `*mutex.lock().await`: the guard is a temporary, and the value is computed with it.
    pub(super) fn value(&mut self, expr: &mut Expr) {
        let inner = match expr {
            Expr::Try(tried) => &mut *tried.expr,
            Expr::Return(ExprReturn { expr: Some(value), .. }) => return self.value(value),
            Expr::Assign(assign) if self.declares(&assign.left) => return self.value(&mut assign.right),
            other => other,
        };
        if self.guard(passed(inner)).is_some() {
            return;
        }
        let mut find = Find::new(self);
        find.visit_expr(inner);
        let (guard, read) = (find.at, find.read);
        if let Some(at) = guard.or(read)
            && !self.enclose_value(inner, at)
        {
            self.errors.extend(guard.map(in_expression));
        }
    }

    /// Whether an assignment gives the variable its only value: it has none that can be lent.
    fn declares(&self, place: &Expr) -> bool {
        let variable = syntax::variable(place).and_then(|name| self.variables.get(name));
        variable.is_some_and(|variable| variable.deferred && !variable.mutable)
    }

    /// Encloses the expression, if that can be.
    fn enclose_value(&self, inner: &mut Expr, at: Span) -> bool {
        let value = Stmt::Expr(inner.clone(), None);
        let enclosed = match exits(inner) {
            true => self.leaving(std::slice::from_ref(&value), at, &After::Code),
            false => Some(Stmt::Expr(awaited(&value.to_token_stream(), at), None)),
        };
        let Some(Stmt::Expr(enclosed, _)) = enclosed else {
            return false;
        };
        *inner = enclosed;
        true
    }

    /// What of a condition ends before the branch begins.
    pub(super) fn operands(&mut self, condition: &mut Expr) {
        match condition {
            Expr::Let(_) => {}
            Expr::Binary(and) if matches!(and.op, BinOp::And(_)) => {
                self.operands(&mut and.left);
                self.operands(&mut and.right);
            }
            other => match self.calls_on_borrow(other).or_else(|| self.reads_in_operand(other)) {
                Some(at) if self.enclose_value(other, at) => {}
                _ => self.value(other),
            },
        }
    }
}

/// `value` of `Some(value)`
fn wrapped(value: &Expr) -> &Expr {
    match syntax::peeled(value) {
        Expr::Call(call) if syntax::is_constructor(&call.func) && call.args.len() == 1 => wrapped(&call.args[0]),
        other => other,
    }
}

/// `value` of `&*value`: it lives as long as the variable that refers into it.
fn extended(value: &Expr) -> &Expr {
    let Expr::Reference(reference) = value else {
        return value;
    };
    let mut at = syntax::peeled(&reference.expr);
    loop {
        at = match at {
            Expr::Unary(unary) => syntax::peeled(&unary.expr),
            Expr::Field(field) => syntax::peeled(&field.base),
            other => return passed(other),
        };
    }
}

/// `owner.lock().await`: the owner, and where it is awaited.
fn guarded(expr: &Expr) -> Option<(&Ident, Span)> {
    let Expr::Await(ExprAwait { base, await_token, .. }) = expr else {
        return None;
    };
    giving(base)
        .map(|call| (call, await_token.span))
        .and_then(|(call, at)| Some((syntax::root(&call.receiver)?, at)))
}

/// `sem.acquire().await` of `sem.acquire().await.map_err(Error::from)?`, `match sem.acquire().await { Ok(permit) => permit, .. }`
pub(super) fn passed(value: &Expr) -> &Expr {
    let gives = |pat: &Pat, value: &Expr| {
        let names = pattern::names(pat);
        syntax::variable(value).is_some_and(|name| names.contains(name))
    };
    match syntax::peeled(value) {
        Expr::Match(expr) if expr.arms.iter().any(|arm| gives(&arm.pat, &arm.body)) => passed(&expr.expr),
        Expr::If(branches) => match (&*branches.cond, branches.then_branch.stmts.as_slice()) {
            (Expr::Let(condition), [Stmt::Expr(value, None)]) if gives(&condition.pat, value) => {
                passed(&condition.expr)
            }
            _ => value,
        },
        Expr::MethodCall(call) if PASSING.iter().any(|name| call.method == name) => passed(&call.receiver),
        other => other,
    }
}

/// `owner.lock()`, a future that gives a guard.
pub(super) fn giving(future: &Expr) -> Option<&ExprMethodCall> {
    let Expr::MethodCall(call) = syntax::inner(future) else {
        return None;
    };
    let known = GUARDS.iter().any(|name| call.method == name) && call.args.is_empty();
    let waits = ["acquire_many", "reserve_many", "wait_for"]
        .iter()
        .any(|name| call.method == name);
    (known || waits).then_some(call)
}

/// Finds a guard of a local somewhere in an expression.
struct Find<'w> {
    walk: &'w Enclose,
    at: Option<Span>,
    /// What may be a borrow of a local, and is read at once.
    read: Option<Span>,
}

impl Find<'_> {
    fn new(walk: &Enclose) -> Find<'_> {
        Find {
            walk,
            at: None,
            read: None,
        }
    }
}

impl Visit<'_> for Find<'_> {
    fn visit_expr(&mut self, expr: &Expr) {
        self.at = self.at.or_else(|| self.walk.guard(expr));
        visit::visit_expr(self, expr);
    }

    fn visit_macro(&mut self, mac: &Macro) {
        self.read = self.read.or_else(|| self.walk.reads_in_macro(mac));
        std_macros::visit_arguments(mac, self);
    }

    fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &syn::ExprAsync) {}
    fn visit_item(&mut self, _: &syn::Item) {}
}

const WHY: &str = "borrows a local, which a machine moves from state to state";

fn leaves(at: Span, stmt: &Stmt) -> Error {
    let stmt = crate::source::quote_source(&quote!(#stmt), 60);
    Error::new(
        at,
        format!(
            "what this await gives {WHY}\n\
             help: enclose what uses it, and leave it behind that: `let left = async {{ {stmt} .. }}.await;`\n\
             help: or take the owner as an argument by reference"
        ),
    )
}

fn in_expression(at: Span) -> Error {
    Error::new(
        at,
        format!("what this await gives {WHY}\nhelp: bind it with a `let` of its own: `let guard = ..;`"),
    )
}
