//! Borrows of a local in what is older than they are: collections, a variable that is assigned, futures in a set; and adapters
//! with closures.
//!
//! ```text
//! let mut seen = HashSet::new();
//! for part in text.split(' ') { seen.insert(part); next().await; }
//! ```
//!
//! `seen` is in the block too, since it has what the loop borrows.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{
    Expr, ExprMethodCall, Local, Stmt,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::{
    Enclose,
    borrow::{awaits, used_around_await},
    guards::passed,
    known::{ADAPTERS, CUTTING, MAPS, lends},
};
use crate::{pattern, std_macros, std_values, syntax};

/// Methods that put something into a collection.
const ADDING: [&str; 10] = [
    "push",
    "push_back",
    "push_front",
    "insert",
    "entry",
    "extend",
    "add",
    "append",
    "spawn",
    "replace",
];

/// Methods of text and of collections that give a part of what they are called on.
const PARTS: [&str; 15] = [
    "trim",
    "trim_start",
    "trim_end",
    "as_str",
    "as_ref",
    "as_slice",
    "as_bytes",
    "as_deref",
    "as_mut",
    "iter",
    "split_once",
    "rsplit_once",
    "split_at",
    "strip_prefix",
    "strip_suffix",
];

/// Methods of streams that give another stream.
const STREAMING: [&str; 9] = [
    "then",
    "buffered",
    "buffer_unordered",
    "map_ok",
    "map_err",
    "try_filter",
    "try_buffered",
    "take_until",
    "boxed_local",
];

/// Functions of std and of libraries that make a future, an iterator or a stream of a closure.
const LAZY: [&str; 6] = [
    "poll_fn",
    "from_fn",
    "repeat_with",
    "successors",
    "unfold",
    "try_unfold",
];

/// The variable of a `let`, and its value.
fn bound(stmt: &Stmt) -> Option<(Ident, &Expr)> {
    let Stmt::Local(Local {
        pat, init: Some(init), ..
    }) = stmt
    else {
        return None;
    };
    let (pat, _) = pattern::split_type(pat.clone());
    Some((pattern::single(&pat)?.ident.clone(), &init.expr))
}

impl Enclose {
    /// `let mut seen = HashSet::new();`, to which a borrow of a local goes, and which is needed where something awaits.
    pub(super) fn collects_borrows(&self, stmt: &Stmt, rest: &[Stmt]) -> Option<Span> {
        let (name, value) = bound(stmt)?;
        if !is_empty_collection(value) || !used_around_await(std::slice::from_ref(&name), rest) {
            return None;
        }
        let mut find = Added {
            walk: self,
            name: &name,
            of_futures: value.to_token_stream().to_string().contains("ordered"),
            items: Vec::new(),
            found: false,
        };
        rest.iter().for_each(|stmt| find.visit_stmt(stmt));
        find.found.then(|| name.span())
    }

    /// `let mut headers = [EMPTY_HEADER; 16];` in front of `let mut request = Request::new(&mut headers);`: what that parses goes
    /// into the array.
    pub(super) fn is_filled_by_parser(&self, stmt: &Stmt, rest: &[Stmt]) -> Option<Span> {
        let (name, value) = bound(stmt)?;
        let filled = matches!(syntax::inner(value), Expr::Repeat(repeat) if is_named(&repeat.expr));
        let first = rest.iter().position(|stmt| awaits(stmt.to_token_stream()))?;
        let parsers = rest[..first].iter().filter(|stmt| filled && is_made_of(stmt, &name));
        let needed = |stmt: &&Stmt| {
            let Stmt::Local(local) = stmt else { return false };
            used_around_await(&pattern::names(&local.pat), rest)
        };
        parsers.filter(needed).map(|_| name.span()).next()
    }

    /// `vec![&root]`, `VecDeque::from([(&root, 1)])`
    pub(super) fn collects(&self, value: &Expr) -> Option<Span> {
        let known = match syntax::inner(value) {
            Expr::Macro(mac) if mac.mac.path.is_ident("vec") => std_macros::parse(&mac.mac)?.exprs(),
            Expr::Call(call) if is_from(&call.func) => call.args.iter().cloned().collect(),
            _ => return None,
        };
        known.iter().find_map(|part| self.refers_in_part(part))
    }

    fn refers_in_part(&self, part: &Expr) -> Option<Span> {
        match syntax::inner(part) {
            Expr::Array(array) => array.elems.iter().find_map(|part| self.refers_in_part(part)),
            Expr::Tuple(tuple) => tuple.elems.iter().find_map(|part| self.refers_in_part(part)),
            Expr::Call(call) if syntax::is_constructor(&call.func) => {
                call.args.iter().find_map(|part| self.refers_in_part(part))
            }
            Expr::Reference(reference) if syntax::is_place(&reference.expr) => {
                let root = syntax::root(&reference.expr).filter(|root| self.moves(root))?;
                Some(root.span())
            }
            other => self.collects(other),
        }
    }

