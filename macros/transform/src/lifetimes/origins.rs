//! Which arguments the variables of a body refer to, as far as syntax tells.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    Block, Expr, ExprCall, ExprMethodCall, Pat, Stmt, UnOp,
    visit::{self, Visit},
};

use crate::{pattern, signature, std_macros, syntax};

/// Methods whose result is of one type with an argument.
const JOINING: [&str; 10] = [
    "unwrap_or",
    "unwrap_or_else",
    "map_or",
    "map_or_else",
    "or",
    "or_else",
    "xor",
    "chain",
    "get_or_insert",
    "get_or_insert_with",
];

/// Methods that put their arguments into what they are called on.
const ADDING: [&str; 8] = [
    "push",
    "push_back",
    "push_front",
    "insert",
    "extend",
    "append",
    "replace",
    "entry",
];

/// Methods that pass on a copy of what their receiver refers to, which may be a reference.
const COPYING: [&str; 2] = ["copied", "cloned"];

type Lifetimes = BTreeSet<String>;

/// The lifetimes of what the variables refer to: of each part that has a type of its own, as a key and a value have.
pub(super) struct Origins {
    parts: BTreeMap<(Ident, usize), Lifetimes>,
    changed: Cell<bool>,
}

impl Origins {
    pub(super) fn of(arguments: &[(Vec<Ident>, String)], body: &Block) -> Origins {
        let of_argument = |(names, lifetime): &(Vec<Ident>, String)| {
            let parts = names
                .iter()
                .map(|name| ((name.clone(), 0), BTreeSet::from([lifetime.clone()])));
            parts.collect::<Vec<_>>()
        };
        let mut origins = Origins {
            parts: arguments.iter().flat_map(of_argument).collect(),
            changed: Cell::new(true),
        };
        while origins.changed.replace(false) {
            origins.visit_block(body);
        }
        origins
    }

    /// Whether a part of the variable refers to what lives for different lifetimes.
    pub(super) fn are_several(&self, name: &Ident) -> bool {
        self.parts
            .iter()
            .any(|((of, _), lifetimes)| of == name && lifetimes.len() > 1)
    }

    /// Whether the value has parts of one type that live for different lifetimes.
    pub(super) fn come_together(&self, value: &Expr) -> bool {
        self.value(value).len() > 1
    }

    fn variable(&self, name: &Ident) -> Lifetimes {
        let parts = self.parts.iter().filter(|((of, _), _)| of == name);
        parts.flat_map(|(_, lifetimes)| lifetimes.iter().cloned()).collect()
    }

    fn add(&mut self, name: &Ident, part: usize, lifetimes: Lifetimes) {
        let known = self.parts.entry((name.clone(), part)).or_default();
        let before = known.len();
        known.extend(lifetimes);
        if known.len() > before {
            self.changed.set(true);
        }
    }

    fn binds(&mut self, pat: &Pat, value: &Expr) {
        if let (Pat::Tuple(pats), Expr::Tuple(values)) = (pat, syntax::inner(value))
            && pats.elems.len() == values.elems.len()
        {
            let both = std::iter::zip(&pats.elems, &values.elems);
            return both.for_each(|(pat, value)| self.binds(pat, value));
        }
        let (pat, ty) = pattern::split_type(pat.clone());
        if ty.is_some_and(|ty| signature::is_memory(&ty) && !ty.to_token_stream().to_string().contains('&')) {
            return;
        }
        let lifetimes = self.value(value);
        for name in pattern::names(&pat) {
            self.add(&name, 0, lifetimes.clone());
        }
    }

    /// What the value refers to.
    fn value(&self, value: &Expr) -> Lifetimes {
        match syntax::inner(value) {
            Expr::Path(path) => path
                .path
                .get_ident()
                .map(|name| self.variable(name))
                .unwrap_or_default(),
            Expr::Reference(reference) => self.place(&reference.expr),
            Expr::Index(index) => self.value(&index.expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => self.value(&unary.expr),
            Expr::Try(tried) => self.value(&tried.expr),
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method(call),
            Expr::Struct(literal) => self.values(literal.fields.iter().map(|field| &field.expr)),
            Expr::Tuple(tuple) => self.values(&tuple.elems),
            Expr::Array(array) => self.elements(&array.elems),
            Expr::Macro(mac) if mac.mac.path.is_ident("vec") => {
                std_macros::parse(&mac.mac).map_or_else(Lifetimes::new, |known| self.elements(&known.exprs()))
            }
            Expr::Closure(closure) => self.value(&closure.body),
            _ => self.branches(value),
        }
    }

    fn branches(&self, value: &Expr) -> Lifetimes {
        match syntax::inner(value) {
            Expr::If(branches) => {
                let mut lifetimes = self.block(&branches.then_branch);
                lifetimes.extend(branches.else_branch.iter().flat_map(|(_, other)| self.value(other)));
                lifetimes
            }
            Expr::Match(expr) => self.values(expr.arms.iter().map(|arm| &*arm.body)),
            Expr::Block(block) => self.block(&block.block),
            Expr::Unsafe(block) => self.block(&block.block),
            _ => Lifetimes::new(),
        }
    }

    fn block(&self, block: &Block) -> Lifetimes {
        match block.stmts.last() {
            Some(Stmt::Expr(value, None)) => self.value(value),
            _ => Lifetimes::new(),
        }
    }

    fn values<'e>(&self, values: impl IntoIterator<Item = &'e Expr>) -> Lifetimes {
        values.into_iter().flat_map(|value| self.value(value)).collect()
    }

