//! Borrows of a local that show in what is done with them.
//!
//! ```text
//! let slot = table.slot(1).await;
//! *slot += next().await;              // a `&mut` into `table`
//! let mut rest = &list[..];
//! rest = tail;                        // not to be taken again
//! log.lock().unwrap().push(next().await);
//! ```

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Pat, Stmt, visit::Visit};

use super::{
    Enclose,
    borrow::{awaits, is_guard, is_unused},
    guards::passed,
};
use crate::{pattern, std_macros, syntax};

/// Methods of std that change what they are called on.
const CHANGERS: [&str; 16] = [
    "push",
    "push_str",
    "push_back",
    "push_front",
    "insert",
    "extend",
    "extend_from_slice",
    "append",
    "clear",
    "pop",
    "pop_front",
    "pop_back",
    "remove",
    "retain",
    "truncate",
    "sort",
];

/// Methods that give a reference into their receiver, without a cost: elsewhere they are called again.
const VIEWERS: [&str; 4] = ["as_str", "as_slice", "as_bytes", "as_ref"];

impl Enclose {
    /// `let slot = table.slot(1);`, `let slot = slot_of(&mut table).await?;` with a `slot` that is not mutable, and yet changed
    /// behind an await: it is a `&mut`. One that is looked through, as by `*slot`, is a reference as well.
    pub(super) fn changed_through(&self, pat: &Pat, value: &Expr, rest: &[Stmt]) -> Option<Span> {
        let given = matches!(passed(value), Expr::Await(_));
        (given || pattern::single(pat).is_some())
            .then(|| self.used_through(pat, value, |uses| rest.iter().for_each(|stmt| uses.visit_stmt(stmt))))
            .flatten()
    }

    /// `if let Some(slot) = table.slot(1).await { *slot += 1; }`, `match table.slot(1).await { Some(slot) => *slot, .. }`
    pub(super) fn given_through(&self, pat: &Pat, value: &Expr, branch: &Expr) -> Option<Span> {
        let given = matches!(passed(value), Expr::Await(_));
        given
            .then(|| self.used_through(pat, value, |uses| uses.visit_expr(branch)))
            .flatten()
    }

    fn used_through(&self, pat: &Pat, value: &Expr, look: impl FnOnce(&mut Uses)) -> Option<Span> {
        let names = unchanging(pat).collect();
        let (of, lent) = (self.called_with(passed(value)), self.lent_within(passed(value)));
        let root = of.or(lent)?;
        let mut uses = Uses {
            names,
            through: false,
            awaited: false,
        };
        look(&mut uses);
        (uses.through || uses.awaited && lent.is_some()).then(|| root.span())
    }

    /// The local in `select(Box::pin(read(&file)), pause())`: the future borrows it, and so may what that gives.
    pub(super) fn lent_within<'e>(&'e self, value: &'e Expr) -> Option<&'e Ident> {
        match syntax::inner(value) {
            Expr::Await(awaited) => self.lent_within(&awaited.base),
            Expr::Call(call) if !syntax::is_constructor(&call.func) => {
                call.args.iter().find_map(|argument| match syntax::inner(argument) {
                    Expr::Reference(reference) => syntax::root(&reference.expr).filter(|root| self.moves(root)),
                    Expr::Async(block) => self.borrowed_in(block),
                    other => self.lent_within(other),
                })
            }
            _ => None,
        }
    }