    /// `peers.lock().await.iter()`, `first(&peers.lock().await)` of a local: the guard lives as long as the statement.
    pub(super) fn looks_through_guard(&self, value: &Expr) -> Option<Span> {
        match syntax::inner(value) {
            Expr::MethodCall(call) => {
                let mut operands = std::iter::once(&*call.receiver).chain(&call.args);
                operands.find_map(|operand| self.looks_through_guard(operand))
            }
            Expr::Call(call) => call.args.iter().find_map(|operand| self.looks_through_guard(operand)),
            Expr::Binary(binary) if !syntax::is_lazy(&binary.op) => {
                let left = self.looks_through_guard(&binary.left);
                left.or_else(|| self.looks_through_guard(&binary.right))
            }
            Expr::Reference(reference) => self.looks_through_guard(&reference.expr),
            Expr::Unary(unary) => self.looks_through_guard(&unary.expr),
            Expr::Cast(cast) => self.looks_through_guard(&cast.expr),
            Expr::Try(tried) => self.looks_through_guard(&tried.expr),
            Expr::Field(field) => self.looks_through_guard(&field.base),
            guard => self.awaits_through(guard).or_else(|| self.guard(guard)),
        }
    }

    /// `self.body_mut().frame().await`: the reference is a temporary.
    pub(super) fn awaits_through(&self, value: &Expr) -> Option<Span> {
        let Expr::Await(awaited) = syntax::peeled(value) else {
            return None;
        };
        let Expr::MethodCall(call) = syntax::inner(&awaited.base) else {
            return None;
        };
        let Expr::MethodCall(inner) = syntax::inner(&call.receiver) else {
            return None;
        };
        let refers = inner.args.is_empty() && inner.method.to_string().ends_with("_mut");
        let root = syntax::root(&inner.receiver).filter(|root| refers && self.moves(root));
        root.map(|_| inner.method.span())
    }

    /// `ids.map(|id| client.load(id))`, whose closure borrows a local.
    pub(super) fn maps_by_local<'e>(&self, value: &'e Expr) -> Option<&'e ExprMethodCall> {
        let Expr::MethodCall(call) = syntax::inner(value) else {
            return None;
        };
        let borrows = call.args.iter().any(|argument| match argument {
            Expr::Closure(closure) if closure.capture.is_none() => match syntax::inner(&closure.body) {
                Expr::MethodCall(body) => syntax::root(&body.receiver).is_some_and(|root| self.moves(root)),
                _ => false,
            },
            _ => false,
        });
        (call.method == "map" && borrows).then_some(call)
    }
}

impl Enclose {
    /// `stream::iter(ids).map(|id| load(&client, id)).buffered(2)`: an iterator or a stream whose closure borrows a local.
    pub(super) fn goes_by_local(&self, value: &Expr) -> Option<Span> {
        let Expr::MethodCall(call) = syntax::inner(value) else {
            return None;
        };
        if !is_lazy(call) || !begins_with_iterator(&call.receiver) {
            return None;
        }
        let borrowing = call.args.iter().find_map(|argument| self.borrows_in_closure(argument));
        borrowing.or_else(|| self.goes_by_local(&call.receiver))
    }

    /// `vec![Box::new(|n| n + names.len())]`: a closure that borrows a local, in what holds it. By itself it can be made again.
    pub(super) fn holds_closure(&self, value: &Expr) -> Option<Span> {
        let within = |part: &Expr| {
            let part = match syntax::inner(part) {
                Expr::Reference(reference) => &reference.expr,
                other => other,
            };
            self.borrows_in_closure(part).or_else(|| self.holds_closure(part))
        };
        match syntax::inner(value) {
            Expr::Array(array) => array.elems.iter().find_map(within),
            Expr::Tuple(tuple) => tuple.elems.iter().find_map(within),
            Expr::Struct(literal) => literal.fields.iter().find_map(|field| within(&field.expr)),
            Expr::Macro(mac) if mac.mac.path.is_ident("vec") => {
                std_macros::parse(&mac.mac)?.exprs().iter().find_map(within)
            }
            Expr::Call(call) if holds_arguments(&call.func) => call.args.iter().find_map(within),
            Expr::Cast(cast) => self.holds_closure(&cast.expr),
            _ => None,
        }
    }

