//! What certainly borrows a local, by the names of std and of tokio.
//!
//! A wrong guess costs a future inside of a future, and nothing else: what is enclosed means the same.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Local, Pat, Stmt, Type};

use super::{
    Enclose,
    guards::passed,
    kept::{self, with_parts},
    known::{self, ADAPTERS, CUTTING, MAPS, PICKERS, READERS, VIEWS},
};
use crate::{desugar, pattern, source, std_borrows::GUARDS, std_collected, std_macros, syntax, tokens};

impl Enclose {
    /// The method that borrows a local, if the value may not be needed beside it without a borrow.
    pub(super) fn borrower<'e>(&self, value: &'e Expr) -> Option<&'e ExprMethodCall> {
        let Expr::MethodCall(call) = passed(value) else {
            return None;
        };
        let name = call.method.to_string();
        if let Some(view) = self.looks_into_view(call) {
            return Some(view);
        }
        // Of an `Option` these give what borrows nothing.
        let copies = matches!(name.as_str(), "copied" | "cloned") && known::is_over_collection(&call.receiver);
        if copies || ADAPTERS.contains(&name.as_str()) {
            let other = call.args.first().filter(|_| name == "zip" || name == "chain");
            return self
                .borrower(&call.receiver)
                .or_else(|| other.and_then(|other| self.borrower(other)));
        }
        // `text.split_once(' ').unwrap_or((text, ""))`
        if name.starts_with("unwrap_or") && !computes(&call.receiver) {
            return self.borrower(&call.receiver);
        }
        if PICKERS.contains(&name.as_str())
            && std_collected::is_of_references(&call.receiver)
            && !syntax::is_place(&call.receiver)
        {
            return self.borrower(&call.receiver);
        }
        let known = known::lends(call);
        match syntax::root(&call.receiver) {
            Some(root) => (known && self.moves(root)).then_some(call),
            // `list.borrow_mut().first_mut()`
            None if known => self.borrower(&call.receiver).or_else(|| self.cut(call)),
            None => self.cut(call),
        }
    }

    /// `url.host()?.trim_matches('/')`, `entry.name().as_str()`: what a part of a text is cut from, or looked at, lives on, so that
    /// it is in the local.
    fn cut<'e>(&self, call: &'e ExprMethodCall) -> Option<&'e ExprMethodCall> {
        if !CUTTING.iter().any(|name| call.method == name) && !syntax::is_view(&call.method) {
            return None;
        }
        let Expr::MethodCall(inner) = passed(&call.receiver) else {
            return None;
        };
        match syntax::root(&inner.receiver) {
            Some(root) => self.moves(root).then_some(inner),
            None => self.cut(inner),
        }
    }

    /// `let parts = text.split(' ');` whose `parts` is needed after an await in `rest`.
    pub(super) fn binds_borrow(&self, stmt: &Stmt, rest: &[Stmt]) -> Option<Span> {
        let Stmt::Local(Local {
            pat, init: Some(init), ..
        }) = stmt
        else {
            return None;
        };
        let (pat, ty) = pattern::split_type(pat.clone());
        let call = self
            .borrower(&init.expr)
            .or_else(|| self.collected(&init.expr, ty.as_ref()));
        let call = call
            .or_else(|| self.unwraps_view(&init.expr))
            .or_else(|| self.makes_future(&pat, &init.expr, rest));
        let at = call.map(|call| call.method.span());
        let at = at
            .or_else(|| self.refers(&init.expr))
            .or_else(|| self.builds_around(&pat, &init.expr))
            .or_else(|| self.makes_future_of(&pat, &init.expr, rest))
            .or_else(|| self.opens(&init.expr))
            .or_else(|| self.gives_named_guard(&pat, &init.expr))
            .or_else(|| self.goes_by_local(&init.expr))
            .or_else(|| self.breaks_with_borrow(&init.expr))
            .or_else(|| self.changed_through(&pat, &init.expr, rest))
            .or_else(|| self.goes_on_through(&pat, &init.expr))
            .or_else(|| self.is_there_to_be_dropped(&pat, &init.expr, rest))?;
        let given = call.is_none() && awaits(init.expr.to_token_stream());
        let first = match given {
            true => 0,
            false => rest.iter().position(|stmt| awaits(stmt.to_token_stream()))?,
        };
        let names = pattern::names(&pat);
        let unused = is_unused(&names, rest);
        let guard = call.map_or(unused && !given, is_guard);
        let names = with_parts(names, rest);
        let used = rest[first..]
            .iter()
            .any(|stmt| std_macros::mentions(stmt.to_token_stream(), &names));
        (!names.is_empty() && (guard || used)).then_some(at)
    }

    /// `View { of: &table }`, `if first { &a } else { &b }`: a borrow of a local that cannot be taken again.
    fn refers(&self, value: &Expr) -> Option<Span> {
        let tail = |block: &syn::Block| match block.stmts.last() {
            Some(Stmt::Expr(tail, None)) => self.refers_at(tail),
            _ => None,
        };
        let refers = match syntax::inner(value) {
            Expr::Struct(literal) => literal.fields.iter().find_map(|field| self.refers_at(&field.expr)),
            Expr::If(branches) => tail(&branches.then_branch).or_else(|| {
                let (_, otherwise) = branches.else_branch.as_ref()?;
                self.refers(otherwise)
            }),
            Expr::Match(expr) => expr.arms.iter().find_map(|arm| self.refers_at(&arm.body)),
            Expr::Block(block) => tail(&block.block),
            Expr::Call(call) => self.wraps(call).or_else(|| self.collects(value)),
            Expr::Macro(_) => self.collects(value),
            Expr::Async(block) if block.capture.is_none() => self.takes_and_borrows(block),
            Expr::Tuple(tuple) if awaits(tuple.to_token_stream()) => tuple.elems.iter().find_map(refers_to_new),
            _ => None,
        };
        refers.or_else(|| self.holds_closure(value))
    }

    /// `async { show(&name).await; drop(text) }`: it cannot be made again where it is awaited, since it has taken a variable.
    fn takes_and_borrows(&self, block: &syn::ExprAsync) -> Option<Span> {
        let inside = block.block.to_token_stream();
        let mentioned = |name: &Ident| std_macros::mentions(inside.clone(), std::slice::from_ref(name));
        let names = self.variables.names();
        let stays = |name: &Ident| self.variables.get(name).is_none_or(|variable| variable.stays());
        let captured = names.iter().filter(|name| !stays(name) && mentioned(name));
        let (taken, borrowed): (Vec<_>, Vec<_>) = captured.partition(|name| source::is_given(&inside, name));
        (!taken.is_empty())
            .then(|| borrowed.first().map(|name| name.span()))
            .flatten()
    }

    /// `Cursor::new(&mut buffer)`: what goes on with the variable.
    fn wraps(&self, call: &syn::ExprCall) -> Option<Span> {
        let Expr::Path(path) = syntax::inner(&call.func) else {
            return None;
        };
        let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
        let name = names.next()?;
        let of_type = names.next()?;
        let makes = name == "new" || name == "from_waker" || name.starts_with("with_");
        let views = VIEWS.contains(&of_type.as_str()) || READERS.iter().any(|name| of_type.ends_with(name));
        let borrow = |value: &Expr| match syntax::inner(value) {
            Expr::Reference(reference) if reference.mutability.is_some() || views => self.refers_at(value),
            _ => None,
        };
        (makes && of_type.starts_with(char::is_uppercase))
            .then(|| call.args.iter().find_map(borrow))
            .flatten()
    }

    /// `let mut writer = Writer::new(&mut buffer).buffered(16);`, `let mut reader = Reader::new(&mut file).await?;`
    fn builds_around(&self, pat: &Pat, value: &Expr) -> Option<Span> {
        let built = pattern::single(pat)?.mutability.is_some();
        match syntax::peeled(value) {
            Expr::Await(awaited) => match syntax::inner(&awaited.base) {
                Expr::Call(call) => self.wraps(call),
                _ => None,
            },
            Expr::MethodCall(call) if built => self.builds_around(pat, &call.receiver),
            Expr::Call(call) => self.wraps(call),
            _ => None,
        }
    }

    /// `&place` of a local, or a value that refers to one.
    fn refers_at(&self, value: &Expr) -> Option<Span> {
        match syntax::inner(value) {
            Expr::Reference(reference) => {
                let root = syntax::root(&reference.expr).filter(|root| self.moves(root))?;
                syntax::is_place(&reference.expr).then(|| root.span())
            }
            other => self.refers(other),
        }
    }

    /// Whether what the statement binds may have a drop that can be observed, so that the end of its scope matters.
    pub(super) fn binds_guard_of(&self, stmt: &Stmt) -> bool {
        let Stmt::Local(Local { init: Some(init), .. }) = stmt else {
            return false;
        };
        match self.borrower(&init.expr) {
            Some(call) => is_guard(call) || call.method == "split" && call.args.is_empty(),
            None => self.called_with(syntax::peeled(&init.expr)).is_some() || may_drop(&init.expr),
        }
    }

    /// `let words: Vec<&str> = text.split(' ').collect();`, `collect::<Vec<_>>()`
    fn collected<'e>(&self, value: &'e Expr, ty: Option<&Type>) -> Option<&'e ExprMethodCall> {
        let Expr::MethodCall(call) = syntax::peeled(value) else {
            return None;
        };
        let tokens = match &call.turbofish {
            Some(turbofish) => turbofish.to_token_stream(),
            None => ty?.to_token_stream(),
        };
        let inferred = tokens::has_word(&tokens::read(tokens.clone()), "_");
        let refers = tokens.to_string().contains('&')
            || inferred && std_collected::is_of_references(&call.receiver)
            || kept::maps_to_future(&call.receiver);
        (call.method == "collect" && refers)
            .then(|| self.borrower(&call.receiver))
            .flatten()
    }

    /// A loop or branch that awaits while it goes through a borrow of a local, or has taken a part of a new value.
    pub(super) fn runs_on_borrow(&self, expr: &Expr) -> Option<Span> {
        let borrowed = self.goes_on_borrow(expr).or_else(|| self.goes_through_new(expr));
        borrowed.or_else(|| self.takes_part_of_new(expr))
    }

    fn goes_on_borrow(&self, expr: &Expr) -> Option<Span> {
        match expr {
            Expr::ForLoop(expr) if awaits(expr.body.to_token_stream()) => {
                let iterates = self.iterates(&expr.expr).or_else(|| self.iterates_pairs(expr));
                iterates.or_else(|| ends(&expr.expr).find_map(|end| self.goes_through_guard(end)))
            }
            Expr::ForLoop(expr) => ends(&expr.expr).find_map(|end| self.looks_through_guard(end)),
            Expr::While(expr) => {
                let borrow = self.scrutinised(&expr.cond, awaits(expr.body.to_token_stream()));
                borrow.or_else(|| self.condition_given(&expr.cond, &expr.body))
            }
            Expr::If(branches) => {
                let borrow = self.scrutinised(&branches.cond, awaits(branches.then_branch.to_token_stream()));
                borrow.or_else(|| self.condition_given(&branches.cond, &branches.then_branch))
            }
            Expr::Match(expr) if self.match_given(expr).is_some() => self.match_given(expr),
            Expr::Match(expr) if expr.arms.iter().any(|arm| awaits(arm.to_token_stream())) => {
                let binds = expr.arms.iter().any(|arm| !pattern::bindings(&arm.pat).is_empty());
                let borrower = self.lends_part(&expr.expr).filter(|_| binds);
                borrower.or_else(|| self.goes_through_guard(&expr.expr))
            }
            Expr::Match(expr) => self.looks_through_guard(&expr.expr),
            Expr::Macro(mac) => self.selects_guard(&mac.mac),
            _ => self.calls_on_borrow(expr),
        }
    }

    /// `&list`, `text.split(' ')` of a local.
    pub(super) fn goes_through_local(&self, iterated: &Expr) -> bool {
        match syntax::inner(iterated) {
            Expr::Reference(reference) => syntax::root(&reference.expr).is_some_and(|root| self.moves(root)),
            other => self.borrower(other).is_some(),
        }
    }

    /// `list.borrow_mut().pop()`, `peers.lock().await.iter()`: a guard of a local lives as long as the value is looked at.
    fn goes_through_guard(&self, value: &Expr) -> Option<Span> {
        self.keeps_guard(value).or_else(|| self.looks_through_guard(value))
    }

    /// What a loop by position cannot do.
    fn iterates(&self, iterated: &Expr) -> Option<Span> {
        if let Expr::Reference(reference) = syntax::inner(iterated) {
            let root = syntax::variable(&reference.expr)?;
            return self.is_map(root).then(|| root.span());
        }
        if let Some(call) = self.collected(iterated, None) {
            return Some(call.method.span());
        }
        let Some(call) = self.borrower(iterated) else {
            return self.holds_guard(iterated);
        };
        if self.exclusive.is_any_asked() {
            return Some(call.method.span());
        }
        let plain = match syntax::inner(iterated) {
            Expr::MethodCall(outer)
                if ["enumerate", "copied", "cloned"]
                    .iter()
                    .any(|name| outer.method == name) =>
            {
                is_iter(&outer.receiver)
            }
            other => is_iter(other),
        };
        let map = syntax::root(&call.receiver).is_some_and(|root| self.is_map(root));
        (!plain || map).then(|| call.method.span())
    }

    /// `if let Some(x) = map.get(&key)`, in front of code that awaits; `if let Some(x) = mutex.lock().await.pop()`
    fn scrutinised(&self, condition: &Expr, awaiting: bool) -> Option<Span> {
        match condition {
            Expr::Let(condition) if awaiting && !pattern::bindings(&condition.pat).is_empty() => {
                let borrower = self.lends_part(&condition.expr);
                borrower.or_else(|| self.goes_through_guard(&condition.expr))
            }
            Expr::Let(condition) => self.looks_through_guard(&condition.expr),
            Expr::Binary(and) => {
                let left = self.scrutinised(&and.left, awaiting || awaits(and.right.to_token_stream()));
                left.or_else(|| self.scrutinised(&and.right, awaiting))
            }
            Expr::Paren(paren) => self.scrutinised(&paren.expr, awaiting),
            _ => None,
        }
    }

    /// `if let Some(slot) = table.slot(1).await { *slot += 1; }`, `if let Some(slot) = table.slot(1).await && *slot > 0`
    fn condition_given(&self, condition: &Expr, then: &syn::Block) -> Option<Span> {
        let then = Expr::Block(syn::parse_quote!(#then));
        self.part_given(condition, &[condition, &then])
    }

    fn part_given(&self, condition: &Expr, uses: &[&Expr]) -> Option<Span> {
        match condition {
            Expr::Let(condition) => {
                let mut uses = uses.iter();
                uses.find_map(|used| self.given_through(&condition.pat, &condition.expr, used))
            }
            Expr::Binary(and) => {
                let left = self.part_given(&and.left, uses);
                left.or_else(|| self.part_given(&and.right, uses))
            }
            _ => None,
        }
    }

    /// `match table.slot(1).await { Some(slot) => *slot += 1, None => {} }`
    fn match_given(&self, expr: &syn::ExprMatch) -> Option<Span> {
        let mut arms = expr.arms.iter();
        arms.find_map(|arm| self.given_through(&arm.pat, &expr.expr, &arm.body))
    }

    /// A guard, through which a loop over the variable would go.
    fn guards(&self, value: &Expr) -> bool {
        match syntax::peeled(value) {
            Expr::Await(awaited) => self.guards(&awaited.base),
            Expr::MethodCall(call) => is_guard(call),
            _ => false,
        }
    }

    /// Whether the value is a map, or a guard of one.
    pub(super) fn gives_map(&self, value: &Expr) -> bool {
        let made = matches!(syntax::inner(value), Expr::Call(call) if names_map(&call.func.to_token_stream()));
        made || self.guards(value)
    }
}

/// Whether what has these names is there to be dropped only.
pub(super) fn is_unused(names: &[Ident], rest: &[Stmt]) -> bool {
    let said = names.iter().all(|name| name.to_string().starts_with('_'));
    said || !rest
        .iter()
        .any(|stmt| std_macros::mentions(stmt.to_token_stream(), names))
}

/// `&make()`, `&make().part`: it lives as long as the variable that it is bound to.
fn refers_to_new(value: &Expr) -> Option<Span> {
    match syntax::inner(value) {
        Expr::Reference(reference)
            if syntax::root(&reference.expr).is_none() && !syntax::is_constant(&reference.expr) =>
        {
            Some(reference.and_token.span)
        }
        _ => None,
    }
}

/// The ends of a range, or what else a loop goes through.
fn ends(iterated: &Expr) -> impl Iterator<Item = &Expr> {
    let (first, last) = match syntax::inner(iterated) {
        Expr::Range(range) => (range.start.as_deref(), range.end.as_deref()),
        other => (Some(other), None),
    };
    first.into_iter().chain(last)
}

/// Whether it is a call of a method that gives values, not references.
fn computes(value: &Expr) -> bool {
    matches!(syntax::inner(value), Expr::MethodCall(call) if std_collected::COMPUTERS.iter().any(|name| call.method == name))
}

/// Whether it makes a value of a type that is not std's, which may have a drop.
fn may_drop(value: &Expr) -> bool {
    match syntax::inner(value) {
        Expr::Struct(_) => true,
        Expr::Call(call) => {
            let Expr::Path(path) = syntax::inner(&call.func) else {
                return true;
            };
            let known = |name: &Ident| {
                let name = name.to_string();
                VIEWS.contains(&name.as_str()) || matches!(name.as_str(), "Some" | "Ok" | "Err")
            };
            !path.path.segments.iter().any(|segment| known(&segment.ident))
        }
        _ => false,
    }
}

/// `read().await`, `lock().unwrap()`
pub(super) fn is_guard(call: &ExprMethodCall) -> bool {
    call.args.is_empty() && GUARDS.iter().any(|name| call.method == name)
}

/// Whether something in the tokens awaits.
pub(crate) fn awaits(tokens: TokenStream) -> bool {
    std_macros::hidden_await(tokens.clone()) || desugar::hidden_awaiting(tokens)
}

/// Whether one of the names is mentioned where something awaits first, or behind that.
pub(crate) fn used_around_await(names: &[Ident], stmts: &[Stmt]) -> bool {
    let first = stmts.iter().position(|stmt| awaits(stmt.to_token_stream()));
    let behind = first.map_or(&[][..], |first| &stmts[first..]);
    behind
        .iter()
        .any(|stmt| std_macros::mentions(stmt.to_token_stream(), names))
}

pub(super) fn is_map(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| MAPS.iter().any(|name| last.ident == name)),
        _ => false,
    }
}