    /// The local in `table.slot(1)`, `slot_of(&mut table).await`.
    pub(super) fn called_with<'e>(&self, value: &'e Expr) -> Option<&'e Ident> {
        let root = match syntax::inner(value) {
            Expr::Await(awaited) => return self.called_with(&awaited.base),
            Expr::MethodCall(call) => syntax::root(&call.receiver),
            Expr::Call(call) if !syntax::is_constructor(&call.func) => call.args.iter().find_map(given),
            _ => None,
        };
        root.filter(|root| self.moves(root))
    }

    /// `let mut transaction = connection.begin().await?;`, `let connection = pool.get().await?;`
    pub(super) fn opens(&self, value: &Expr) -> Option<Span> {
        let Expr::Await(awaited) = passed(value) else {
            return None;
        };
        let Expr::MethodCall(call) = syntax::inner(&awaited.base) else {
            return None;
        };
        let opens =
            call.method == "begin" || call.method == "transaction" || call.method == "get" && call.args.is_empty();
        let root = syntax::root(&call.receiver);
        (opens && root.is_some_and(|root| self.moves(root))).then(|| call.method.span())
    }

    /// `pool.get().await?.ping().await?;`, `let _ = pool.get().await?;`: what is opened ends with its statement.
    pub(super) fn opens_for_itself(&self, stmt: &Stmt) -> Option<Span> {
        let mut at = match stmt {
            Stmt::Expr(expr, Some(_)) => expr,
            Stmt::Local(local) if matches!(local.pat, Pat::Wild(_)) => &local.init.as_ref()?.expr,
            _ => return None,
        };
        loop {
            at = match syntax::inner(at) {
                opened if self.opens(opened).is_some() => return self.opens(opened),
                Expr::MethodCall(call) => &call.receiver,
                Expr::Await(awaited) => &awaited.base,
                Expr::Try(tried) => &tried.expr,
                Expr::Field(field) => &field.base,
                _ => return None,
            };
        }
    }

    /// `let mut rest = &list[..];`, which is assigned or read from later; `let (mut a, mut b) = (&mut left, &mut right);`
    pub(super) fn goes_on_through(&self, pat: &Pat, value: &Expr) -> Option<Span> {
        if let (Pat::Tuple(pats), Expr::Tuple(values)) = (pat, syntax::inner(value)) {
            let mut parts = std::iter::zip(&pats.elems, &values.elems);
            return parts.find_map(|(pat, value)| self.goes_on_through(pat, value));
        }
        pattern::single(pat).filter(|binding| binding.mutability.is_some())?;
        self.viewed(value).map(Ident::span)
    }

    /// `let _entered = Entered(&log);`, `let _entered = Entered::new(&log);`: a guard of the user's, as far as one can tell.
    pub(super) fn is_there_to_be_dropped(&self, pat: &Pat, value: &Expr, rest: &[Stmt]) -> Option<Span> {
        let Expr::Call(call) = syntax::inner(value) else {
            return None;
        };
        let unused = pattern::single(pat).is_some() && is_unused(&pattern::names(pat), rest);
        let borrowed = call.args.iter().find_map(|argument| match syntax::inner(argument) {
            Expr::Reference(reference) => syntax::root(&reference.expr).filter(|root| self.moves(root)),
            _ => None,
        });
        borrowed.filter(|_| unused && makes(&call.func)).map(Ident::span)
    }

    /// The local in `&list`, `Some(&list)`, `text.as_str()`.
    fn viewed<'e>(&self, value: &'e Expr) -> Option<&'e Ident> {
        let root = match syntax::inner(value) {
            Expr::Reference(reference) => syntax::root(&reference.expr),
            Expr::MethodCall(call) if VIEWERS.iter().any(|name| call.method == name) => syntax::root(&call.receiver),
            Expr::Call(call) if syntax::is_constructor(&call.func) && call.args.len() == 1 => {
                return self.viewed(&call.args[0]);
            }
            _ => None,
        };
        root.filter(|root| self.moves(root))
    }

    /// `builder.add(1).await.add(2).await`: a method whose result has the same method gives its receiver back.
    pub(super) fn goes_on_with_itself(&self, expr: &Expr) -> Option<Span> {
        let (mut at, mut methods) = (expr, Vec::new());
        loop {
            at = match syntax::peeled(at) {
                Expr::Await(awaited) => &awaited.base,
                Expr::MethodCall(call) => {
                    methods.push(&call.method);
                    &call.receiver
                }
                place => {
                    let root = syntax::root(place).filter(|root| self.moves(root))?;
                    let twice = |(index, name): (usize, &&Ident)| methods[..index].contains(name);
                    return methods.iter().enumerate().any(twice).then(|| root.span());
                }
            };
        }
    }

    /// `map.entry(1).or_default().push(next().await)`: the receiver is a borrow, and there before the arguments.
    /// `table.slot(1).await.push(2)`: so is what an await gives, if it is changed.
    pub(super) fn calls_on_borrow(&self, expr: &Expr) -> Option<Span> {
        let call = match syntax::peeled(expr) {
            Expr::MethodCall(call) => call,
            Expr::Call(call) if call.args.len() == 1 => return self.calls_on_borrow(&call.args[0]),
            Expr::Call(call) => return self.holds_beside_await(&call.args.iter().collect::<Vec<_>>()),
            Expr::Tuple(tuple) => return self.holds_beside_await(&tuple.elems.iter().collect::<Vec<_>>()),
            Expr::Array(array) => return self.holds_beside_await(&array.elems.iter().collect::<Vec<_>>()),
            Expr::Unary(unary) => return self.calls_on_borrow(&unary.expr),
            Expr::Cast(cast) => return self.calls_on_borrow(&cast.expr),
            Expr::Binary(binary) if !syntax::is_lazy(&binary.op) => {
                let changed = syntax::is_compound_assignment(&binary.op).then(|| self.place_of_await(&binary.left));
                return changed
                    .flatten()
                    .or_else(|| self.holds_beside_await(&[&binary.left, &binary.right]));
            }
            Expr::Assign(assign) if self.place_of_await(&assign.left).is_some() => {
                return self.place_of_await(&assign.left);
            }
            Expr::Assign(assign) => {
                let variable = syntax::variable(&assign.left).and_then(|name| self.variables.get(name));
                // What has no value yet cannot be lent.
                let there = variable.is_none_or(|variable| !variable.deferred);
                return there.then(|| self.calls_on_borrow(&assign.right)).flatten();
            }
            _ => return None,
        };
        if is_change(call)
            && let Some(at) = self.place_of_await(&call.receiver)
        {
            return Some(at);
        }
        let awaiting = call.args.iter().any(|argument| awaits(argument.to_token_stream()));
        if !awaiting {
            return match syntax::peeled(&call.receiver) {
                inner @ (Expr::Call(_) | Expr::MethodCall(_)) => self.calls_on_borrow(inner),
                _ => None,
            };
        }
        let owner = whole(&call.receiver);
        let borrower = self.borrower(owner).or_else(|| self.unwraps_view(owner));
        let at = borrower.map(|call| call.method.span());
        at.or_else(|| self.holds_guard(&call.receiver))
    }

    /// `*table.slot(1).await`, `table.row(1).await.name`: a place that an await gives.
    fn place_of_await(&self, place: &Expr) -> Option<Span> {
        match syntax::peeled(place) {
            Expr::Unary(unary) => self.place_of_await(&unary.expr),
            Expr::Field(field) => self.place_of_await(&field.base),
            Expr::Index(index) => self.place_of_await(&index.expr),
            awaited @ Expr::Await(_) => self.called_with(awaited).map(Ident::span),
            _ => None,
        }
    }

    /// `slot.as_mut().unwrap()`, `options.port.as_deref().unwrap_or("80")`
    pub(super) fn unwraps_view<'e>(&self, value: &'e Expr) -> Option<&'e ExprMethodCall> {
        let viewed = match syntax::inner(value) {
            Expr::MethodCall(call) if call.method.to_string().starts_with("unwrap_or") => passed(&call.receiver),
            _ => passed(value),
        };
        let Expr::MethodCall(call) = viewed else {
            return None;
        };
        let unwraps = !std::ptr::eq(syntax::inner(value), viewed);
        let local = || syntax::root(&call.receiver).is_some_and(|root| self.moves(root));
        (unwraps && syntax::is_view(&call.method) && local()).then_some(call)
    }

    /// `first(&list.borrow(), next().await)`, `list.borrow().len() + next().await`, `text.trim() == next().await`: a guard or
    /// another borrow is there while another operand awaits, or while one does within an operand.
    fn holds_beside_await(&self, operands: &[&Expr]) -> Option<Span> {
        let last = operands.iter().rposition(|operand| awaits(operand.to_token_stream()))?;
        let beside = operands[..last]
            .iter()
            .find_map(|operand| self.keeps_guard(operand).or_else(|| self.lends_part(operand)));
        beside.or_else(|| operands.iter().find_map(|operand| self.calls_on_borrow(operand)))
    }

    /// `list.first()`, also as a part of a tuple.
    pub(super) fn lends_part(&self, value: &Expr) -> Option<Span> {
        match syntax::inner(value) {
            Expr::Tuple(tuple) => tuple.elems.iter().find_map(|part| self.lends_part(part)),
            other => self.borrower(other).map(|call| call.method.span()),
        }
    }

    /// Whether a guard is a temporary of the value, or of an operand of it.
    pub(super) fn keeps_guard(&self, value: &Expr) -> Option<Span> {
        let within = match syntax::peeled(value) {
            Expr::Call(call) => call.args.iter().find_map(|argument| self.keeps_guard(argument)),
            Expr::Tuple(tuple) => tuple.elems.iter().find_map(|value| self.keeps_guard(value)),
            Expr::Array(array) => array.elems.iter().find_map(|value| self.keeps_guard(value)),
            Expr::Cast(cast) => self.keeps_guard(&cast.expr),
            Expr::Binary(binary) if !syntax::is_lazy(&binary.op) => {
                let left = self.keeps_guard(&binary.left);
                left.or_else(|| self.keeps_guard(&binary.right))
            }
            _ => None,
        };
        within.or_else(|| self.holds_guard(value))
    }

    /// `list.borrow_mut().pop()`: the guard is a temporary of it.
    pub(super) fn holds_guard(&self, value: &Expr) -> Option<Span> {
        let call = called(value)?;
        let root = syntax::root(&call.receiver);
        match is_guard(call) && root.is_some_and(|root| self.moves(root)) {
            true => Some(call.method.span()),
            false => self.holds_guard(&call.receiver),
        }
    }
}

