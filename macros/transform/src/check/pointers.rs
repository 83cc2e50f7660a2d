//! A raw pointer to a variable, kept across a suspension: the variable moves from state to state, and nothing in the types says
//! so.
//!
//! A reference in a variable that changes, where that certainly borrows one that owns what it lends, is said here too.
//!
//! `let p = &raw const x;` is taken again in each state. What else a pointer goes into (a field, a tuple, an assignment, what is
//! yielded) is refused. A call that is given one may do with it what it likes: within the statement it is valid.

mod made;

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Error, Expr, Stmt, Type, visit_mut::VisitMut};

pub(in crate::check) use self::made::made;

use crate::{
    flow::Flow,
    ir::{Body, Code, Effect, End, EnvId, LocalId, Machine, Node},
    layout::Layout,
    pattern,
    scoped::{Context, Scoped, Visitor},
    std_borrows, syntax,
};

/// A pointer that is taken somewhere in an expression whose value it becomes a part of.
#[derive(Clone)]
pub(in crate::check) struct Pointer {
    pub to: LocalId,
    at: TokenStream,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Raw,
    /// A method gave it, which the types of std give pointers to the heap by too.
    ByMethod,
    /// What a function or a struct makes of a borrow, and `unsafe` code dereferences.
    Made,
    /// A reference, in a variable that changes.
    Reference,
}

/// An error for each such pointer, at it. `dereferenced`: the variables that are pointers, as their uses tell.
pub(crate) fn check(machine: &Machine, flow: &Flow, layout: &Layout, dereferenced: &BTreeSet<String>) -> Vec<Error> {
    let mut errors = Vec::new();
    for block in &machine.order {
        machine.block(*block).body.each(&mut |body| {
            let mut found = kept(machine, body);
            for (holder, pointer) in body.nodes.iter().flat_map(|node| made(machine, node, dereferenced)) {
                if !found
                    .iter()
                    .any(|(other, known)| *other == holder && known.to == pointer.to)
                {
                    found.push((holder, pointer));
                }
            }
            for (holder, pointer) in found {
                if are_together(machine, flow, layout, holder, pointer.to, dereferenced) {
                    errors.push(error(machine, &pointer));
                }
            }
        });
    }
    errors
}

/// Whether a state has the local, while the variable that holds the pointer is needed still, or one of these `names` that was
/// made of it.
pub(super) fn are_together(
    machine: &Machine,
    flow: &Flow,
    layout: &Layout,
    holder: Option<LocalId>,
    to: LocalId,
    names: &BTreeSet<String>,
) -> bool {
    let holders = holder.map(|holder| heirs(machine, holder, names));
    layout.states.iter().any(|state| {
        let live = &flow.live[state.block.0];
        let needed = holders.as_ref().is_none_or(|holders| !live.is_disjoint(holders));
        needed && machine.in_scope(machine.block(state.block).env).contains(&to)
    })
}

/// The variable, and those of these `names` that it went into.
fn heirs(machine: &Machine, holder: LocalId, names: &BTreeSet<String>) -> BTreeSet<LocalId> {
    let mut found = BTreeSet::from([holder]);
    let mut before = 0;
    while std::mem::replace(&mut before, found.len()) < found.len() {
        for block in &machine.order {
            machine.block(*block).body.each(&mut |body| {
                for node in &body.nodes {
                    if let Node::Code(code) | Node::LetElse { code, .. } = node
                        && !machine.mentioned(&code.effect).is_disjoint(&found)
                    {
                        code.effect.each(&mut |leaf| match leaf {
                            Effect::Declare(local) | Effect::Assign(local)
                                if names.contains(&machine.local(*local).ident.to_string()) =>
                            {
                                found.insert(*local);
                            }
                            _ => {}
                        });
                    }
                }
            });
        }
    }
    found
}

