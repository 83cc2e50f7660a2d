//! What is known of the variables in scope: by their declarations, without types.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Expr, FnArg, Local, Pat, Signature, Stmt, Type};

use super::{Enclose, borrow};
use crate::{pattern, signature, source, std_values, syntax};

#[derive(Clone)]
pub(super) struct Variable {
    pub name: Ident,
    /// How many blocks its scope is within.
    pub depth: usize,
    pub mutable: bool,
    /// A reference to something outside: that stays where it is.
    pub refers: bool,
    /// `&mut T`: what is borrowed through it keeps it from other uses.
    pub exclusive: bool,
    /// An `Arc` or the like: most methods of what it holds take that by reference.
    pub shares: bool,
    /// Bound by a pattern of something borrowed: a reference into that.
    pub reference: bool,
    /// The variable that it is a reference to, `&job.name`.
    pub of: Option<Ident>,
    /// It is declared without a value.
    pub deferred: bool,
    /// It borrows a connection, `client.transaction().await?`.
    pub lent: bool,
    /// Parts of it were used before: they may be gone.
    pub parted: bool,
    /// The `send` of it is known to take it.
    pub once: bool,
    /// It is an iterator, an `Option` or a stream, whose methods are known.
    pub of_std: bool,
    /// It certainly has no drop.
    pub plain: bool,
    /// It holds a collection without positions.
    pub map: bool,
    /// It was taken out of a collection: a box as likely as not, if it is looked into by `*`.
    pub popped: bool,
}

impl Variable {
    fn of(binding: &syn::PatIdent, depth: usize) -> Self {
        Variable::named(binding.ident.clone(), binding.mutability.is_some(), depth)
    }

    fn named(name: Ident, mutable: bool, depth: usize) -> Self {
        Variable {
            name,
            depth,
            mutable,
            refers: false,
            exclusive: false,
            shares: false,
            reference: false,
            of: None,
            deferred: false,
            lent: false,
            parted: false,
            once: false,
            of_std: false,
            plain: false,
            map: false,
            popped: false,
        }
    }

    fn has_type(&mut self, ty: &Type) {
        self.refers |= matches!(ty, Type::Reference(_)) || signature::is_pinned_reference(ty);
        self.exclusive |= signature::is_mut_ref(ty);
        self.shares |= is_shared(ty);
        self.plain |= signature::is_plain(ty);
        self.map |= borrow::is_map(ty);
        self.once |= std_values::is_once_sender(ty);
        self.of_std |= std_values::of_type_of_std(ty).is_some();
    }
}

/// `&list`, `map.get(key)`: what a pattern binds in it refers to something.
fn gives_reference(value: &Expr) -> bool {
    match syntax::peeled(value) {
        Expr::Reference(_) => true,
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            let adapts = matches!(name.as_str(), "enumerate" | "rev" | "skip" | "take" | "zip" | "filter");
            let refers = [
                "iter", "get", "as_", "first", "last", "peek", "values", "keys", "borrow",
            ];
            adapts && gives_reference(&call.receiver) || refers.iter().any(|prefix| name.starts_with(prefix))
        }
        _ => false,
    }
}

/// `client.get(url)`; that of a map gives an `Option`, which is rather looked into.
fn is_request(value: &Expr) -> bool {
    matches!(syntax::inner(value), Expr::MethodCall(call) if call.method == "get")
}

/// `stack.pop()`, `queue.pop_front().unwrap()`
pub(super) fn takes_out(value: &Expr) -> bool {
    match syntax::peeled(value) {
        Expr::MethodCall(call) => {
            let taking = ["pop", "pop_front", "pop_back", "take", "remove", "swap_remove"];
            let unwraps = ["unwrap", "expect"].iter().any(|name| call.method == name);
            taking.iter().any(|name| call.method == name) || unwraps && takes_out(&call.receiver)
        }
        _ => false,
    }
}

