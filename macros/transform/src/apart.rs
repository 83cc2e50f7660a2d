//! A reference whose fields the caller gets by `&mut`, while others are still needed: it is taken apart at once.
//!
//! ```text
//! // Input:
//! for item in &mut self.items { self.count += 1; yield item; }
//! // Output:
//! let Self { items, count, .. } = self;
//! for item in items { *count += 1; yield item; }
//! ```
//!
//! The items of such a loop live for as long as `self` is borrowed, so `self` itself cannot be carried beside them; what its other
//! fields are can. So it is of what a pattern finds, of a type that no syntax shows:
//!
//! ```text
//! while let Some(n) = node { yield &mut n.item; node = n.next.as_deref_mut(); }
//! // Output:
//! while let Some(n) = node { let item = &mut n.item; let next = &mut n.next; yield item; node = next.as_deref_mut(); }
//! ```
//!
//! Promises: nothing mentions the reference but what takes it apart. That is done only where all mentions are of its fields, and
//! where rustc would refuse to carry the whole.

mod fields;
mod lends;

use std::cell::RefCell;

use proc_macro2::Ident;
use syn::{
    Arm, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprWhile, Item, Pat, PatIdent, Path, PathArguments, Stmt,
    Type, TypeReference,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use self::fields::Fields;
use crate::{
    flow::Flow,
    ir::{End, LocalId, Machine},
    lower::{Argument, Function},
    names::Namespace,
    pattern,
    signature::Kind,
    syntax,
};

/// The function with one more reference taken apart, if there is one that cannot be carried.
pub(crate) fn apart(
    function: &Function,
    kind: &Kind,
    machine: &Machine,
    flow: &Flow,
    namespace: &RefCell<Namespace>,
) -> Option<Function> {
    let yielded = mutable_references(kind.yielded().filter(|_| !kind.is_async())?);
    if yielded.is_empty() {
        return None;
    }
    let parts = |(index, argument)| argument_apart(function, (index, argument), &yielded, machine, flow, namespace);
    function
        .arguments
        .iter()
        .enumerate()
        .find_map(parts)
        .or_else(|| found_apart(function, machine, flow, namespace))
}

/// `let Self { items, count, .. } = self;`
fn argument_apart(
    function: &Function,
    (index, argument): (usize, &Argument),
    yielded: &[&TypeReference],
    machine: &Machine,
    flow: &Flow,
    namespace: &RefCell<Namespace>,
) -> Option<Function> {
    let Some(Type::Reference(ty)) = &argument.ty else {
        return None;
    };
    let lifetime = |ty: &TypeReference| ty.lifetime.clone().filter(|lifetime| lifetime.ident != "_");
    let of_argument = |item: &&TypeReference| match (lifetime(item), lifetime(ty)) {
        (Some(item), argument) => argument == Some(item),
        (None, _) => true,
    };
    let path = struct_path(ty)?;
    if argument.mutable || argument.pattern.is_some() || !yielded.iter().any(of_argument) {
        return None;
    }
    if !is_needed_later(machine, flow, LocalId(index), &|_| true) {
        return None;
    }
    let name = &argument.ident;
    if !lends::of_field(&function.body, name) {
        return None;
    }
    let fields = Fields::of(&function.body, name)?.named(&function.body, &mut namespace.borrow_mut());
    let mut function = function.clone();
    fields.rewrite(&mut function.body);
    function.body.stmts.insert(0, fields.pattern(&path));
    Some(function)
}

/// `let item = &mut n.item; let next = &mut n.next;`, where `n` is found by a pattern, and `yield &mut n.item` shows what it is.
fn found_apart(
    function: &Function,
    machine: &Machine,
    flow: &Flow,
    namespace: &RefCell<Namespace>,
) -> Option<Function> {
    for (index, local) in machine.locals.iter().enumerate() {
        let lends = |value: &Expr| lends_field(value, &local.ident);
        let known = local.mutable || local.ours || index < function.arguments.len();
        if known || !is_needed_later(machine, flow, LocalId(index), &lends) {
            continue;
        }
        let (mut function, mut done) = (function.clone(), false);
        let body = function.body.clone();
        let name = &local.ident;
        within_scope(&mut function.body, name, &mut |block| {
            let Some(fields) = Fields::of(block, name) else { return };
            let fields = fields.named(&body, &mut namespace.borrow_mut());
            fields.rewrite(block);
            let borrows = fields.borrows();
            block.stmts.splice(0..0, borrows);
            done = true;
        });
        if done {
            return Some(function);
        }
    }
    None
}

/// Whether the local is needed behind a suspension that yields such a value.
fn is_needed_later(machine: &Machine, flow: &Flow, local: LocalId, lends: &dyn Fn(&Expr) -> bool) -> bool {
    let mut found = false;
    for block in &machine.order {
        machine.block(*block).body.each(&mut |body| {
            if let End::Suspend(suspension) = &body.end {
                let live = &flow.live[suspension.resume.0];
                found |= live.contains(&local) && lends(&suspension.value.syntax);
            }
        });
    }
    found
}

/// Whether the value is `&mut name.field`, or has that as a part.
fn lends_field(value: &Expr, name: &Ident) -> bool {
    match syntax::inner(value) {
        Expr::Reference(reference) if reference.mutability.is_some() => {
            fields::field_of(&reference.expr, name).is_some()
        }
        Expr::Tuple(tuple) => tuple.elems.iter().any(|part| lends_field(part, name)),
        Expr::Call(call) if syntax::is_constructor(&call.func) => call.args.iter().any(|part| lends_field(part, name)),
        _ => false,
    }
}

/// The references by `&mut` in a type.
fn mutable_references(ty: &Type) -> Vec<&TypeReference> {
    struct Find<'t>(Vec<&'t TypeReference>);
    impl<'t> Visit<'t> for Find<'t> {
        fn visit_type_reference(&mut self, ty: &'t TypeReference) {
            if ty.mutability.is_some() {
                self.0.push(ty);
            }
            visit::visit_type_reference(self, ty);
        }
    }
    let mut find = Find(Vec::new());
    find.visit_type(ty);
    find.0
}