fn error(machine: &Machine, pointer: &Pointer) -> Error {
    let (name, at) = (&machine.local(pointer.to).ident, &pointer.at);
    let boxed = format!(
        "this pointer to `{name}` is kept across a suspension, where `{name}` moves\n\
         help: put `{name}` into a `Box` and point to what is in it, `&raw const *{name}`; or take `{name}` as an argument by \
         reference"
    );
    let what = match pointer.kind {
        Kind::Raw => boxed,
        Kind::Made => format!(
            "what is made of this borrow of `{name}` is a pointer, for `unsafe` code dereferences it, and is kept across a \
             suspension, where `{name}` moves\n\
             help: put `{name}` into a `Box` and borrow what is in it, `&*{name}`; or take `{name}` as an argument by reference"
        ),
        Kind::ByMethod => {
            format!("{boxed}\nhelp: or, if it owns that on the heap, write its type: `Vec<..>`, `Box<[..]>`, `String`")
        }
        Kind::Reference => format!(
            "this borrow of `{name}` goes into a variable that changes and is needed after a suspension, where `{name}` moves\n\
             help: let numbers change instead, as `let mut start = 0;`, and borrow where it is used: `&{name}[start..]`; or take \
             `{name}` as an argument by reference\n\
             help: if the variable refers to something else by then, use another one for that"
        ),
    };
    Error::new_spanned(at, what)
}

/// The pointers that the code of a body keeps, each with the variable that it becomes a part of; `None`: the caller has it.
fn kept(machine: &Machine, body: &Body) -> Vec<(Option<LocalId>, Pointer)> {
    let mut kept = Vec::new();
    for node in &body.nodes {
        if let Node::Code(code) | Node::LetElse { code, .. } = node {
            kept.extend(declared(machine, code));
            kept.extend(assigned(machine, code));
        }
    }
    if let End::Suspend(suspension) = &body.end
        && suspension.awaits.is_none()
    {
        let found = pointers(machine, suspension.value.env, &[], &suspension.value.syntax);
        kept.extend(found.into_iter().map(|pointer| (None, pointer)));
    }
    kept
}

/// By a `let` of variables that are not taken again.
fn declared(machine: &Machine, code: &Code<Stmt>) -> Vec<(Option<LocalId>, Pointer)> {
    let Stmt::Local(syn::Local {
        init: Some(init), pat, ..
    }) = &code.syntax
    else {
        return Vec::new();
    };
    let changes = pattern::single(&pattern::split_type(pat.clone()).0).is_some_and(|pat| pat.mutability.is_some());
    let found = match changes {
        true => pointers_or_borrow(machine, code.env, &[], &init.expr),
        false => pointers(machine, code.env, &[], &init.expr),
    };
    let mut kept = Vec::new();
    code.effect.each(&mut |leaf| {
        if let Effect::Declare(local) = leaf
            && machine.local(*local).derived.is_none()
        {
            kept.extend(found.iter().map(|pointer| (Some(*local), pointer.clone())));
        }
    });
    kept
}

/// By the assignments in a statement.
fn assigned(machine: &Machine, code: &Code<Stmt>) -> Vec<(Option<LocalId>, Pointer)> {
    struct Assignments<'m> {
        machine: &'m Machine,
        env: EnvId,
        kept: Vec<(Option<LocalId>, Pointer)>,
    }
    impl Visitor for Assignments<'_> {
        fn expression(&mut self, expr: &mut Expr, context: &Context) -> bool {
            if let Expr::Assign(assign) = expr
                && let Some(root) = syntax::root(&assign.left)
                && !context.bound.contains(root)
                && let Some(holder) = self.machine.lookup(self.env, root)
            {
                let found = match syntax::variable(&assign.left) {
                    Some(_) => pointers_or_borrow(self.machine, self.env, &context.bound, &assign.right),
                    None => pointers(self.machine, self.env, &context.bound, &assign.right),
                };
                self.kept
                    .extend(found.into_iter().map(|pointer| (Some(holder), pointer)));
            }
            false
        }
    }
    let mut find = Assignments {
        machine,
        env: code.env,
        kept: Vec::new(),
    };
    Scoped::new(&mut find).visit_expr_mut(&mut syntax::block_of(vec![code.syntax.clone()]));
    find.kept
}

/// `bound`: names that the code around binds itself.
fn pointers(machine: &Machine, env: EnvId, bound: &[Ident], value: &Expr) -> Vec<Pointer> {
    Walk::over(machine, env, bound, value).found
}