    /// What is borrowed there, by a field too. The value of a field is a number as often as not.
    fn place(&self, place: &Expr) -> Lifetimes {
        match syntax::root(place) {
            Some(root) => self.variable(root),
            None => self.value(place),
        }
    }

    /// `Some(a)`, `View::new(a, b)`; any other function gives a value of its own, as far as one can tell.
    fn call(&self, call: &ExprCall) -> Lifetimes {
        let Expr::Path(path) = syntax::inner(&call.func) else {
            return Lifetimes::new();
        };
        let names: Vec<_> = path
            .path
            .segments
            .iter()
            .rev()
            .take(2)
            .map(|segment| segment.ident.to_string())
            .collect();
        let of_type = names.get(1).is_some_and(|name| name.starts_with(char::is_uppercase));
        let makes = of_type && (["new", "from", "pin"].contains(&names[0].as_str()) || names[0].starts_with("with_"));
        match syntax::is_constructor(&call.func) || makes {
            true => self.values(&call.args),
            false => Lifetimes::new(),
        }
    }

    fn method(&self, call: &ExprMethodCall) -> Lifetimes {
        let named = |names: &[&str]| names.iter().any(|name| call.method == name);
        if named(&JOINING) {
            let of_arguments = self.values(&call.args);
            return self.value(&call.receiver).into_iter().chain(of_arguments).collect();
        }
        match syntax::returns_owned(&call.method) && !named(&COPYING) || call.method == "parse" {
            true => Lifetimes::new(),
            false => self.place(&call.receiver),
        }
    }

    /// What a list has: elements of one type, and so of one lifetime, also if they are futures.
    fn elements<'e>(&self, elements: impl IntoIterator<Item = &'e Expr>) -> Lifetimes {
        elements.into_iter().flat_map(|element| self.element(element)).collect()
    }

    fn element(&self, element: &Expr) -> Lifetimes {
        match syntax::inner(element) {
            Expr::MethodCall(call) if call.method == "boxed" || call.method == "boxed_local" => {
                self.mentioned(&call.receiver)
            }
            // It may make a future, which has all arguments.
            Expr::Call(_) => self.mentioned(element),
            other => self.value(other),
        }
    }

    fn mentioned(&self, code: &Expr) -> Lifetimes {
        let tokens = code.to_token_stream();
        let mentioned = |name: &Ident| std_macros::mentions(tokens.clone(), std::slice::from_ref(name));
        let parts = self.parts.iter().filter(|((name, _), _)| mentioned(name));
        parts.flat_map(|(_, lifetimes)| lifetimes.iter().cloned()).collect()
    }
}

impl Visit<'_> for Origins {
    fn visit_local(&mut self, local: &syn::Local) {
        if let Some(init) = &local.init {
            self.binds(&local.pat, &init.expr);
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_let(&mut self, condition: &syn::ExprLet) {
        self.binds(&condition.pat, &condition.expr);
        visit::visit_expr_let(self, condition);
    }

    fn visit_expr_match(&mut self, expr: &syn::ExprMatch) {
        for arm in &expr.arms {
            self.binds(&arm.pat, &expr.expr);
        }
        visit::visit_expr_match(self, expr);
    }

    fn visit_expr_for_loop(&mut self, expr: &syn::ExprForLoop) {
        self.binds(&expr.pat, &expr.expr);
        visit::visit_expr_for_loop(self, expr);
    }

    fn visit_expr_assign(&mut self, assign: &syn::ExprAssign) {
        if let Some(name) = syntax::variable(&assign.left) {
            let lifetimes = self.value(&assign.right);
            self.add(name, 0, lifetimes);
        }
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        if ADDING.iter().any(|name| call.method == name)
            && let Some(name) = syntax::variable(&call.receiver)
        {
            let parts = call.args.iter().flat_map(|argument| match syntax::inner(argument) {
                Expr::Tuple(tuple) => tuple.elems.iter().collect(),
                other => vec![other],
            });
            for (part, value) in parts.enumerate() {
                let lifetimes = self.value(value);
                self.add(name, part, lifetimes);
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_async(&mut self, _: &syn::ExprAsync) {}
    fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
    fn visit_item(&mut self, _: &syn::Item) {}
}