/// `make()` of `make().names[0]`
fn whole(part: &Expr) -> &Expr {
    match syntax::inner(part) {
        Expr::Field(field) => whole(&field.base),
        Expr::Index(index) => whole(&index.expr),
        other => other,
    }
}

fn is_change(call: &ExprMethodCall) -> bool {
    CHANGERS.iter().any(|name| call.method == name)
}

fn called(value: &Expr) -> Option<&ExprMethodCall> {
    match syntax::peeled(value) {
        Expr::MethodCall(call) => Some(call),
        Expr::Reference(reference) => called(&reference.expr),
        Expr::Unary(unary) => called(&unary.expr),
        Expr::Field(field) => called(&field.base),
        Expr::Index(index) => called(&index.expr),
        _ => None,
    }
}

/// `Type`, `Type::new`, `Type::of`
fn makes(callee: &Expr) -> bool {
    let Expr::Path(path) = syntax::inner(callee) else {
        return false;
    };
    let mut names = path.path.segments.iter().rev().take(2);
    names.any(|segment| segment.ident.to_string().starts_with(char::is_uppercase))
}

/// `m`, `&mut m.list`
fn given(argument: &Expr) -> Option<&Ident> {
    match syntax::inner(argument) {
        Expr::Reference(reference) if reference.mutability.is_some() => syntax::root(&reference.expr),
        other => syntax::variable(other),
    }
}