/// The same of the value of a variable that changes.
fn pointers_or_borrow(machine: &Machine, env: EnvId, bound: &[Ident], value: &Expr) -> Vec<Pointer> {
    let mut walk = Walk::over(machine, env, bound, value);
    walk.reference(value);
    walk.found
}

struct Walk<'m> {
    machine: &'m Machine,
    env: EnvId,
    bound: &'m [Ident],
    found: Vec<Pointer>,
}

impl<'m> Walk<'m> {
    fn over(machine: &'m Machine, env: EnvId, bound: &'m [Ident], value: &Expr) -> Self {
        let mut walk = Walk::new(machine, env, bound);
        walk.value(value);
        walk
    }

    fn new(machine: &'m Machine, env: EnvId, bound: &'m [Ident]) -> Self {
        Walk {
            machine,
            env,
            bound,
            found: Vec::new(),
        }
    }

    /// Looks at what the value of the expression is made of.
    fn value(&mut self, expr: &Expr) {
        match expr {
            Expr::Paren(paren) => self.value(&paren.expr),
            Expr::Group(group) => self.value(&group.expr),
            Expr::RawAddr(address) => self.pointer(&address.expr, expr),
            Expr::Cast(cast) => match syntax::inner(&cast.expr) {
                Expr::Reference(_) if matches!(*cast.ty, Type::Reference(_)) => {}
                Expr::Reference(reference) => self.pointer(&reference.expr, expr),
                other => self.value(other),
            },
            Expr::Macro(mac) if is_address_macro(&mac.mac) => {
                if let Ok(place) = mac.mac.parse_body::<Expr>() {
                    self.pointer(&place, expr);
                }
            }
            Expr::Path(_) => self.copied(expr),
            Expr::Struct(literal) => literal.fields.iter().for_each(|field| self.value(&field.expr)),
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|part| self.value(part)),
            Expr::Array(array) => array.elems.iter().for_each(|part| self.value(part)),
            Expr::Repeat(repeat) => self.value(&repeat.expr),
            Expr::Call(call) if syntax::is_constructor(&call.func) => {
                call.args.iter().for_each(|part| self.value(part));
            }
            Expr::Call(call) => self.made(call),
            Expr::MethodCall(call) if points_into(&call.method) && self.content(&call.receiver) => {
                self.found(viewed(&call.receiver), expr, Kind::ByMethod);
            }
            Expr::MethodCall(call) if keeps(&call.method.to_string()) => self.value(&call.receiver),
            Expr::Block(block) => self.tail(&block.block),
            Expr::Unsafe(block) => self.tail(&block.block),
            Expr::If(branches) => {
                self.tail(&branches.then_branch);
                branches
                    .else_branch
                    .iter()
                    .for_each(|(_, otherwise)| self.value(otherwise));
            }
            Expr::Match(expr) => expr.arms.iter().for_each(|arm| self.value(&arm.body)),
            _ => {}
        }
    }

    fn tail(&mut self, block: &syn::Block) {
        if let Some(Stmt::Expr(value, None)) = block.stmts.last() {
            self.value(value);
        }
    }

    /// `View::new(&raw const x)`, `NonNull::from(&mut x)`, `ptr::from_ref(&x)`
    fn made(&mut self, call: &syn::ExprCall) {
        let Expr::Path(path) = syntax::inner(&call.func) else {
            return;
        };
        let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
        let (last, of) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        match call.args.first() {
            Some(Expr::Reference(reference)) if syntax::makes_pointer(call) || of == "NonNull" => {
                self.pointer(&reference.expr, call);
            }
            _ if of.starts_with(char::is_uppercase) && (last.starts_with("new") || last.starts_with("from")) => {
                call.args.iter().for_each(|part| self.value(part));
            }
            _ => {}
        }
    }

    /// A variable that is taken again, since it is a pointer.
    fn copied(&mut self, variable: &Expr) {
        let Some((env, value)) = self.derived(variable) else {
            return;
        };
        let to = pointers(self.machine, env, &[], value);
        self.found.extend(to.into_iter().map(|pointer| Pointer {
            at: variable.to_token_stream(),
            ..pointer
        }));
    }

    /// What the variable is taken again from, if it is.
    fn derived(&self, variable: &Expr) -> Option<(EnvId, &'m Expr)> {
        self.machine.derived_value(self.lookup(syntax::variable(variable)?)?)
    }

    fn lookup(&self, name: &Ident) -> Option<LocalId> {
        match self.bound.contains(name) {
            true => None,
            false => self.machine.lookup(self.env, name),
        }
    }

    fn pointer(&mut self, place: &Expr, at: &impl ToTokens) {
        self.found(place, at, Kind::Raw);
    }

    fn found(&mut self, place: &Expr, at: &impl ToTokens, kind: Kind) {
        if matches!(kind, Kind::Raw | Kind::Made) && self.is_on_heap(place) {
            return;
        }
        if let Some(to) = self.owner(place) {
            let at = at.to_token_stream();
            self.found.push(Pointer { to, at, kind });
        }
    }

    /// `&buffer[1..]` as all of a value, of what certainly owns that.
    fn reference(&mut self, value: &Expr) {
        let Expr::Reference(reference) = syntax::inner(value) else {
            return;
        };
        let owns = |local| self.machine.local(local).owns();
        if self.owner(&reference.expr).is_some_and(owns) {
            self.found(&reference.expr, value, Kind::Reference);
        }
    }

    /// Whether what the methods of the receiver point to may be a part of a variable by value.
    fn content(&self, receiver: &Expr) -> bool {
        let Some(local) = self.owner(viewed(receiver)) else {
            return false;
        };
        // A field is not what the variable is.
        let whole = matches!(syntax::inner(viewed(receiver)), Expr::Path(_) | Expr::Index(_));
        !whole || !self.points(local)
    }

    /// Whether what the variable lends certainly stays where it is when the variable moves.
    fn points(&self, local: LocalId) -> bool {
        let variable = self.machine.local(local);
        variable.points || variable.ty.as_ref().is_some_and(std_borrows::is_pointing_type)
    }

    /// `list[1].name` of such a variable.
    fn is_on_heap(&self, place: &Expr) -> bool {
        match syntax::inner(place) {
            Expr::Field(field) => self.is_on_heap(&field.base),
            Expr::Index(index) => {
                let list = syntax::variable(&index.expr).and_then(|name| self.lookup(name));
                list.is_some_and(|list| self.points(list)) || self.is_on_heap(&index.expr)
            }
            _ => false,
        }
    }

    /// The variable that the place is a part of by value.
    fn owner(&self, place: &Expr) -> Option<LocalId> {
        match syntax::inner(place) {
            Expr::Field(field) => self.owner(&field.base),
            Expr::Index(index) => self.owner(&index.expr),
            Expr::Path(_) => {
                let local = self.lookup(syntax::variable(place)?)?;
                let variable = self.machine.local(local);
                let refers = matches!(variable.ty, Some(Type::Reference(_) | Type::Ptr(_)));
                (!refers && variable.derived.is_none()).then_some(local)
            }
            _ => None,
        }
    }
}

/// `array` of `array.as_slice()` and `(&array)`.
fn viewed(receiver: &Expr) -> &Expr {
    match syntax::inner(receiver) {
        Expr::MethodCall(call) if syntax::is_view(&call.method) => viewed(&call.receiver),
        Expr::Reference(reference) => viewed(&reference.expr),
        other => other,
    }
}

/// Methods that give a pointer into what they are called on, or into what that owns or refers to.
fn points_into(method: &Ident) -> bool {
    matches!(
        method.to_string().as_str(),
        "as_ptr" | "as_mut_ptr" | "as_ptr_range" | "as_mut_ptr_range" | "as_non_null_ptr"
    )
}

fn is_address_macro(mac: &syn::Macro) -> bool {
    let last = mac.path.segments.last();
    last.is_some_and(|last| last.ident == "addr_of" || last.ident == "addr_of_mut")
}

/// Methods of pointers and of what holds one that give it again.
fn keeps(method: &str) -> bool {
    let prefixes = ["cast", "wrapping_", "byte_"];
    prefixes.iter().any(|prefix| method.starts_with(prefix))
        || matches!(
            method,
            "add" | "sub" | "offset" | "as_ptr" | "clone" | "unwrap" | "expect"
        )
}