    /// Where a closure that is not `move` mentions a local, or has a reference as a whole: it borrows the variable then.
    pub(super) fn borrows_in_closure(&self, argument: &Expr) -> Option<Span> {
        let Expr::Closure(closure) = syntax::inner(argument) else {
            return None;
        };
        let own: Vec<_> = closure.inputs.iter().flat_map(pattern::names).collect();
        let mut names = self.variables.names();
        names.retain(|name| (self.moves(name) || has_whole(&closure.body, name)) && !own.contains(name));
        let borrows = closure.capture.is_none() && std_macros::mentions(closure.body.to_token_stream(), &names);
        borrows.then(|| closure.body.span())
    }
}

/// Whether the variable is given to something in the code, or to an `async move` block.
fn has_whole(code: &Expr, name: &Ident) -> bool {
    struct Find<'n> {
        name: &'n Ident,
        found: bool,
    }
    impl Find<'_> {
        fn given(&mut self, arguments: &syn::punctuated::Punctuated<Expr, syn::Token![,]>) {
            let mut arguments = arguments.iter();
            self.found |= arguments.any(|argument| syntax::variable(argument) == Some(self.name));
        }
    }
    impl Visit<'_> for Find<'_> {
        fn visit_expr_call(&mut self, call: &syn::ExprCall) {
            self.given(&call.args);
            visit::visit_expr_call(self, call);
        }
        fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
            self.given(&call.args);
            visit::visit_expr_method_call(self, call);
        }
        fn visit_expr_async(&mut self, block: &syn::ExprAsync) {
            let inside = block.block.to_token_stream();
            self.found |= block.capture.is_some() && std_macros::mentions(inside, std::slice::from_ref(self.name));
            visit::visit_expr_async(self, block);
        }
    }
    let mut find = Find { name, found: false };
    find.visit_expr(code);
    find.found
}

/// The variables, and those that have parts of what these refer to: `head` in `let (head, tail) = first.split_once(' ')?;`.
pub(super) fn with_parts(mut names: Vec<Ident>, stmts: &[Stmt]) -> Vec<Ident> {
    for stmt in stmts {
        if let Stmt::Local(Local {
            pat, init: Some(init), ..
        }) = stmt
            && gives_part(&init.expr, &names)
        {
            names.extend(pattern::names(pat));
        }
    }
    names
}

/// `name.trim()`, `name.split_once(' ')?`, `&name[1..]`: what one of the variables refers to, or a part of that.
fn gives_part(value: &Expr, names: &[Ident]) -> bool {
    match passed(value) {
        Expr::Reference(reference) => syntax::root(&reference.expr).is_some_and(|root| names.contains(root)),
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            let cuts = lends(call) || CUTTING.contains(&name.as_str()) || PARTS.contains(&name.as_str());
            let of_one = syntax::root(&call.receiver).is_some_and(|root| names.contains(root));
            cuts && of_one || gives_part(&call.receiver, names)
        }
        _ => false,
    }
}

/// `ids.iter().map(|id| async move { .. })`: the futures have what they are made of.
pub(super) fn maps_to_future(iterator: &Expr) -> bool {
    let Expr::MethodCall(call) = syntax::inner(iterator) else {
        return false;
    };
    let makes = |argument: &Expr| match syntax::inner(argument) {
        Expr::Closure(closure) => matches!(unadapted(&closure.body), Expr::Async(_)),
        _ => false,
    };
    call.method == "map" && call.args.iter().any(makes)
}

/// Whether the method makes an iterator or a stream of another one.
pub(super) fn is_lazy(call: &ExprMethodCall) -> bool {
    let mut names = ADAPTERS.iter().chain(&STREAMING);
    names.any(|name| call.method == name)
}

/// Without adapters, `.fuse()` and `.boxed()`.
pub(super) fn unadapted(value: &Expr) -> &Expr {
    match syntax::inner(value) {
        Expr::MethodCall(call) if is_lazy(call) || call.method == "boxed" => unadapted(&call.receiver),
        other => other,
    }
}

/// Whether the receiver of adapters is certainly an iterator or a stream.
fn begins_with_iterator(receiver: &Expr) -> bool {
    match syntax::inner(receiver) {
        Expr::MethodCall(call) if is_lazy(call) => begins_with_iterator(&call.receiver),
        other => std_values::of_std(other, &|_| None).is_some(),
    }
}

/// A constant, that may be of a type with a lifetime: `EMPTY_HEADER`, `None`
fn is_named(value: &Expr) -> bool {
    matches!(syntax::inner(value), Expr::Path(_))
}