/// `Arc<T>`, and the ends of channels that have several.
fn is_shared(ty: &Type) -> bool {
    const SHARED: [&str; 8] = [
        "Arc",
        "Rc",
        "Receiver",
        "UnboundedSender",
        "UnboundedReceiver",
        "Mutex",
        "RwLock",
        "Semaphore",
    ];
    let Type::Path(path) = ty else { return false };
    let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
    let Some(last) = names.next() else { return false };
    let of_many = last == "Sender" && names.next().is_some_and(|name| name != "oneshot");
    of_many || SHARED.iter().any(|name| last == name)
}

/// The variables in scope, the youngest last.
#[derive(Clone)]
pub(super) struct Variables(Vec<Variable>);

impl Variables {
    pub fn of_arguments(sig: &Signature) -> Self {
        let mut variables = Variables(Vec::new());
        sig.inputs.iter().for_each(|input| variables.declare_argument(input));
        variables
    }

    fn declare_argument(&mut self, input: &FnArg) {
        match input {
            FnArg::Receiver(receiver) => {
                let name = Ident::new("self", receiver.self_token.span);
                let mut variable = Variable::named(name, receiver.mutability.is_some(), 1);
                match &receiver.kind {
                    syn::ReceiverKind::Value => {}
                    // `self: Arc<Self>` is an owner as any other argument of that type.
                    syn::ReceiverKind::Typed(_, ty) => variable.has_type(ty),
                    _ => variable.refers = true,
                }
                self.0.push(variable);
            }
            FnArg::Typed(typed) => {
                self.declare(&typed.pat, 1);
                if let Some(variable) = self.of_pattern(&typed.pat) {
                    variable.has_type(&typed.ty);
                }
            }
        }
    }

    pub fn declare(&mut self, pat: &Pat, depth: usize) {
        let bindings = pattern::bindings(pat);
        self.0
            .extend(bindings.iter().map(|binding| Variable::of(binding, depth)));
    }

    /// Those that a pattern binds in a value of that expression.
    pub fn declare_parts(&mut self, pat: &Pat, value: &Expr, depth: usize) {
        let first = self.0.len();
        self.declare(pat, depth);
        let (reference, number) = (gives_reference(value), matches!(syntax::inner(value), Expr::Range(_)));
        let popped = takes_out(value);
        for variable in &mut self.0[first..] {
            (variable.reference, variable.plain, variable.popped) = (reference, number, popped);
        }
    }

    pub fn declare_in_condition(&mut self, condition: &Expr, depth: usize) {
        match condition {
            Expr::Let(condition) => self.declare_parts(&condition.pat, &condition.expr, depth),
            Expr::Binary(and) => {
                self.declare_in_condition(&and.left, depth);
                self.declare_in_condition(&and.right, depth);
            }
            _ => {}
        }
    }

    /// The one that the pattern declared, if it declares no other.
    fn of_pattern(&mut self, pat: &Pat) -> Option<&mut Variable> {
        pattern::single(pat)?;
        self.0.last_mut()
    }

    pub fn get(&self, name: &Ident) -> Option<&Variable> {
        self.position(name).map(|at| &self.0[at])
    }

    pub fn names(&self) -> Vec<Ident> {
        self.0.iter().map(|variable| variable.name.clone()).collect()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    pub fn between(&self, first: usize, end: usize) -> &[Variable] {
        self.0.get(first..end).unwrap_or_default()
    }

    /// The variable and the references to it.
    pub fn with_references(&self, name: &Ident) -> Vec<Ident> {
        let references = self.0.iter().filter(|variable| variable.of.as_ref() == Some(name));
        let references = references.map(|variable| variable.name.clone());
        references.chain([name.clone()]).collect()
    }

    pub fn position(&self, name: &Ident) -> Option<usize> {
        self.0.iter().rposition(|variable| variable.name == *name)
    }
}

impl Enclose {
    /// Whether it is a variable that a machine moves.
    pub(super) fn moves(&self, name: &Ident) -> bool {
        self.variables.get(name).is_some_and(|variable| !variable.refers) || self.exclusive.is_asked(name)
    }