/// The names that a pattern binds by value, and that are not changed themselves.
fn unchanging(pat: &Pat) -> impl Iterator<Item = Ident> {
    let bindings = pattern::bindings(pat).into_iter();
    let fixed = bindings.filter(|binding| binding.mutability.is_none() && binding.by_ref.is_none());
    fixed.map(|binding| binding.ident)
}

/// What is done with variables.
struct Uses {
    names: Vec<Ident>,
    /// What they refer to is changed, or looked at.
    through: bool,
    /// They are futures.
    awaited: bool,
}

impl Uses {
    fn is_one(&self, expr: &Expr) -> bool {
        syntax::variable(expr).is_some_and(|name| self.names.contains(name))
    }

    /// What is taken out of a variable is used as it is.
    fn binds(&mut self, pat: &Pat, value: &Expr) {
        if self.is_one(value) {
            self.names.extend(unchanging(pat));
        }
    }

    fn assigns(&mut self, place: &Expr) {
        let root = syntax::root(place).filter(|_| syntax::variable(place).is_none());
        self.through |= root.is_some_and(|root| self.names.contains(root));
    }
}

impl Visit<'_> for Uses {
    fn visit_local(&mut self, local: &syn::Local) {
        if let Some(init) = &local.init {
            self.binds(&local.pat, &init.expr);
        }
        syn::visit::visit_local(self, local);
    }

    fn visit_expr_let(&mut self, condition: &syn::ExprLet) {
        self.binds(&condition.pat, &condition.expr);
        syn::visit::visit_expr_let(self, condition);
    }

    fn visit_expr_match(&mut self, expr: &syn::ExprMatch) {
        expr.arms.iter().for_each(|arm| self.binds(&arm.pat, &expr.expr));
        syn::visit::visit_expr_match(self, expr);
    }

    fn visit_expr_assign(&mut self, assign: &syn::ExprAssign) {
        match syntax::inner(&assign.left) {
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|place| self.assigns(place)),
            place => self.assigns(place),
        }
        syn::visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
        if syntax::is_compound_assignment(&binary.op) {
            self.assigns(&binary.left);
        }
        syn::visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_await(&mut self, awaited: &syn::ExprAwait) {
        self.awaited |= self.is_one(&awaited.base);
        syn::visit::visit_expr_await(self, awaited);
    }

    fn visit_expr_unary(&mut self, unary: &syn::ExprUnary) {
        self.through |= matches!(unary.op, syn::UnOp::Deref(_)) && self.is_one(&unary.expr);
        syn::visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        self.through |= is_change(call) && self.is_one(&call.receiver);
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        std_macros::visit_arguments(mac, self);
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}