/// `List` of `&mut List<T>`. What only points to a struct has no fields of its own.
fn struct_path(ty: &TypeReference) -> Option<Path> {
    match &*ty.elem {
        Type::Path(path) if ty.mutability.is_some() && path.qself.is_none() && !is_pointer(&path.path) => {
            let mut path = path.path.clone();
            for segment in &mut path.segments {
                segment.arguments = PathArguments::None;
            }
            Some(path)
        }
        _ => None,
    }
}

/// `Box`, `RefMut`, `MutexGuard`
fn is_pointer(path: &Path) -> bool {
    path.segments.last().is_some_and(|last| {
        let name = last.ident.to_string();
        matches!(name.as_str(), "Box" | "Rc" | "Arc" | "Pin" | "Ref" | "RefMut") || name.ends_with("Guard")
    })
}

/// Calls a function with the block in which a pattern binds the name, if nothing else does: that of a loop, a branch or an arm, or
/// what follows a `let`.
fn within_scope(body: &mut Block, name: &Ident, apart: &mut dyn FnMut(&mut Block)) {
    let mut bound = Bound { name, times: 0 };
    bound.visit_block(body);
    if bound.times == 1 {
        Scope { name, apart }.visit_block_mut(body);
    }
}

struct Bound<'n> {
    name: &'n Ident,
    times: usize,
}

impl Visit<'_> for Bound<'_> {
    fn visit_pat_ident(&mut self, pat: &PatIdent) {
        self.times += usize::from(pat.ident == *self.name);
        visit::visit_pat_ident(self, pat);
    }
}

struct Scope<'n, 'f> {
    name: &'n Ident,
    apart: &'f mut dyn FnMut(&mut Block),
}

impl Scope<'_, '_> {
    fn binds(&self, pat: &Pat) -> bool {
        pattern::names(pat).contains(self.name)
    }

    fn condition_binds(&self, condition: &Expr) -> bool {
        syntax::lets(condition).iter().any(|found| self.binds(&found.pat))
    }
}

impl VisitMut for Scope<'_, '_> {
    fn visit_expr_while_mut(&mut self, expr: &mut ExprWhile) {
        match self.condition_binds(&expr.cond) {
            true => (self.apart)(&mut expr.body),
            false => visit_mut::visit_expr_while_mut(self, expr),
        }
    }

    fn visit_expr_if_mut(&mut self, expr: &mut ExprIf) {
        match self.condition_binds(&expr.cond) {
            true => (self.apart)(&mut expr.then_branch),
            false => visit_mut::visit_expr_if_mut(self, expr),
        }
    }

    fn visit_expr_for_loop_mut(&mut self, expr: &mut ExprForLoop) {
        match self.binds(&expr.pat) {
            true => (self.apart)(&mut expr.body),
            false => visit_mut::visit_expr_for_loop_mut(self, expr),
        }
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        match &mut *arm.body {
            Expr::Block(body) if self.binds(&arm.pat) => (self.apart)(&mut body.block),
            _ => visit_mut::visit_arm_mut(self, arm),
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        let binds = |stmt: &Stmt| matches!(stmt, Stmt::Local(local) if self.binds(&local.pat));
        let Some(index) = block.stmts.iter().position(binds) else {
            return visit_mut::visit_block_mut(self, block);
        };
        let mut rest = Block {
            stmts: block.stmts.split_off(index + 1),
            ..block.clone()
        };
        (self.apart)(&mut rest);
        block.stmts.append(&mut rest.stmts);
    }

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