/// `let request = Request::new(&mut headers);`
fn is_made_of(stmt: &Stmt, name: &Ident) -> bool {
    let Stmt::Local(Local { init: Some(init), .. }) = stmt else {
        return false;
    };
    let Expr::Call(call) = syntax::inner(&init.expr) else {
        return false;
    };
    let is_lent = |argument: &Expr| {
        matches!(syntax::inner(argument), Expr::Reference(reference)
            if reference.mutability.is_some() && syntax::variable(&reference.expr) == Some(name))
    };
    holds_arguments(&call.func) && call.args.iter().any(is_lent)
}

/// `Vec::from`, of a collection of std's
fn is_from(callee: &Expr) -> bool {
    let Expr::Path(path) = syntax::inner(callee) else {
        return false;
    };
    let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let from = names.next().is_some_and(|name| name == "from");
    let collection = |name: String| name == "Vec" || name == "VecDeque" || MAPS.contains(&name.as_str());
    from && names.next().is_some_and(collection)
}

/// `Some`, `Box::new`, `Inspected::new`, `poll_fn`: what it gives holds what it was given, as far as names tell.
fn holds_arguments(callee: &Expr) -> bool {
    let Expr::Path(path) = syntax::inner(callee) else {
        return false;
    };
    let names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let names: Vec<_> = names.take(2).collect();
    let of_type = names.get(1).is_some_and(|name| name.starts_with(char::is_uppercase));
    syntax::is_constructor(callee)
        || of_type && (names[0] == "new" || names[0].starts_with("with_"))
        || LAZY.contains(&names[0].as_str())
}

/// `HashSet::new()`, `Vec::with_capacity(8)`, `vec![]`, `None`, `""`
fn is_empty_collection(value: &Expr) -> bool {
    match syntax::inner(value) {
        Expr::Path(path) => path.path.is_ident("None"),
        Expr::Lit(lit) => matches!(lit.lit, syn::Lit::Str(_)),
        Expr::Call(call) => match syntax::inner(&call.func) {
            Expr::Path(path) => {
                let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
                let makes = matches!(names.next().as_deref(), Some("new" | "with_capacity" | "default"));
                makes && names.next().is_some_and(|name| name.starts_with(char::is_uppercase))
            }
            _ => false,
        },
        Expr::Macro(mac) => mac.mac.path.is_ident("vec") && mac.mac.tokens.is_empty(),
        _ => false,
    }
}

/// Finds what puts a borrow of a local into the variable.
struct Added<'w> {
    walk: &'w Enclose,
    name: &'w Ident,
    of_futures: bool,
    /// What loops over borrows of locals bind.
    items: Vec<Ident>,
    found: bool,
}

impl Added<'_> {
    fn borrows(&self, value: &Expr) -> bool {
        match syntax::inner(value) {
            Expr::Path(_) => syntax::variable(value).is_some_and(|name| self.items.contains(name)),
            Expr::Tuple(tuple) => tuple.elems.iter().any(|value| self.borrows(value)),
            Expr::Reference(reference) => {
                let root = syntax::root(&reference.expr);
                root.is_some_and(|root| self.items.contains(root))
            }
            Expr::Call(call) if syntax::is_constructor(&call.func) => call.args.iter().any(|value| self.borrows(value)),
            Expr::Call(_) => self.walk.holds_closure(value).is_some(),
            Expr::MethodCall(call) => {
                let part = PARTS.iter().any(|name| call.method == name) && self.borrows(&call.receiver);
                part || self.of_futures && syntax::root(&call.receiver).is_some_and(|root| self.is_of_local(root))
            }
            _ => false,
        }
    }

    fn is_of_local(&self, name: &Ident) -> bool {
        self.items.contains(name) || self.walk.moves(name)
    }
}

impl<'e> Visit<'e> for Added<'_> {
    fn visit_expr_for_loop(&mut self, expr: &'e syn::ExprForLoop) {
        let before = self.items.len();
        if self.walk.goes_through_local(&expr.expr) {
            self.items.extend(pattern::names(&expr.pat));
        }
        visit::visit_expr_for_loop(self, expr);
        self.items.truncate(before);
    }

    /// `let Some((key, value)) = pair.split_once('=') else { .. };`
    fn visit_local(&mut self, local: &'e Local) {
        let init = local.init.as_ref();
        if init.is_some_and(|init| self.borrows(syntax::peeled(&init.expr))) {
            self.items.extend(pattern::names(&local.pat));
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'e ExprMethodCall) {
        let adds = ADDING.iter().any(|name| call.method == name);
        self.found |= adds
            && syntax::variable(&call.receiver) == Some(self.name)
            && call.args.iter().any(|argument| self.borrows(argument));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_assign(&mut self, assign: &'e syn::ExprAssign) {
        self.found |= syntax::variable(&assign.left) == Some(self.name) && self.borrows(&assign.right);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
}