fn names_map(tokens: &TokenStream) -> bool {
    let is_name = |token: TokenTree| matches!(&token, TokenTree::Ident(name) if MAPS.iter().any(|map| name == map));
    tokens.clone().into_iter().any(is_name)
}

fn is_iter(expr: &Expr) -> bool {
    matches!(syntax::inner(expr), Expr::MethodCall(call) if call.method == "iter" || call.method == "iter_mut")
}

/// `let future = pin!(..);` and `tokio::pin!(future);`: what is pinned to the stack frame stays there only in a block of its own.
pub(super) fn pins(stmt: &Stmt, rest: &[Stmt]) -> Option<Span> {
    let awaits = || rest.iter().position(|stmt| awaits(stmt.to_token_stream()));
    match stmt {
        Stmt::Macro(mac) => {
            let name = desugar::pins(&mac.mac)?;
            awaits().map(|_| name.span())
        }
        Stmt::Local(local) => {
            let at = syntax::pinned(&local.init.as_ref()?.expr)?;
            let first = awaits()?;
            let names = pattern::names(&local.pat);
            let used = rest[first..]
                .iter()
                .any(|stmt| std_macros::mentions(stmt.to_token_stream(), &names));
            used.then_some(at)
        }
        Stmt::Expr(..) | Stmt::Item(_) => None,
    }
}