    pub(super) fn is_map(&self, name: &Ident) -> bool {
        self.variables.get(name).is_some_and(|variable| variable.map)
    }

    /// The variables that a statement brings.
    pub(super) fn declare(&mut self, stmt: &Stmt) {
        let mut parted = Vec::new();
        source::parted(stmt.to_token_stream(), &mut parted);
        for variable in &mut self.variables.0 {
            variable.parted |= parted.contains(&variable.name);
        }
        let Stmt::Local(Local { pat, init, .. }) = stmt else {
            return;
        };
        let (pat, ty) = pattern::split_type(pat.clone());
        let value = init.as_ref().map(|init| &*init.expr);
        let refers = value.is_some_and(|value| self.refers_outside(value));
        let plain = value.is_some_and(|value| self.is_plain(value));
        let map = value.is_some_and(|value| self.gives_map(value));
        let shares = value.is_some_and(makes_shared);
        let first = self.variables.len();
        match value {
            Some(value) => self.variables.declare_parts(&pat, value, self.depth),
            None => self.variables.declare(&pat, self.depth),
        }
        for variable in &mut self.variables.0[first..] {
            variable.once = value.is_some_and(std_values::sends_once);
            variable.of_std = value.is_some_and(|value| std_values::of_std(value, &|_| None).is_some());
            variable.shares = shares;
            variable.lent = value.is_some_and(is_lent);
            variable.of = value.and_then(referred).cloned();
            variable.deferred = value.is_none();
        }
        if let Some(variable) = self.variables.of_pattern(&pat) {
            (variable.refers, variable.plain, variable.map) = (refers, plain, map);
            variable.reference &= !value.is_some_and(is_request);
            if let Some(ty) = ty {
                variable.shares |= is_shared(&ty);
                variable.map |= borrow::is_map(&ty);
                variable.once |= std_values::is_once_sender(&ty);
                variable.of_std |= std_values::of_type_of_std(&ty).is_some();
                variable.plain |= signature::is_plain(&ty);
            }
        }
    }

    /// `&place` of what is outside.
    fn refers_outside(&self, value: &Expr) -> bool {
        match syntax::inner(value) {
            Expr::Reference(reference) => syntax::root(&reference.expr).is_none_or(|root| !self.moves(root)),
            _ => false,
        }
    }

    fn is_plain(&self, value: &Expr) -> bool {
        let shape = syntax::of_value(value, &|name| match self.variables.get(name) {
            Some(variable) if variable.plain => syntax::Shape::Plain,
            _ => syntax::Shape::Unknown,
        });
        shape.is_plain()
    }
}

/// `job` of `&job.name`
fn referred(value: &Expr) -> Option<&Ident> {
    match syntax::inner(value) {
        Expr::Reference(reference) => syntax::root(&reference.expr),
        _ => None,
    }
}

/// `client.transaction().await?`
fn is_lent(value: &Expr) -> bool {
    match syntax::peeled(value) {
        Expr::Await(awaited) => match syntax::inner(&awaited.base) {
            Expr::MethodCall(call) => call.method.to_string().contains("transaction"),
            _ => false,
        },
        _ => false,
    }
}

/// `Arc::new(..)`, `mpsc::channel(..)`
fn makes_shared(value: &Expr) -> bool {
    let Expr::Call(call) = syntax::inner(value) else {
        return false;
    };
    match syntax::inner(&call.func) {
        Expr::Path(path) => {
            let within = path
                .path
                .segments
                .iter()
                .rev()
                .nth(1)
                .map(|segment| segment.ident.to_string());
            matches!(within.as_deref(), Some("Arc" | "Rc" | "mpsc" | "broadcast" | "watch"))
        }
        _ => false,
    }
}
