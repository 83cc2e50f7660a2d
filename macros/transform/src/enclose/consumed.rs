//! A method that may take a local by value, in front of an await -> an `async` block around the rest of the local's scope.
//!
//! ```text
//! // Input:
//! let n = job.run().await?;
//! report(n).await;
//! // Output:
//! async { let n = job.run().await?; report(n).await; }.await
//! ```
//!
//! Whether the local still has a value behind the call, only types tell; within the block rustc decides it. The rule, which
//! keeps ordinary functions flat: a method of a name that usually takes `self`, the last mention of the local in its scope, and
//! an await between there and the end of that. A wrong guess costs a future inside of a future, and nothing else.

use std::borrow::Cow;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Block, Expr, ExprAwait, ExprMethodCall, Macro, Stmt, parse_quote,
    visit::{self, Visit},
};

use super::{
    Enclose,
    block::awaited,
    borrow::awaits,
    exits::Exits,
    fields,
    known::{self, ENDING, OF_LIBRARIES, TAKING},
    leave::After,
    variables::Variable,
};
use crate::{desugar, lower::is_consuming, pattern, source, std_macros, syntax};

impl Enclose {
    /// Encloses the rest of the block, if a method may take a local there.
    /// `hides`: the statement is enclosed otherwise, or something in it is, where nobody sees what its awaits take.
    pub(super) fn takes_along(&self, block: &mut Block, index: usize, after: &After, hides: bool) -> bool {
        let stmts = &block.stmts[index..];
        let Some((at, name)) = self.gives_to_method(stmts, hides) else {
            return false;
        };
        let returns = returns(stmts);
        let leaves = !returns && !self.can_enclose(stmts, after);
        let first = self.first_moved_in(&name, stmts, leaves);
        let Some((start, inside)) = self.with_moved_in(first, block, index) else {
            return false;
        };
        let stmts = &block.stmts[start..];
        let leaves = leaves || !returns && !self.can_enclose(stmts, after);
        let enclosed = if returns {
            self.returned(&inside, at)
        } else if leaves {
            self.leaving_with(stmts, &inside, first.unwrap_or_default(), at, after)
        } else {
            Some(Stmt::Expr(awaited(&quote!(#(#inside)*), at), None))
        };
        let Some(enclosed) = enclosed else { return false };
        block.stmts.truncate(start);
        block.stmts.push(enclosed);
        true
    }

    /// `return async { stmts }.await;`
    pub(super) fn returned(&self, stmts: &[Stmt], at: Span) -> Option<Stmt> {
        let (last, others) = stmts.split_last().filter(|_| returns(stmts))?;
        let Stmt::Expr(Expr::Return(jump), _) = last else {
            return None;
        };
        let value = &jump.expr;
        let mut jump = jump.clone();
        jump.expr = Some(Box::new(awaited(&quote!(#(#others)* #value), at)));
        self.can_enclose(stmts, &After::Function)
            .then(|| Stmt::Expr(Expr::Return(jump), Some(Default::default())))
    }

    /// The first of the variables that statements which are left early have to have from their beginning, since they give it
    /// to a method, or it drops behind a younger one.
    pub(super) fn first_given(&self, stmts: &[Stmt]) -> Option<usize> {
        let taken = (0..stmts.len()).filter_map(|at| {
            let by_method = self.taken_by_method(&stmts[at..]).map(|variable| &variable.name);
            let moved = || self.moves_field(&stmts[at..]).map(|(_, name)| name);
            let name = by_method
                .or_else(moved)
                .or_else(|| self.taken_apart(&stmts[at], &stmts[at + 1..]))?;
            let is_older = !stmts[..at].iter().any(|stmt| binds(stmt, name));
            is_older.then_some(name)
        });
        let oldest = taken.min_by_key(|name| self.variables.position(name));
        oldest.and_then(|name| self.first_moved_in(name, stmts, true))
    }

    /// What the first of the statements gives to a method as its last mention.
    fn taken_by_method(&self, stmts: &[Stmt]) -> Option<&Variable> {
        let (first, rest) = stmts.split_first()?;
        let calls = Calls::of(self, first, rest.is_empty(), true);
        calls.found.into_iter().find_map(|call| {
            let variable = self.variables.get(fields::owner(&call.receiver)?)?;
            self.is_done_with_taken(&call.receiver, variable, stmts)
                .then_some(variable)
        })
    }

    /// Whether the scope of the variable ends with the block, and behind the first of the statements nothing mentions it.
    pub(super) fn is_done_with(&self, variable: &Variable, stmts: &[Stmt]) -> bool {
        let names = self.variables.with_references(&variable.name);
        self.ends_with_block_of(variable, stmts)
            && !is_mentioned(&variable.name, stmts, &|code| std_macros::mentions(code, &names))
    }

    /// The same, of what the first of the statements takes: of a field, others of its variable may be mentioned.
    pub(super) fn is_done_with_taken(&self, taken: &Expr, variable: &Variable, stmts: &[Stmt]) -> bool {
        let Some(field) = fields::field(taken) else {
            return self.is_done_with(variable, stmts);
        };
        let references = self.variables.with_references(&variable.name);
        let others = references.iter().filter(|name| **name != variable.name).cloned();
        let others: Vec<_> = others.collect();
        let mentions = |code: TokenStream| {
            fields::mentions(code.clone(), &variable.name, field) || std_macros::mentions(code, &others)
        };
        self.ends_with_block_of(variable, stmts) && !is_mentioned(&variable.name, stmts, &mentions)
    }

    fn ends_with_block_of(&self, variable: &Variable, stmts: &[Stmt]) -> bool {
        ends_by_return(stmts) || self.ends_with <= variable.depth
    }

    /// Whether the first of the statements may give a local to a method, and the others await: where.
    fn gives_to_method(&self, stmts: &[Stmt], hides: bool) -> Option<(Span, Ident)> {
        let (first, rest) = stmts.split_first()?;
        let calls = Calls::of(self, first, rest.is_empty(), hides);
        let inner = bound_within(first);
        let found = calls.found.into_iter().find(|call| {
            let Some(variable) = fields::owner(&call.receiver).and_then(|name| self.variables.get(name)) else {
                return false;
            };
            let needed = is_needed_behind(call, first, rest);
            needed && self.is_done_with_taken(&call.receiver, variable, stmts) && !inner.contains(&variable.name)
        });
        let call = found?;
        Some((call.method.span(), fields::owner(&call.receiver)?.clone()))
    }

    /// The first of the variables that the block has to have from its beginning, if any: where code leaves it early, or where
    /// nobody knows whether the one that is taken is whole.
    pub(super) fn first_moved_in(&self, name: &Ident, stmts: &[Stmt], leaves: bool) -> Option<usize> {
        let at = self.variables.position(name)?;
        let inside = quote!(#(#stmts)*);
        let given = (0..at).find(|&older| {
            let variable = &self.variables.between(older, at)[0];
            variable.depth >= self.ends_with && !variable.plain && source::is_given(&inside, &variable.name)
        });
        let parted = self.variables.get(name)?.parted;
        match leaves {
            true => Some(given.unwrap_or(at)),
            false => parted.then_some(at),
        }
    }

    /// The statements from the index on, behind the `let` of what is moved in, from the first one on. Where another one of
    /// these has no name any more, they start in front of it.
    pub(super) fn with_moved_in(
        &self,
        first: Option<usize>,
        block: &Block,
        index: usize,
    ) -> Option<(usize, Vec<Stmt>)> {
        let Some(first) = first else {
            return Some((index, block.stmts[index..].to_vec()));
        };
        let start = match self.is_shadowed_since(first) {
            true => self.behind(first, &block.stmts[..index])?,
            false => index,
        };
        let (before, inside) = block.stmts.split_at(start);
        let declared = inside[..index - start].iter().map(declared).sum::<usize>();
        let moved = self.moved_in(first..self.variables.len() - declared, before, inside);
        Some((start, std::iter::once(moved).chain(inside.iter().cloned()).collect()))
    }

    /// Behind which of the statements, up to here, the variable is declared.
    fn behind(&self, variable: usize, before: &[Stmt]) -> Option<usize> {
        let mut first = self.variables.len();
        let declares = |stmt: &Stmt| {
            first -= declared(stmt);
            first <= variable
        };
        before.iter().rposition(declares).map(|at| at + 1)
    }

    fn is_shadowed_since(&self, first: usize) -> bool {
        let variables = self.variables.between(first, self.variables.len()).iter().enumerate();
        let mut shadowed =
            variables.filter(|(at, variable)| self.variables.position(&variable.name) != Some(first + at));
        shadowed.any(|(_, variable)| !variable.plain && !variable.refers)
    }

    /// `let (job, id) = (job, id);` of these variables, whose scopes end with the block.
    fn moved_in(&self, range: std::ops::Range<usize>, before: &[Stmt], inside: &[Stmt]) -> Stmt {
        let inside = quote!(#(#inside)*);
        let given = |name: &Ident| {
            // What is needed here was given away on paths only that do not lead here.
            if std_macros::mentions(inside.clone(), std::slice::from_ref(name)) {
                return false;
            }
            let since = before.iter().rposition(|stmt| binds(stmt, name)).map_or(0, |at| at + 1);
            before[since..]
                .iter()
                .any(|stmt| source::is_given(&stmt.to_token_stream(), name))
        };
        let end = range.end;
        let moved = range.filter_map(|at| {
            let (variable, younger) = self.variables.between(at, end).split_first()?;
            let visible = !younger.iter().any(|other| other.name == variable.name);
            let there = !variable.plain && !variable.deferred && !given(&variable.name);
            (visible && there).then_some(variable)
        });
        let moved: Vec<_> = moved.collect();
        let names: Vec<_> = moved.iter().map(|variable| &variable.name).collect();
        let bound = names.iter().map(|name| match *name == "self" {
            true => Ident::new(&self.this.to_string(), name.span()),
            false => (*name).clone(),
        });
        let bound: Vec<_> = bound.collect();
        let muts = moved.iter().map(|variable| variable.mutable.then(|| quote!(mut)));
        match names.as_slice() {
            [name] => parse_quote!(let #(#muts)* #(#bound)* = #name;),
            names => parse_quote!(let (#(#muts #bound),*) = (#(#names),*);),
        }
    }

    /// `seen`: of a call that is awaited where the machine sees it.
    pub(super) fn takes(&self, call: &ExprMethodCall, awaited: bool, seen: bool) -> bool {
        let variable = fields::owner(&call.receiver).and_then(|name| self.variables.get(name));
        let Some(variable) = variable else { return false };
        if fields::field(&call.receiver).is_some() {
            let sends = awaited && call.method == "send";
            return may_take(call) && !(variable.stays() || sends);
        }
        let is_known = seen && is_consuming(call) && !variable.lent || call.method == "send" && variable.once;
        let sends = awaited && call.method == "send" && !call.args.is_empty();
        // That of a writer borrows it.
        let shuts_down = call.method == "shutdown" && variable.mutable;
        let streams = variable.of_std && call.method == "then";
        let may = may_take(call) || variable.name == "self" && !variable.mutable && !known::borrows(call);
        may && !(variable.stays() || is_known || sends || shuts_down || streams)
    }
}

/// Whether the method may take what it is called on, as far as its name tells.
pub(crate) fn may_take(call: &ExprMethodCall) -> bool {
    let (name, count) = (call.method.to_string(), call.args.len());
    match name.as_str() {
        "send" => count <= 1,
        "join" => count == 0,
        // Of readers, and of what may be an iterator.
        "take" | "chain" => count == 1,
        // Of promises.
        "then" => call.args.first().is_some_and(|argument| !is_of_bool(argument)),
        "catch" | "finally" => count == 1,
        name if OF_LIBRARIES.contains(&name) => count == 0,
        name => is_taking(name) || ENDING.contains(&name),
    }
}

/// `c.then(|| 1)`: no value goes to the closure.
fn is_of_bool(argument: &Expr) -> bool {
    matches!(syntax::inner(argument), Expr::Closure(closure) if closure.inputs.is_empty())
}

impl Variable {
    /// Whether a method hardly takes it.
    pub(super) fn stays(&self) -> bool {
        self.refers || self.reference || self.shares || self.plain
    }
}

/// What patterns within the statement bind: other variables, perhaps of the same name.
pub(super) fn bound_within(stmt: &Stmt) -> Vec<Ident> {
    match stmt {
        Stmt::Expr(expr, _) => pattern::bound_within(expr),
        Stmt::Local(local) => local
            .init
            .as_ref()
            .map_or_else(Vec::new, |init| pattern::bound_within(&init.expr)),
        Stmt::Item(_) | Stmt::Macro(_) => Vec::new(),
    }
}

pub(super) fn is_taking(method: &str) -> bool {
    TAKING.contains(&method)
}

/// How many variables the statement declares.
fn declared(stmt: &Stmt) -> usize {
    match stmt {
        Stmt::Local(local) => pattern::bindings(&local.pat).len(),
        _ => 0,
    }
}

/// Whether the statement declares a variable of that name.
fn binds(stmt: &Stmt, name: &Ident) -> bool {
    matches!(stmt, Stmt::Local(local) if pattern::names(&local.pat).contains(name))
}

/// Whether the statements behind the first one mention the variable, or a reference to it, before another one has its name.
fn is_mentioned(variable: &Ident, stmts: &[Stmt], mentions: &dyn Fn(TokenStream) -> bool) -> bool {
    let (behind, shadow) = match stmts.iter().position(|stmt| binds(stmt, variable)) {
        Some(0) => return false,
        Some(at) => (&stmts[1..at], Some(&stmts[at])),
        None => (&stmts[1..], None),
    };
    let value = shadow.and_then(|stmt| match stmt {
        Stmt::Local(local) => local.init.as_ref().map(|init| init.expr.to_token_stream()),
        _ => None,
    });
    let behind = behind.iter().map(ToTokens::to_token_stream).chain(value);
    behind.into_iter().any(mentions)
}

/// Whether something awaits between the call and the end of the statements, other than what ends the scope itself.
fn is_needed_behind(call: &ExprMethodCall, first: &Stmt, rest: &[Stmt]) -> bool {
    if rest.iter().any(|stmt| awaits(stmt.to_token_stream())) {
        return true;
    }
    let at_end = rest.is_empty() && is_at_end(first, call);
    !at_end && awaits(first.to_token_stream())
}

/// `Ok(job.run().await?)`, `let n = job.run().await;`: nothing of the scope is left behind it.
fn is_at_end(stmt: &Stmt, call: &ExprMethodCall) -> bool {
    match stmt {
        Stmt::Expr(expr, _) => is_awaited(expr, call),
        Stmt::Local(local) => match &local.init {
            Some(init) => init.diverge.is_none() && is_awaited(&init.expr, call),
            None => false,
        },
        Stmt::Item(_) | Stmt::Macro(_) => false,
    }
}

fn is_awaited(expr: &Expr, call: &ExprMethodCall) -> bool {
    let base = at_end(expr).map(|awaited| syntax::inner(&awaited.base));
    matches!(base, Some(Expr::MethodCall(found)) if std::ptr::eq(found, call))
}

/// The await whose value ends the scope as it is, or by `?`.
pub(super) fn at_end(expr: &Expr) -> Option<&ExprAwait> {
    match syntax::inner(expr) {
        Expr::Try(tried) => at_end(&tried.expr),
        Expr::Return(jump) => at_end(jump.expr.as_ref()?),
        Expr::Call(made) if made.args.len() == 1 && syntax::is_constructor(&made.func) => at_end(&made.args[0]),
        Expr::Await(awaited) => Some(awaited),
        _ => None,
    }
}

/// Whether the block leaves the function at its end, and with that the scopes of all variables.
pub(super) fn ends_by_return(stmts: &[Stmt]) -> bool {
    matches!(stmts.last(), Some(Stmt::Expr(Expr::Return(_), _)))
}

/// Whether it does so in any case, if no error leaves it before.
fn returns(stmts: &[Stmt]) -> bool {
    let exits = Exits::of(stmts);
    ends_by_return(stmts) && exits.breaks.is_empty() && exits.continues.is_empty() && !exits.hidden
}

/// The calls in a statement behind which the block that it stands in goes on.
struct Calls<'w, 'e> {
    walk: &'w Enclose,
    hides: bool,
    found: Vec<Cow<'e, ExprMethodCall>>,
}

impl<'w, 'e> Calls<'w, 'e> {
    fn of(walk: &'w Enclose, stmt: &'e Stmt, tail: bool, hides: bool) -> Self {
        let mut calls = Calls {
            walk,
            hides,
            found: Vec::new(),
        };
        calls.found.extend(walk.gives_way(stmt).map(Cow::Borrowed));
        calls.statement(stmt, tail);
        calls
    }

    fn statement(&mut self, stmt: &'e Stmt, tail: bool) {
        match stmt {
            Stmt::Expr(expr, _) => self.expression(expr, tail),
            other => self.visit_stmt(other),
        }
    }

    /// Of what is the end of the block itself, the blocks within are looked at when the walk comes there.
    fn expression(&mut self, expr: &'e Expr, tail: bool) {
        match expr {
            Expr::If(branches) if tail => {
                self.visit_expr(&branches.cond);
                if let Some((_, otherwise)) = &branches.else_branch {
                    self.expression(otherwise, tail);
                }
            }
            Expr::Match(expr) if tail => {
                self.visit_expr(&expr.expr);
                for arm in &expr.arms {
                    self.arm(&arm.body);
                }
            }
            Expr::Block(block) if tail && block.label.is_none() => {}
            Expr::Unsafe(_) if tail => {}
            other => self.visit_expr(other),
        }
    }

    fn arm(&mut self, body: &'e Expr) {
        let before = self.found.len();
        self.expression(body, true);
        let found = self.found.split_off(before);
        self.found
            .extend(found.into_iter().filter(|call| !is_awaited(body, call)));
    }

    fn note(&mut self, call: &'e ExprMethodCall, awaited: bool) {
        if self.walk.takes(call, awaited, awaited && !self.hides) {
            self.found.push(Cow::Borrowed(call));
        }
    }
}

impl<'e> Visit<'e> for Calls<'_, 'e> {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Await(awaited) => match syntax::inner(&awaited.base) {
                Expr::MethodCall(call) => {
                    self.note(call, true);
                    visit::visit_expr_method_call(self, call);
                }
                base => self.visit_expr(base),
            },
            Expr::MethodCall(call) => {
                self.note(call, false);
                visit::visit_expr_method_call(self, call);
            }
            Expr::Closure(_) | Expr::Async(_) | Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => {}
            other => visit::visit_expr(self, other),
        }
    }

    /// `println!("{}", job.run().await);`, `assert_ok!(job.run().await);`, `join!(job.run(), next())`
    fn visit_macro(&mut self, mac: &'e Macro) {
        let known = std_macros::parse(mac).map(|mac| mac.exprs());
        let arguments = known
            .or_else(|| desugar::arguments(mac))
            .or_else(|| desugar::awaited_operands(mac))
            .unwrap_or_default();
        for argument in &arguments {
            let mut inside = Calls {
                walk: self.walk,
                hides: self.hides,
                found: Vec::new(),
            };
            inside.visit_expr(argument);
            let found = inside.found.into_iter().map(|call| Cow::Owned(call.into_owned()));
            self.found.extend(found);
        }
    }

    fn visit_block(&mut self, block: &'e Block) {
        if !ends_by_return(&block.stmts) {
            visit::visit_block(self, block);
        }
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
}
