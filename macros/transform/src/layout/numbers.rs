//! Which variables are certainly no `&mut`: those whose type says so, and those that are calculated with.
//!
//! `leaf(n)` with `n` used again afterwards moves a copy of `n`, or reborrows what `n` refers to: syntax cannot tell. But
//! nothing is reborrowed by `n + 1`, `list[n]`, `n as u64` or `0..n`, and a `&mut` that is moved there is gone.

use std::collections::BTreeSet;

use syn::{BinOp, Expr, Pat, Stmt, Type, visit_mut::VisitMut};

use crate::{
    ir::{Code, End, EnvId, Local, LocalId, Machine, Node},
    scoped::{Context, Scoped, Visitor},
    signature, syntax,
};

/// The variables of a type without drop, as their use says: they are cast to a number, or compared with literal patterns.
pub(crate) fn primitives(machine: &Machine) -> BTreeSet<LocalId> {
    search(machine).primitives
}

/// The variables of a type that is known to be `Copy`, and those that are calculated with somewhere.
pub(super) fn numbers(machine: &Machine) -> BTreeSet<LocalId> {
    let typed = |local: &&Local| local.ty.as_ref().is_some_and(signature::is_copy);
    let typed = machine.locals.iter().enumerate().filter(|(_, local)| typed(local));
    let mut found = search(machine).found;
    found.extend(typed.map(|(index, _)| LocalId(index)));
    found
}

fn search(machine: &Machine) -> Search<'_> {
    let mut search = Search {
        machine,
        env: Machine::TOP,
        found: BTreeSet::new(),
        primitives: BTreeSet::new(),
    };
    for &block in &machine.order {
        machine.block(block).body.each(&mut |body| {
            for node in &body.nodes {
                match node {
                    Node::Code(code) | Node::LetElse { code, .. } => search.statement(code),
                    Node::EndScope(_) => {}
                }
            }
            match &body.end {
                End::Suspend(suspension) => search.expression_of(&suspension.value),
                End::Complete(Some(code)) => search.expression_of(code),
                End::If { condition, .. } => search.expression_of(condition),
                End::Match { scrutinee, arms } => {
                    search.expression_of(scrutinee);
                    if arms.iter().any(|arm| is_literal(&arm.pattern.syntax)) {
                        search.note_primitive(&scrutinee.syntax);
                    }
                }
                End::Goto(..) | End::Complete(None) | End::Diverge => {}
            }
        });
    }
    search
}

struct Search<'m> {
    machine: &'m Machine,
    env: EnvId,
    found: BTreeSet<LocalId>,
    primitives: BTreeSet<LocalId>,
}

impl Search<'_> {
    fn note_primitive(&mut self, expr: &Expr) {
        let local = syntax::variable(expr).and_then(|name| self.machine.lookup(self.env, name));
        self.primitives.extend(local);
    }

    fn statement(&mut self, code: &Code<Stmt>) {
        self.env = code.env;
        Scoped::new(self).visit_stmt_mut(&mut code.syntax.clone());
    }

    fn expression_of(&mut self, code: &Code<Expr>) {
        self.env = code.env;
        Scoped::new(self).visit_expr_mut(&mut code.syntax.clone());
    }
}

impl Visitor for Search<'_> {
    fn expression(&mut self, expr: &mut Expr, context: &Context) -> bool {
        for operand in calculated(expr) {
            if let Some(name) = syntax::variable(operand)
                && !context.bound.contains(name)
            {
                self.found.extend(self.machine.lookup(self.env, name));
            }
        }
        if let Some(operand) = primitive(expr)
            && syntax::variable(operand).is_some_and(|name| !context.bound.contains(name))
        {
            self.note_primitive(operand);
        }
        false
    }
}

/// The operands that are surely used by value, and are no references.
pub(crate) fn calculated(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Binary(binary) => match &binary.op {
            BinOp::And(_) | BinOp::Or(_) => Vec::new(),
            BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) => {
                beside_a_number(&binary.left, &binary.right)
            }
            _ => vec![&*binary.left, &*binary.right],
        },
        Expr::Range(range) => match (&range.start, &range.end) {
            (Some(start), Some(end)) => beside_a_number(start, end),
            _ => Vec::new(),
        },
        Expr::Index(index) => vec![&*index.index],
        Expr::Unary(unary) if !matches!(unary.op, syn::UnOp::Deref(_)) => vec![&*unary.expr],
        Expr::Cast(cast) if matches!(*cast.ty, Type::Path(_)) && signature::is_copy(&cast.ty) => vec![&*cast.expr],
        _ => Vec::new(),
    }
}

/// The operand that is surely a number, a `char`, a `bool`, text, or a reference to one.
fn primitive(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Cast(cast) if matches!(*cast.ty, Type::Path(_)) && signature::is_copy(&cast.ty) => Some(&cast.expr),
        Expr::Match(matched) if matched.arms.iter().any(|arm| is_literal(&arm.pat)) => Some(&matched.expr),
        _ => None,
    }
}

/// Whether the pattern compares the whole value with literals.
fn is_literal(pat: &Pat) -> bool {
    match pat {
        Pat::Lit(_) | Pat::Range(_) => true,
        Pat::Or(or) => or.cases.iter().any(is_literal),
        Pat::Paren(paren) => is_literal(&paren.pat),
        Pat::Ident(ident) => ident.subpat.as_ref().is_some_and(|(_, pat)| is_literal(pat)),
        _ => false,
    }
}

/// Both, if one is a literal number.
fn beside_a_number<'e>(left: &'e Expr, right: &'e Expr) -> Vec<&'e Expr> {
    match syntax::is_number(left) || syntax::is_number(right) {
        true => vec![left, right],
        false => Vec::new(),
    }
}
